package io.lazuli.scheduler.internal.compute;

import io.lazuli.graph.Expansion;
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
import java.util.Optional;

/// Runs one task in the calling thread: memory, inputs, operation, result. Whatever the operation does, the core is told exactly
/// once what became of the task, unless the thread was given up.
///
/// Memory: a task that does not get its grant is put off, unless nothing else runs. Lack of memory may be the fault of tasks
/// beside it, or of its inputs, which cannot be spilled while it reads them. So a task that fails for it runs once more alone,
/// with all results on disk: then the whole budget is its own. That is no retry: none could have more.
public final class TaskRunner {
    private static final long SMALLEST_GRANT = 4096;

    private final MemoryAccountant accountant;
    private final ResultStore store;
    private final Transit transit;

    public TaskRunner(MemoryAccountant accountant, ResultStore store, Transit transit) {
        this.accountant = accountant;
        this.store = store;
        this.transit = transit;
    }

    /// What messages call a task's memory.
    private record MemoryOwner(Operation operation, Key key) {
        @Override
        public String toString() {
            return operation.name() + " " + key;
        }
    }

    /// Runs the task, and tells the worker's ring.
    ///
    /// @param now the time
    void run(Lease lease, int task, ComputeThread worker, long now) {
        LayerRun layer = lease.layer;
        if (layer.job.isStopped()) {
            worker.ring.taskReturned(task, lease.attempt);
            return;
        }
        Key key = layer.key(task);
        try (Reservation memory = accountant.reserve(new MemoryOwner(layer.layer().operation(), key), 0)) {
            Running running = new Running(lease, task, key, memory, worker, now);
            try {
                if (!admit(running)) {
                    worker.ring.taskDeferred(task, lease.attempt);
                    return;
                }
                worker.running.begin(task, lease.attempt, running.startNanos, memory);
                Block block = running.compute(store, transit);
                // Gives the memory back before anybody hears of the result.
                memory.close();
                finish(running, block);
            } catch (InputGoneException e) {
                if (worker.running.end()) {
                    worker.ring.taskReturned(task, lease.attempt);
                }
            } catch (LostInputException e) {
                if (worker.running.end()) {
                    layer.job.recordInputLoss(e.task(), e.lost());
                    worker.ring.resultLost(e.task());
                    worker.ring.taskReturned(task, lease.attempt);
                }
            } catch (Throwable e) {
                fail(running, e);
            }
        }
    }

    /// Gets the task its grant. False if it has to wait for others to end.
    private boolean admit(Running running) {
        if (running.lease.isAlone) {
            store.spillAll();
        }
        long grant = running.layer.layer().operation().grantBytes();
        if (running.memory.tryGrow(grant)) {
            return true;
        }
        if (!running.lease.isForced) {
            return false;
        }
        for (long less = grant / 2; less >= SMALLEST_GRANT; less /= 2) {
            if (running.memory.tryGrow(less)) {
                return true;
            }
        }
        return true;
    }

    private void finish(Running running, Block block) {
        running.countFiles();
        if (!running.worker.running.end()) {
            block.release();
            return;
        }
        long busyNanos = running.busyNanos();
        if (running.layer.measures().add(busyNanos, running.counts)) {
            running.layer.job.measured(running.layer);
        }
        Optional<Expansion> expansion = running.expansion(block);
        if (expansion.isPresent()) {
            block.release();
            running.layer.job.expand(
                    running.task, running.lease.attempt, expansion.get(), running.worker.seat.index,
                    busyNanos,
                    running.exchangedRows);
            return;
        }
        running.layer.countSlices(running.partition(), block);
        running.layer.job.keep(
                store, running.task, running.lease.attempt, running.key, block,
                running.layer.neededAt(running.partition()));
        running.worker.ring.taskFinished(
                running.task, running.lease.attempt, running.rowCount, running.byteSize, busyNanos,
                running.exchangedRows);
    }

