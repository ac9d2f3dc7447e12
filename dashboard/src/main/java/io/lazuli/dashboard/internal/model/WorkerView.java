package io.lazuli.dashboard.internal.model;

import io.lazuli.scheduler.event.WorkerSample;
import java.util.Optional;

/// A moment of one worker.
///
/// @param joinedNanos since the engine was opened, as the next
/// @param seenNanos   when it was heard of last
/// @param endedCount  attempts that it ran, the failed ones included
/// @param sample      the last
public record WorkerView(
        int worker, int threadCount, boolean isPresent, long joinedNanos, long seenNanos, int leasedCount,
        long endedCount, long failedCount, long busyNanos, Optional<WorkerSample> sample) {}
