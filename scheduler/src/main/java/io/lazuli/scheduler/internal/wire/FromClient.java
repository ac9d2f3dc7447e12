package io.lazuli.scheduler.internal.wire;

import java.util.List;
import java.util.Optional;

/// What a client says to the scheduler, in order and once. A request carries a number, which its answer repeats.
public sealed interface FromClient {
    /// About a job.
    sealed interface OfJob extends FromClient {}

    /// @param before id under which a scheduler before this one knew the job, and so will this one
    record Submitted(long request, JobSpec job, Optional<Long> before) implements OfJob {}

    record Cancelled(long job) implements OfJob {}

    /// The client wants nothing more of the job.
    record Closed(long job) implements OfJob {}

    /// The client has this partition of the job's output.
    record Took(long job, int partition) implements OfJob {}

    /// What was offered could not be had, or could not be read.
    ///
    /// @param worker whose offer it was
    record Missed(long job, int partition, int attempt, int worker, RemoteFailure why) implements OfJob {}

    record AskedProgress(long request, long job) implements FromClient {}

    /// The client runs nothing, and is not counted.
    record RunsNothing() implements FromClient {}

    /// The client ends, and needs nothing any more; answered by [ToClient.Farewell].
    record Left(long request) implements FromClient {}

    /// How the cluster is; answered by [ToClient.StatusIs].
    record AskedStatus(long request) implements FromClient {}

    /// A worker's process, which the client has started, has ended.
    ///
    /// @param worker its name
    /// @param how    it ended, in words
    record SawEnd(String worker, long processId, String how) implements FromClient {}

    /// Code that the next job needs; answered by [ToClient.WantsCode].
    record OfferedCode(long request, List<CodeOffer> bundles) implements FromClient {
        public OfferedCode {
            bundles = List.copyOf(bundles);
        }
    }

    /// @param hash  of the bundle, see [io.lazuli.scheduler.internal.code.CodeHash]
    /// @param bytes how long it is
    record CodeOffer(String hash, long bytes) {}

    /// The next piece of a bundle that the scheduler wants.
    record SentCode(CodePiece piece) implements FromClient {}

    /// About what happens in the cluster.
    sealed interface OfEvents extends FromClient {}

    /// Answered by [ToClient.TimeIs].
    record AskedTime(long request) implements OfEvents {}

    /// The client hears all events from the answer on, which is [ToClient.TimeIs].
    ///
    /// @param watch       number of the subscription, of this client
    /// @param windowBytes of blocks that may be on the way: more come when the client has handled some
    record Watched(long request, long watch, boolean isLossless, long windowBytes) implements OfEvents {}

    /// The client has handled so many bytes of blocks in all.
    record Handled(long watch, long bytes) implements OfEvents {}

    /// Answered by [ToClient.LastIs].
    record AskedLast(long request) implements OfEvents {}

    /// Answered by [ToClient.WatchEnded].
    ///
    /// @param wantsRest what has happened so far is to be sent still
    record Unwatched(long watch, boolean wantsRest) implements OfEvents {}
}
