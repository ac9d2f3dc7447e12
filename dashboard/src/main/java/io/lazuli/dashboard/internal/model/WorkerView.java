package io.lazuli.dashboard.internal.model;

import io.lazuli.scheduler.event.WorkerDescription;
import io.lazuli.scheduler.event.WorkerSample;
import java.util.Optional;

/// A moment of one worker.
///
/// @param name        what people call it
/// @param description who it is, if that was told
/// @param departure   why it left, if it did and that was told
/// @param joinedNanos since the engine was opened, as the next
/// @param seenNanos   when it was heard of last
/// @param endedCount  attempts that it ran, the failed ones included
/// @param sample      the last
public record WorkerView(
        int worker, String name, Optional<WorkerDescription> description, int threadCount, boolean isPresent,
        Optional<String> departure, long joinedNanos, long seenNanos, int leasedCount, long endedCount,
        long failedCount, long busyNanos, Optional<WorkerSample> sample) {}
