package io.lazuli.scheduler.internal.store;

import java.util.concurrent.CompletionStage;

/// A process of another host that has a segment, as its reader asks it for stretches. Thread-safe.
@FunctionalInterface
public interface SegmentHolder {
    /// Completes when `wanted` is complete, or cannot be had. Does not wait.
    CompletionStage<?> fetch(IncomingStretches wanted);
}
