package io.lazuli.scheduler.internal.compute;

import io.lazuli.graph.Expansion;
import io.lazuli.graph.Key;
import io.lazuli.graph.Layer;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.store.LostResultException;
import io.lazuli.scheduler.internal.store.ResultStore;
import io.lazuli.scheduler.internal.store.JobStorage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A job as those see it who run its tasks. Any thread may call it.
public interface TaskJob {
    String name();

    /// A layer that runs here, by its index in the plan.
    LayerRun layer(int index);

    /// The context class loader of threads that run its tasks; null for the one that they have.
    default @Nullable ClassLoader loader() {
        return null;
    }

    /// True if what a task reads may be taken away while the task is about to start, as its scheduler is elsewhere. The task is given
    /// back then.
    default boolean mayMissInputs() {
        return false;
    }

    /// Nobody wants its results.
    boolean isStopped();

    /// What the store knows of it.
    JobStorage storage();

    /// Keeps what an attempt of a task has returned, before anybody hears of it.
    ///
    /// @param order when it is needed, see [ResultStore#put]
    ///
    /// Ownership: takes over the caller's reference, also if it fails. Errors: as those of [ResultStore#put].
    default void keep(ResultStore store, int task, int attempt, Key key, Block block, long order) {
        store.put(task, key, block, order, storage());
    }

    /// There is something new in the layer's measures. Comes before the core is told of the task that it is about.
    default void measured(LayerRun layer) {
        // Whoever wants to know asks.
    }

    /// Keeps why a task failed, for the client. Comes before the core is told that it did.
    void recordFailure(Layer layer, int task, Key key, Throwable reason);

    /// Keeps why a result has to be made again.
    void recordLoss(LostResultException loss);

    /// As [#recordLoss], of what was to be the input of a task that runs here.
    ///
    /// @param task whose result it is
    default void recordInputLoss(int task, LostResultException loss) {
        recordLoss(loss);
    }

    /// Runs the graph that the task returned in place of a result.
    ///
    /// @param thread that ran the task
    void expand(int task, int attempt, Expansion expansion, int thread, long busyNanos, long exchangedRows);

    /// True if the task is one of this job's.
    boolean has(int task);

    /// The layer of a task that runs here. Errors: IllegalStateException if it is none of this job's.
    LayerRun layerOf(int task);

    /// Why a running task is to end.
    default LazuliException overdue(int task) {
        return isStopped()
                ? Errors.cancelled(name())
                : Errors.timedOut(Duration.ofNanos(layerOf(task).timeoutNanos()));
    }

    /// The task did not end when it was asked to.
    default void recordAbandoned(int task) {
        LayerRun layer = layerOf(task);
        recordFailure(layer.layer(), task, layer.key(task), Errors.abandoned(overdue(task)));
    }

    /// The task waited for another, at which its thread was given up.
    default void recordThreadLost(int task) {
        LayerRun layer = layerOf(task);
        recordFailure(layer.layer(), task, layer.key(task), Errors.threadLost());
    }
}
