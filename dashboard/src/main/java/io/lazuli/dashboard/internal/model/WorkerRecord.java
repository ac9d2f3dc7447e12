package io.lazuli.dashboard.internal.model;

import io.lazuli.scheduler.event.EventCursor;
import io.lazuli.scheduler.event.TaskTransition;
import io.lazuli.scheduler.event.WorkerDescription;
import io.lazuli.scheduler.event.WorkerSample;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Counts what one worker does, and keeps its last samples. Guarded by the model.
public final class WorkerRecord {
    /// Five minutes.
    private static final int MOST_SAMPLES = 300;

    final int worker;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private int threadCount;
    private boolean present;
    /// It was there before a gap, and may have left in it.
    private boolean unsure;
    private Optional<WorkerDescription> description = Optional.empty();
    private Optional<String> departure = Optional.empty();
    private long joinedNanos;
    private long seenNanos;
    private int leasedCount;
    private long endedCount;
    private long failedCount;
    private long busyNanos;

    /// What a worker used at a time.
    ///
    /// @param number of the model's samples, from 1
    public record Sample(long number, int worker, long nanos, WorkerSample sample) {}

    WorkerRecord(int worker) {
        this.worker = worker;
    }

    void joined(EventCursor event) {
        if (!present && !unsure) {
            joinedNanos = event.nanos();
        }
        unsure = false;
        present = true;
        departure = Optional.empty();
        description = event.workerDescription();
        threadCount = event.threadCount();
        seenNanos = event.nanos();
    }

    void left(EventCursor event) {
        present = false;
        departure = event.departure();
        leasedCount = 0;
        seenNanos = event.nanos();
    }

    /// What follows tells of it again, unless it is gone.
    void miss() {
        unsure = present;
        present = false;
        leasedCount = 0;
    }

    /// What people call it.
    String name() {
        return description.map(WorkerDescription::name).orElse("worker " + worker);
    }

    /// Its name, and which process it is.
    String fullName() {
        return description.map(who -> "%s (process %d on %s)".formatted(who.name(), who.processId(), who.host()))
                .orElse(name());
    }

    void leased(int change, long nanos) {
        leasedCount = Math.max(0, leasedCount + change);
        seenNanos = nanos;
    }

    /// Nothing of any job runs.
    void rest() {
        leasedCount = 0;
    }

    void ended(EventCursor event) {
        endedCount++;
        busyNanos += event.busyNanos();
        if (event.transition() != TaskTransition.FINISHED && event.transition() != TaskTransition.EXPANDED) {
            failedCount++;
        }
        seenNanos = event.nanos();
    }

    void sampled(Sample sample) {
        samples.add(sample);
        if (samples.size() > MOST_SAMPLES) {
            samples.remove();
        }
        seenNanos = sample.nanos;
    }

    List<Sample> samplesAfter(long number) {
        return samples.stream().filter(sample -> sample.number > number).toList();
    }

    WorkerView view() {
        return new WorkerView(
                worker, name(), description, threadCount, present, departure, joinedNanos, seenNanos, leasedCount,
                endedCount, failedCount, busyNanos, Optional.ofNullable(samples.peekLast()).map(Sample::sample));
    }
}
