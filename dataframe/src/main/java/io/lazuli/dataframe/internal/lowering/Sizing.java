package io.lazuli.dataframe.internal.lowering;

import io.lazuli.graph.PartitionSizes;

/// What is small, and how many tasks some bytes are worth. Never the number of workers: plans are the same on every machine.
///
/// @param tableBytes the largest side of a join that becomes one table for all tasks
/// @param taskBytes  what a task should have at least, so that it takes longer than to hand it out
public record Sizing(long tableBytes, long taskBytes) {
    public static final Sizing DEFAULT = new Sizing(32L << 20, 1L << 20);

    /// Whether it may pay to know how large rows really are before they go to so many tasks. Where they are thought to be plenty for
    /// these, some tasks too many are lost among what it took to make the rows, and kept results only take up room.
    boolean isWorthAsking(double expectedBytes, int taskCount) {
        return expectedBytes <= 4.0 * taskCount * taskBytes;
    }

    /// How many of `most` slices tasks are worth their while, a power of two: what is cut by hash into `most` slices is cut into
    /// so many by joining neighbours.
    ///
    /// @param most a power of two
    int sliceCount(double bytes, int most) {
        double worth = Math.max(1, Math.ceil(bytes / taskBytes));
        return worth >= most ? most : Math.min(most, Integer.highestOneBit(2 * (int) worth - 1));
    }

    /// The ranges of a sort: no more than the runs unless these have become too large, and no smaller than a task is worth.
    int rangeCount(double bytes, int runCount) {
        double byRuns = Math.min(runCount, Math.ceil(bytes / taskBytes));
        double bySize = Math.ceil(bytes / PartitionSizes.TARGET_BYTES);
        return (int) Math.clamp(Math.max(byRuns, bySize), 1, Lowering.MOST_RANGES);
    }
}
