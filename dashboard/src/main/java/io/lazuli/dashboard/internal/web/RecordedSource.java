package io.lazuli.dashboard.internal.web;

import io.lazuli.dashboard.internal.model.RunModel;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.event.Replay;
import io.lazuli.scheduler.event.RefusalCount;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// A recorded run. Each reader says from where and how fast it wants to see it, and gets a replay of its own; who says nothing sees the
/// end at once.
public final class RecordedSource implements Source {
    private static final int MOST_READERS = 16;

    private final Replay replay;
    private final RunModel model;
    private final Optional<String> trouble;
    private final AtomicInteger readers = new AtomicInteger();

    private RecordedSource(Replay replay, RunModel model, Optional<String> trouble) {
        this.replay = replay;
        this.model = model;
        this.trouble = trouble;
    }

    /// Reads the log once. Of a damaged one, what comes before the damage.
    ///
    /// **Errors.** RESOURCE if the file cannot be read; DATA if it is no event log, or one of another version.
    public static RecordedSource of(Path log) {
        Replay replay = Replay.of(log);
        RunModel model = new RunModel();
        Optional<String> trouble;
        try {
            trouble = replay.to(model).gap();
        } catch (LazuliException e) {
            if (e.code() != ErrorCode.DATA) {
                throw e;
            }
            trouble = Optional.of(String.valueOf(e.getMessage()));
        }
        return new RecordedSource(replay, model, trouble);
    }

    @Override
    public Optional<Feed> feed(Question question) {
        long from = question.parameter("at").flatMap(Documents::number).orElse(nanos());
        long percent = question.parameter("speed").flatMap(Documents::number).orElse(0L);
        if (readers.get() >= MOST_READERS) {
            return Optional.empty();
        }
        return Optional.of(sink -> {
            try {
                if (readers.incrementAndGet() > MOST_READERS) {
                    return; // others have come since it was told that there is room
                }
                new Playback(replay, trouble, nanos(), Math.min(from, nanos()), Math.min(percent, 100_000) / 100.0)
                        .writeTo(sink);
            } finally {
                readers.decrementAndGet();
            }
        });
    }

    @Override
    public RunModel model() {
        return model;
    }

    @Override
    public Instant opened() {
        return replay.opened();
    }

    /// When the log ends.
    @Override
    public long nanos() {
        return model.nanos();
    }

    /// A log has none.
    @Override
    public List<RefusalCount> refusals() {
        return List.of();
    }

    @Override
    public Optional<String> trouble() {
        return trouble;
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
