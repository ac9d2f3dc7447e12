package io.lazuli.scheduler.event;

import io.lazuli.scheduler.internal.core.TransitionBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Some consecutive events of an engine, packed as [TransitionBuffer] says: what the stream, the log file and all views pass
/// on. Immutable. A block can be read without those before it.
///
/// Ownership: the array is the block's own.
public final class EventBlock {
    private final long sequence;
    private final long[] words;
    private final Map<Long, JobDescription> jobs;
    private final Map<Long, String> failures;

    /// For engines and readers of logs.
    ///
    /// @param sequence number of the block in its stream, from 1
    /// @param words    packed entries; taken over
    /// @param jobs     descriptions of the jobs submitted in it, by id
    /// @param failures why jobs failed in it, by id
    public EventBlock(
            long sequence, long[] words, Map<Long, JobDescription> jobs, Map<Long, String> failures) {
        this.sequence = sequence;
        this.words = words;
        this.jobs = Map.copyOf(jobs);
        this.failures = Map.copyOf(failures);
    }

    public long sequence() {
        return sequence;
    }

    /// Words of packed entries.
    public int wordCount() {
        return words.length;
    }

    /// Reads the events in place, without an object for each.
    public EventCursor cursor() {
        return new EventCursor(this);
    }

    public void forEach(Consumer<EngineEvent> action) {
        for (EventCursor cursor = cursor(); cursor.next();) {
            action.accept(cursor.event());
        }
    }

    public List<EngineEvent> events() {
        List<EngineEvent> events = new ArrayList<>();
        forEach(events::add);
        return events;
    }

    long[] words() {
        return words;
    }

    Map<Long, JobDescription> jobs() {
        return jobs;
    }

    Map<Long, String> failures() {
        return failures;
    }
}
