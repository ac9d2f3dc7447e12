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
    private final Map<Integer, WorkerDescription> workers;
    private final Map<Integer, String> departures;
    private final Map<Integer, String> causes;

    /// For engines and readers of logs.
    ///
    /// @param sequence number of the block in its stream, from 1
    /// @param words    packed entries; taken over
    /// @param jobs     descriptions of the jobs submitted in it, by id
    /// @param failures why jobs failed in it, by id
    public EventBlock(
            long sequence, long[] words, Map<Long, JobDescription> jobs, Map<Long, String> failures) {
        this(sequence, words, jobs, failures, Map.of(), Map.of(), Map.of());
    }

    /// For engines and readers of logs.
    ///
    /// @param workers    who those are that joined in it, as far as it is known, by index
    /// @param departures why workers left in it, as far as it is known, by index
    /// @param causes     see [#causes]
    public EventBlock(
            long sequence, long[] words, Map<Long, JobDescription> jobs, Map<Long, String> failures,
            Map<Integer, WorkerDescription> workers, Map<Integer, String> departures, Map<Integer, String> causes) {
        this.sequence = sequence;
        this.words = words;
        this.jobs = Map.copyOf(jobs);
        this.failures = Map.copyOf(failures);
        this.workers = Map.copyOf(workers);
        this.departures = Map.copyOf(departures);
        this.causes = Map.copyOf(causes);
    }

    /// The block as bytes, for another process: a block as in a log.
    public byte[] toBytes() {
        return LogFormat.bytes(this);
    }

    /// The block that [#toBytes] gave. **Errors.** IllegalArgumentException if it gave no such bytes.
    public static EventBlock of(byte[] bytes) {
        return LogFormat.block(bytes);
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

    /// True if it makes up for blocks that its reader missed: of these a [EngineEvent.Gap] tells, before all else.
    public boolean startsWithGap() {
        EventCursor event = cursor();
        return event.next() && event.kind() == EventKind.GAP;
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

    /// Why attempts have failed whose end is told in this block or soon after it, by task; of many not all.
    public Map<Integer, String> causes() {
        return causes;
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

    Map<Integer, WorkerDescription> workers() {
        return workers;
    }

    Map<Integer, String> departures() {
        return departures;
    }
}
