package io.lazuli.scheduler.event;

import java.time.Instant;

/// Hears the events of an engine, from one thread of its own. What it throws ends its subscription, and nothing else.
///
/// Who counts overrides [#startOver], or counts twice what a cluster's next scheduler tells again.
@FunctionalInterface
public interface EventSubscriber {
    void accept(EventBlock block);

    /// Another scheduler of the cluster leads from now on. What follows is its own stream, from its beginning: where all living jobs are,
    /// then all events. Jobs that go on have the ids that they had, and begin anew; blocks, tasks, workers and times are counted anew.
    /// What the scheduler before did and did not tell any more is lost.
    ///
    /// @param opened where times count from
    default void startOver(Instant opened) {}

    /// There is nothing more for the moment: a good time to write to disk what was gathered.
    default void pause() {}

    /// There is nothing more to come. Called once, whatever happened before.
    default void end() {}
}
