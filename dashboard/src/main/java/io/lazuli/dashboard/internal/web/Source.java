package io.lazuli.dashboard.internal.web;

import io.lazuli.dashboard.internal.model.RunModel;
import io.lazuli.scheduler.event.RefusalCount;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is shown: an engine that runs, or a recorded one.
public sealed interface Source extends AutoCloseable permits LiveSource, RecordedSource {
    /// As it is known now.
    RunModel model();

    /// When the engine was opened: where all times count from.
    Instant opened();

    /// The time.
    long nanos();

    /// For one more reader; empty if there are too many.
    Optional<Feed> feed(Question question);

    /// Connections that the engine's processes have refused.
    List<RefusalCount> refusals();

    /// What is wrong with it, in words; empty if nothing is.
    Optional<String> trouble();

    @Override
    void close();
}
