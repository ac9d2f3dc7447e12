package io.lazuli.scheduler.internal.local;

import io.lazuli.graph.memory.Block;
import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.store.LostResultException;
import io.lazuli.scheduler.internal.store.ResultStore;
import io.lazuli.scheduler.internal.store.StoredResult;
import io.lazuli.scheduler.internal.worker.WorkerEventBuffer;
import java.time.Duration;
import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.function.Function;
import java.util.stream.IntStream;

/// The results of a job on their way to its client, each of which takes every partition once.
///
/// ```
///   offered --claim--> taken --settle--> (the core is told)
///      ^                 |
///      +---- unclaim ----+   what was claimed cannot be read: made again
/// ```
///
/// Fields are guarded by the dispatcher's lock. Of the methods, those that say so are for a caller that holds it.
final class JobResults {
    private final JobRun job;
    private final LocalShell shell;
    private final ResultStore store;
    private final Condition changed;
    /// Id of the first partition's task; set when the job is admitted.
    private int first;
    /// Partitions of the output that can be taken, or are claimed and not settled.
    private final BitSet offered = new BitSet();
    private final BitSet taken = new BitSet();

    JobResults(JobRun job, LocalShell shell, ResultStore store) {
        this.job = job;
        this.shell = shell;
        this.store = store;
        this.changed = shell.dispatcher().newCondition();
    }

    /// The partitions have the ids from `firstTask` on. With the lock.
    void startAt(int firstTask) {
        first = firstTask;
    }

    /// The partition of a task is there. False if the client had it before it was lost and made again. With the lock.
    boolean offer(int task) {
        if (taken.get(task - first)) {
            return false;
        }
        offered.set(task - first);
        signal();
        return true;
    }

    int partitionOf(int task) {
        return task - first;
    }

    /// What was offered is lost, and will be offered again. With the lock.
    void withdraw(int task) {
        offered.clear(task - first);
    }

    /// Nothing will be offered any more. With the lock.
    void withdrawAll() {
        offered.clear();
        signal();
    }

    /// With the lock.
    IntStream offered() {
        return offered.stream();
    }

    /// The result of the job's first partition, which is there. With the lock.
    StoredResult firstResult() {
        return store.find(first);
    }

    /// Wakes who waits for the job. With the lock.
    void signal() {
        changed.signalAll();
    }

    /// Waits for the partition. Ownership: the caller's reference.
    Block take(int partition) {
        while (true) {
            Optional<Block> block = read(claim(partition), partition);
            if (block.isPresent()) {
                return block.get();
            }
        }
    }

    Optional<Block> tryTake(int partition) {
        return shell.call(_ -> tryClaim(partition)).flatMap(result -> read(result, partition));
    }

    /// As [#take], in whatever form the store has it. Ownership: the caller's hold.
    StoredResult takeResult(int partition) {
        StoredResult result = claim(partition);
        settle(partition);
        return result;
    }

    /// What was claimed; empty if it is lost, and will be made again. Ownership: takes over one hold of `result`.
    private Optional<Block> read(StoredResult result, int partition) {
        try {
            Block block = result.borrow();
            settle(partition);
            return Optional.of(block);
        } catch (LostResultException e) {
            job.recordLoss(e);
            unclaim(partition);
            return Optional.empty();
        } finally {
            result.release();
        }
    }

    /// Waits until the partition can be taken or will never be. False if that takes longer than `timeout`.
    boolean await(int partition, Duration timeout) {
        long start = System.nanoTime();
        return whileUninterrupted(_ -> isAnswered(partition)
                ? Optional.of(true)
                : Optional.of(false).filter(_ -> timeout.minusNanos(System.nanoTime() - start).isNegative()));
    }

    /// Waits until the job is over, interrupted or not.
    void awaitEnd() {
        shell.dispatcher().awaitUninterruptibly(changed, job::isOver);
    }

    /// Waits for the partition and makes it the caller's: [#settle] or [#unclaim] follows. Ownership: the caller's hold.
    private StoredResult claim(int partition) {
        return whileUninterrupted(_ -> tryClaim(partition));
    }

    private <T> T whileUninterrupted(Function<Inbox, Optional<T>> action) {
        try {
            return shell.await(changed, action);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Errors.interrupted(job.name());
        }
    }

    /// True if [#tryClaim] has something, or throws.
    private boolean isAnswered(int partition) {
        return offered.get(partition) || taken.get(partition) || job.isClosed() || job.isOver();
    }

    private Optional<StoredResult> tryClaim(int partition) {
        if (taken.get(partition)) {
            throw new IllegalStateException("partition " + partition + " of job '" + job.name() + "' was taken before");
        }
        job.checkHasResults();
        if (!offered.get(partition)) {
            return Optional.empty();
        }
        taken.set(partition);
        return Optional.of(store.find(first + partition).retain());
    }

    /// The caller has what it claimed.
    private void settle(int partition) {
        shell.call(inbox -> {
            if (offered.get(partition)) {
                offered.clear(partition);
                inbox.client().resultTaken(first + partition);
            }
            return true;
        });
    }

    /// What was claimed cannot be read: it is to be made again.
    private void unclaim(int partition) {
        shell.call(inbox -> {
            taken.clear(partition);
            if (offered.get(partition)) {
                inbox.worker().resultLost(first + partition, WorkerEventBuffer.ANY_ATTEMPT);
            }
            return true;
        });
    }
}
