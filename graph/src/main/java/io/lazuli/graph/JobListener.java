package io.lazuli.graph;

/// Hears of what happens to a job, see [Job#addListener].
public interface JobListener {
    /// A partition of the output can be taken.
    void offered(int partition);

    /// The job is over. What was offered and not taken can still be, if it succeeded.
    void ended(JobProgress.State state);
}
