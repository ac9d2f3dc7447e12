package io.lazuli.scheduler.event;

import java.util.Objects;

/// One attempt of a task on the thread that ran it.
///
/// @param startNanos since the engine was opened, as `endNanos`
/// @param job        id of its job
/// @param layer      label of its layer
/// @param partition  of the layer
/// @param transition how it ended: FINISHED, or failed in one way or another
public record TaskSpan(
        int worker,
        int thread,
        long startNanos,
        long endNanos,
        long job,
        String layer,
        int partition,
        int attempt,
        TaskTransition transition) {
    public TaskSpan {
        Objects.requireNonNull(layer, "layer is null");
        Objects.requireNonNull(transition, "transition is null");
    }
}
