package io.lazuli.scheduler.event;

import java.util.List;
import java.util.Objects;

/// A moment of a cluster, as its scheduler sees it, see [io.lazuli.scheduler.Cluster#status].
///
/// @param epoch        of the scheduler: a later one has a higher
/// @param uptimeMillis since the scheduler started
/// @param workers      that are there, in the order in which they came
/// @param clientCount  programs that are connected, or were until less than half a minute ago; not those that only watch
/// @param jobs         of which something is left, the oldest first
/// @param refusals     connections that were refused by the scheduler and the workers that are there
/// @param recomputedCount tasks that were run again because their results were lost
/// @param staleCount   words of workers that were not heard, because they were about something that is over
public record ClusterStatus(int epoch, long uptimeMillis, List<Worker> workers, int clientCount, List<Job> jobs,
        long recomputedCount, List<RefusalCount> refusals, long staleCount) {
    public ClusterStatus {
        workers = List.copyOf(workers);
        jobs = List.copyOf(jobs);
        refusals = List.copyOf(refusals);
    }

    /// All connections that were refused.
    public long refusalCount() {
        return refusals.stream().mapToLong(RefusalCount::count).sum();
    }

    /// One worker's process. What it uses is from its last sample, less than two seconds old; zero before the first.
    ///
    /// @param state         `active`, `silent` or `leaving`
    /// @param taskCount     tasks that it was given and that have not ended
    /// @param reservedBytes of data outside its heap, of `memoryBytes`
    /// @param spilledBytes  that are in its files
    /// @param offers        resources as `name=amount`, then labels
    public record Worker(String name, String host, long processId, String state, int threads, int taskCount,
            long reservedBytes, long memoryBytes, long spilledBytes, List<String> offers) {
        public Worker {
            Objects.requireNonNull(name, "name is null");
            Objects.requireNonNull(host, "host is null");
            Objects.requireNonNull(state, "state is null");
            offers = List.copyOf(offers);
        }
    }

    /// One job that a client has submitted.
    ///
    /// @param state as [io.lazuli.graph.JobProgress.State] has them, in lower case
    public record Job(long id, String name, String state, int finishedCount, int taskCount) {
        public Job {
            Objects.requireNonNull(name, "name is null");
            Objects.requireNonNull(state, "state is null");
        }
    }
}
