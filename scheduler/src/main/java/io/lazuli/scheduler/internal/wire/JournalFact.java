package io.lazuli.scheduler.internal.wire;

/// What the journal holds: of a job, that it runs and what its client has taken since; of a bundle of code, its pieces.
public sealed interface JournalFact {
    /// The job is to go on. Stands for all that was said of it before.
    ///
    /// @param taken partitions of its output that its client has, as [java.util.BitSet#toLongArray] tells them
    record Runs(JobSpec job, long[] taken) implements JournalFact {}

    /// Its client has these partitions too.
    record Took(int[] partitions) implements JournalFact {}

    /// The next piece of a bundle.
    record Code(CodePiece piece) implements JournalFact {}
}
