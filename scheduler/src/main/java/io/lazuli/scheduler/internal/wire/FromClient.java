package io.lazuli.scheduler.internal.wire;

/// What a client says to the scheduler, in order and once. A request carries a number, which its answer repeats.
public sealed interface FromClient {
    record Submitted(long request, JobSpec job) implements FromClient {}

    record Cancelled(long job) implements FromClient {}

    /// The client wants nothing more of the job.
    record Closed(long job) implements FromClient {}

    /// The client has this partition of the job's output.
    record Took(long job, int partition) implements FromClient {}

    /// What was offered could not be had, or could not be read.
    record Missed(long job, int partition, int attempt, RemoteFailure why) implements FromClient {}

    record AskedProgress(long request, long job) implements FromClient {}

    /// A worker's process, which the client has started, has ended.
    ///
    /// @param worker its name
    record SawEnd(String worker, long processId) implements FromClient {}
}