    private static void fail(Running running, Throwable cause) {
        running.countFiles();
        RuntimeException interruption = running.worker.running.interruption();
        if (!running.worker.running.end()) {
            return;
        }
        boolean starved = cause instanceof LazuliException typed
                && typed.code() == ErrorCode.RESOURCE
                && running.memory.wasRefused()
                && !running.lease.isAlone
                && !running.isCancelled();
        if (starved) {
            running.worker.ring.taskStarved(running.task, running.lease.attempt);
            return;
        }
        Throwable reason = interruption == null ? cause : interruption;
        running.layer.job.recordFailure(running.layer.layer(), running.task, running.key, reason);
        running.worker.ring.taskFailed(
                running.task, running.lease.attempt, isRetryable(reason), running.busyNanos());
    }

    /// Data or a plan that is wrong will be no better the next time.
    private static boolean isRetryable(Throwable cause) {
        return !(cause instanceof LazuliException typed)
                || typed.code() == ErrorCode.RESOURCE
                || typed.code() == ErrorCode.INTERNAL;
    }

    /// A task while it runs.
    private static final class Running implements TaskContext {
        final Lease lease;
        final LayerRun layer;
        final int task;
        final Key key;
        final Reservation memory;
        final ComputeThread worker;
        final long startNanos;
        final LayerMeasures.Counts counts = new LayerMeasures.Counts();
        private final long helpedBefore;
        long exchangedRows;
        /// Of its result.
        long rowCount;
        long byteSize;

        Running(Lease lease, int task, Key key, Reservation memory, ComputeThread worker, long startNanos) {
            this.lease = lease;
            this.layer = lease.layer;
            this.task = task;
            this.key = key;
            this.memory = memory;
            this.worker = worker;
            this.startNanos = startNanos;
            this.helpedBefore = worker.helpedNanos();
        }

        /// Adds what the task got from files to what its job has spilled, before anybody hears that it is done.
        void countFiles() {
            layer.job.storage().counters().overflowed(memory.fileBytes());
        }

        Block compute(ResultStore store, Transit transit) {
            ClassLoader loader = layer.job.loader();
            if (loader == null) {
                return run(store, transit);
            }
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(loader);
            try {
                return run(store, transit);
            } finally {
                thread.setContextClassLoader(before);
            }
        }

        private Block run(ResultStore store, Transit transit) {
            try (Inputs inputs = Inputs.borrow(store, layer, partition(), transit)) {
                exchangedRows = inputs.exchangedRows();
                return checked(layer.layer().operation().run(this, inputs));
            }
        }

        private Block checked(Block block) {
            if (block == null) {
                throw Errors.nullResult();
            }
            try {
                Optional<Expansion> expansion = expansion(block);
                if (expansion.isPresent()) {
                    layer.checkExpansion(expansion.get());
                } else {
                    layer.checkSlices(block);
                }
            } catch (Throwable e) {
                block.release();
                throw e;
            }
            rowCount = block.rowCount();
            byteSize = block.byteSize();
            return block;
        }

        Optional<Expansion> expansion(Block block) {
            return block.kind() == Block.Kind.OBJECT && block.value(Object.class) instanceof Expansion expansion
                    ? Optional.of(expansion)
                    : Optional.empty();
        }

        /// Without what its thread did for others while the task waited.
        long busyNanos() {
            return System.nanoTime() - startNanos - (worker.helpedNanos() - helpedBefore);
        }

        @Override
        public Key key() {
            return key;
        }

        @Override
        public Reservation memory() {
            return memory;
        }

        @Override
        public void count(int index, long amount) {
            counts.add(index, amount);
        }

        @Override
        public boolean isCancelled() {
            return layer.job.isStopped() || worker.running.interruption() != null;
        }

        @Override
        public void checkCancelled() {
            if (isCancelled()) {
                throw Errors.cancelled(layer.job.name());
            }
        }
    }
}
