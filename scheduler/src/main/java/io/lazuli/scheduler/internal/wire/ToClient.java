package io.lazuli.scheduler.internal.wire;

import io.lazuli.graph.JobProgress;
import io.lazuli.scheduler.event.ClusterStatus;
import java.util.List;
import java.util.Optional;

/// What the scheduler says to a client, in order and once.
public sealed interface ToClient {
    record Accepted(long request, long job) implements ToClient {}

    record Refused(long request, RemoteFailure why) implements ToClient {}

    record ProgressIs(long request, JobProgress progress) implements ToClient {}

    record StatusIs(long request, ClusterStatus status) implements ToClient {}

    /// A partition of the job's output can be taken from a worker.
    record Offered(long job, int partition, int task, int attempt, int worker) implements ToClient {}

    /// What was offered is lost, and will be offered again.
    record Withdrawn(long job, int partition) implements ToClient {}

    /// The job had succeeded, and runs again.
    record Reopened(long job) implements ToClient {}

    /// None of the job's tasks runs or will run, unless it is reopened.
    ///
    /// @param failure why it did not succeed
    record Ended(long job, JobProgress progress, Optional<RemoteFailure> failure) implements ToClient {}

    /// Nothing of the job is left.
    record Forgotten(long job) implements ToClient {}

    /// The scheduler knows that the client ends.
    record Farewell(long request) implements ToClient {}

    /// When the scheduler was opened, and nanoseconds since then.
    record TimeIs(long request, long openedSecond, int openedNano, long nanos) implements ToClient {}

    /// Number of the last block of events so far.
    record LastIs(long request, long sequence) implements ToClient {}

    /// About what happens in the cluster, for who watches it.
    sealed interface OfEvents extends ToClient {}

    /// @param block see [io.lazuli.scheduler.event.EventBlock#toBytes]
    record Happened(long watch, byte[] block) implements OfEvents {}

    /// Nothing more comes for that subscription.
    record WatchEnded(long watch) implements OfEvents {}

    /// Where a worker is. Comes before the first offer that speaks of it.
    record Introduced(int worker, int incarnation, WorkerFacts facts) implements ToClient {}

    /// What of the code that was offered is to be sent.
    record WantsCode(long request, List<String> hashes) implements ToClient {
        public WantsCode {
            hashes = List.copyOf(hashes);
        }
    }
}
