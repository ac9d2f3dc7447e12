package io.lazuli.dashboard.internal.model;

/// Sums over all that was heard of, which only grow.
///
/// @param finishedTasks results that were made, again or not
/// @param recomputedTasks of lost results, and of what these are made from and was gone too
/// @param rows          that tasks returned, as the next
/// @param jobs          that were submitted and that no task set off
/// @param droppedBlocks of events, missed for being slow
public record Totals(
        long finishedTasks, long failedTasks, long retriedTasks, long lostResults, long recomputedTasks, long rows,
        long bytes,
        long busyNanos, long spillWrittenBytes, long spillReadBytes, long jobs, long succeededJobs, long failedJobs,
        long cancelledJobs, long droppedBlocks) {}
