package io.lazuli.tests.process;

import io.lazuli.graph.Job;
import io.lazuli.graph.JobListener;
import io.lazuli.graph.JobProgress;
import io.lazuli.graph.memory.Block;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A job whose results are all here.
final class EndedJob implements Job {
    private final List<Block> left;

    /// Ownership: the blocks become this job's.
    EndedJob(List<Block> blocks) {
        left = new ArrayList<>(blocks);
    }

    @Override
    public long id() {
        return 1;
    }

    @Override
    public int partitionCount() {
        return left.size();
    }

    @Override
    public Block take(int partition) {
        return Objects.requireNonNull(left.set(partition, null), "it was taken before");
    }

    @Override
    public Optional<Block> tryTake(int partition) {
        return Optional.of(take(partition));
    }

    @Override
    public boolean await(int partition, Duration timeout) {
        return true;
    }

    @Override
    public void addListener(JobListener listener) {
        for (int partition = 0; partition < left.size(); partition++) {
            listener.offered(partition);
        }
        listener.ended(JobProgress.State.SUCCEEDED);
    }

    @Override
    public void cancel() {}

    @Override
    public JobProgress progress() {
        return new JobProgress(JobProgress.State.SUCCEEDED, Duration.ZERO, 0, List.of());
    }

    @Override
    public void close() {
        left.stream().filter(Objects::nonNull).forEach(Block::release);
        left.clear();
    }
}
