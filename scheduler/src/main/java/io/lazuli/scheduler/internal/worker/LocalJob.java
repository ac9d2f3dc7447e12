package io.lazuli.scheduler.internal.worker;

import io.lazuli.scheduler.internal.core.Edge;
import io.lazuli.scheduler.internal.core.JobPlan;
import io.lazuli.scheduler.internal.core.LayerPlan;
import java.util.List;

/// A job as a worker knows it.
final class LocalJob {
    private final long id;
    private final int first;
    private final JobPlan plan;
    /// When it was stopped; negative while it runs.
    private long stoppedNanos = -1;

    LocalJob(long id, int first, JobPlan plan) {
        this.id = id;
        this.first = first;
        this.plan = plan;
    }

    /// What is done with one input.
    interface InputAction {
        /// @param isShared every task of the layer reads it
        /// @param isSliced each of them reads its slice only
        void accept(int task, boolean isShared, boolean isSliced);
    }

    long id() {
        return id;
    }

    int first() {
        return first;
    }

    int end() {
        return first + plan.taskCount();
    }

    boolean has(int task) {
        return task >= first && task < end();
    }

    boolean isStopped() {
        return stoppedNanos >= 0;
    }

    void stop(long now) {
        stoppedNanos = now;
    }

    /// True if the task should have ended: it has exceeded its time, or its job was stopped a while ago.
    boolean isOverdue(int task, long sinceNanos, long now, long graceNanos) {
        long timeout = plan.layers().get(layerOf(task)).terms().timeoutNanos();
        return timeout > 0 && now - sinceNanos >= timeout || isStopped() && now - stoppedNanos >= graceNanos;
    }

    /// Index of the task's layer. Binary search.
    int layerOf(int task) {
        List<LayerPlan> layers = plan.layers();
        int low = 0;
        int high = layers.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (layers.get(middle).offset() <= task - first) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /// Calls `action` with each result that the task reads.
    void forEachInput(int task, InputAction action) {
        LayerPlan layer = plan.layers().get(layerOf(task));
        int partition = task - first - layer.offset();
        for (Edge edge : layer.inputs()) {
            if (!edge.isRead()) {
                continue;
            }
            LayerPlan producer = plan.layers().get(edge.producer());
            edge.forEachInput(
                    partition, producer.partitionCount(),
                    p -> action.accept(first + producer.offset() + p, edge.isBarrier(), edge.isExchange()));
        }
    }
}
