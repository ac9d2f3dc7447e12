package io.lazuli.scheduler.internal.local;

import io.lazuli.graph.Key;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.graph.memory.Reservation;
import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.store.ResultStore;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Runs one task in the calling thread: memory, inputs, operation, result. Whatever the operation does, exactly one entry
/// about the task goes to the ring.
final class TaskRunner {
    /// When a result is needed is not known yet: the oldest is spilled first.
    private static final long NO_ORDER = 0;

    private final MemoryAccountant accountant;
    private final ResultStore store;
    private final Admission admission = new Admission();

    TaskRunner(MemoryAccountant accountant, ResultStore store) {
        this.accountant = accountant;
        this.store = store;
    }

    void run(LayerRun layer, int task, int attempt, CompletionRing ring) {
        if (layer.job.isStopped()) {
            ring.taskReturned(task, attempt);
            return;
        }
        Key key = layer.key(task);
        Running running = new Running(layer, key);
        try {
            Block block = run(running);
            store.put(task, key, block, NO_ORDER, layer.job.spilled());
            ring.taskFinished(
                    task, attempt, running.rowCount, running.byteSize, System.nanoTime() - running.startNanos,
                    running.exchangedRows);
        } catch (Throwable e) {
            LazuliException failure = Errors.taskFailed(layer.layer, key, attempt, e);
            layer.job.recordFailure(task, failure);
            ring.taskFailed(task, attempt, isRetryable(failure), System.nanoTime() - running.startNanos);
        } finally {
            // An operation that interrupts its thread must not disturb the next one.
            Thread.interrupted();
        }
    }

    /// The thread waits inside a task for other tasks, which it helps to run: [#resume] follows.
    void suspend() {
        admission.stepAside();
    }

    void resume() {
        admission.stepBack();
    }

    /// Lack of memory may be the fault of tasks beside it, or of its inputs, which cannot be spilled while it reads them. So
    /// it runs once more alone, with all results on disk: then the whole budget is its own. That is no retry: none could
    /// have more.
    private Block run(Running running) {
        try {
            return run(running, false);
        } catch (LazuliException e) {
            if (e.code() != ErrorCode.RESOURCE || !running.lackedMemory() || running.isCancelled()) {
                throw e;
            }
            return run(running, true);
        }
    }

    private Block run(Running running, boolean alone) {
        Operation operation = running.layer.layer.operation();
        try (Reservation memory = accountant.reserve(operation.name() + " " + running.key, 0)) {
            running.memory = memory;
            admission.enter(memory, operation.grantBytes(), alone);
            try {
                if (alone) {
                    store.spillAll();
                }
                // Gives the memory back before it lets others in.
                try (memory) {
                    return compute(running);
                }
            } finally {
                admission.leave(alone);
            }
        }
    }

    private Block compute(Running running) {
        running.startNanos = System.nanoTime();
        try (Inputs inputs = Inputs.borrow(store, running.layer, running.partition())) {
            running.exchangedRows = inputs.exchangedRows();
            return running.checked(running.layer.layer.operation().run(running, inputs));
        }
    }

    private static boolean isRetryable(LazuliException failure) {
        return failure.code() == ErrorCode.RESOURCE || failure.code() == ErrorCode.INTERNAL;
    }

    /// A task while it runs.
    private static final class Running implements TaskContext {
        final LayerRun layer;
        final Key key;
        /// Null until it waits for its memory.
        @Nullable
        Reservation memory;
        /// When it got its memory; until then, when it was looked at first.
        long startNanos = System.nanoTime();
        long exchangedRows;
        /// Of its result.
        long rowCount;
        long byteSize;

        Running(LayerRun layer, Key key) {
            this.layer = layer;
            this.key = key;
        }

        boolean lackedMemory() {
            return memory != null && memory.wasRefused();
        }

        Block checked(Block block) {
            if (block == null) {
                throw Errors.nullResult();
            }
            try {
                layer.checkSlices(block);
            } catch (Throwable e) {
                block.release();
                throw e;
            }
            rowCount = block.rowCount();
            byteSize = block.byteSize();
            return block;
        }

        @Override
        public Key key() {
            return key;
        }

        @Override
        public Reservation memory() {
            return Objects.requireNonNull(memory, "a task runs with its memory");
        }

        @Override
        public boolean isCancelled() {
            return layer.job.isStopped();
        }

        @Override
        public void checkCancelled() {
            if (isCancelled()) {
                throw Errors.cancelled(layer.job.name());
            }
        }
    }
}
