package io.lazuli.dashboard.internal.model;

import io.lazuli.scheduler.event.EventCursor;
import io.lazuli.scheduler.event.TaskTransition;
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

    void joined(int threads, long nanos) {
        if (!present) {
            joinedNanos = nanos;
        }
        present = true;
        threadCount = threads;
        seenNanos = nanos;
    }

    void left(long nanos) {
        present = false;
        leasedCount = 0;
        seenNanos = nanos;
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
                worker, threadCount, present, joinedNanos, seenNanos, leasedCount, endedCount, failedCount, busyNanos,
                Optional.ofNullable(samples.peekLast()).map(Sample::sample));
    }
}
