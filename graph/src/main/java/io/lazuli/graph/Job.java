package io.lazuli.graph;

import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import java.time.Duration;
import java.util.Optional;

/// A submitted graph. Its results are taken one partition at a time, in any order, each once.
public interface Job extends AutoCloseable {
    long id();

    /// Partitions of the output layer.
    int partitionCount();

    /// Waits for one partition of the output and hands it over.
    ///
    /// Ownership: the block belongs to the caller. Errors: what made the job fail, with the failed task's key and layer;
    /// CANCELLED; IllegalStateException if the partition was taken before.
    Block take(int partition) throws LazuliException;

    /// As [#take], but empty where that would wait: what a [JobListener] may call.
    Optional<Block> tryTake(int partition) throws LazuliException;

    /// Waits, at most as long, until [#take] would return or fail at once, and tells whether it would. For any number of threads.
    /// A thread of the engine runs tasks meanwhile, as it does in [#take].
    ///
    /// Errors: CANCELLED if the thread is interrupted.
    boolean await(int partition, Duration timeout) throws LazuliException;

    /// Tells `listener` of every output partition that can be taken, those of the past first, and of the end. It is called by
    /// threads of the engine, one at a time, and must return at once.
    void addListener(JobListener listener);

    /// Asks the job to stop; does not wait. Tasks that run see it at their next check.
    void cancel();

    JobProgress progress();

    /// Cancels the job if it still runs, waits until none of its tasks runs, and releases what was not taken. A job that has ended
    /// and of which nothing is left to take holds nothing, closed or not.
    @Override
    void close();
}
