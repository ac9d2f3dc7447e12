package io.lazuli.graph.future;

import io.lazuli.graph.Job;
import io.lazuli.graph.JobListener;
import io.lazuli.graph.JobProgress;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// One job of a client: partition `p` of its output is the result of `futures[p]`. Results are taken as soon as they are
/// offered, so the engine keeps none.
final class Run implements JobListener {
    private final Futures client;
    private final Job job;
    private final List<TaskFuture<?>> futures;
    /// Futures that are not done.
    private final AtomicInteger pending;

    Run(Futures client, Job job, List<TaskFuture<?>> futures) {
        this.client = client;
        this.job = job;
        this.futures = List.copyOf(futures);
        this.pending = new AtomicInteger(futures.size());
    }

    void start() {
        for (int p = 0; p < futures.size(); p++) {
            futures.get(p).began(this, p);
        }
        job.addListener(this);
    }

    /// Waits a while for a future of this run, helping the engine if on one of its threads. True if it is about to be done.
    boolean await(int partition, Duration timeout) {
        return job.await(partition, timeout);
    }

    /// One of the futures is done.
    ///
    /// @param unwanted it was cancelled
    void left(boolean unwanted) {
        if (pending.decrementAndGet() == 0 && unwanted) {
            job.cancel();
        }
    }

    /// Cancels all futures that are not done.
    void cancel() {
        futures.forEach(future -> future.settle(this, new Status.Cancelled()));
        job.cancel();
    }

    /// Waits for functions that run.
    void close() {
        job.close();
    }

    @Override
    public void offered(int partition) {
        client.soon(() -> fetch(partition));
    }

    /// For a result that is there. Who gets here first takes it, whether anybody wants it or not.
    void fetch(int partition) {
        TaskFuture<?> future = futures.get(partition);
        Optional<Block> taken;
        try {
            taken = job.tryTake(partition);
        } catch (IllegalStateException e) {
            // Taken by another thread, which settles the future; or closed.
            return;
        } catch (LazuliException e) {
            // If the job has failed, its end tells what becomes of this. If it runs for ever, the engine is broken.
            if (job.progress().state() == JobProgress.State.RUNNING) {
                future.settle(this, Status.Failed.of(future.name(), e));
            }
            return;
        }
        taken.ifPresent(block -> future.settle(this, result(future, block)));
    }

    @Override
    public void ended(JobProgress.State state) {
        client.soon(() -> end(state));
    }

    private void end(JobProgress.State state) {
        List<TaskFuture<?>> left = futures.stream().filter(future -> future.isRunBy(this)).toList();
        switch (state) {
            case RUNNING -> throw new IllegalStateException("a job that runs has not ended");
            case CANCELLED -> left.forEach(future -> future.settle(this, new Status.Cancelled()));
            case SUCCEEDED -> left.forEach(this::fetchOrFail);
            case FAILED -> {
                if (left.size() == 1) {
                    fetchOrFail(left.getFirst());
                } else {
                    client.isolate(left);
                }
            }
        }
        client.ended(this);
    }

    private void fetchOrFail(TaskFuture<?> future) {
        Optional<Block> taken;
        try {
            taken = job.tryTake(futures.indexOf(future));
        } catch (IllegalStateException e) {
            // Taken by another thread, which settles the future now.
            return;
        } catch (LazuliException e) {
            future.settle(this, Status.Failed.of(future.name(), e));
            return;
        }
        taken.ifPresent(block -> future.settle(this, result(future, block)));
    }

    /// Ownership: consumes `block`.
    private static Status result(TaskFuture<?> future, Block block) {
        try {
            Object value = block.value();
            if (!(value instanceof Outcome outcome)) {
                return new Status.Succeeded(value);
            }
            return outcome.failure() == null
                    ? new Status.Succeeded(outcome.value())
                    : Status.Failed.of(future.name(), outcome.failure());
        } finally {
            block.release();
        }
    }
}
