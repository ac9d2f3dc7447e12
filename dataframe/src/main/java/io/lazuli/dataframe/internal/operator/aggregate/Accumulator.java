package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.key.GroupRows;
import java.util.List;

/// One aggregate over all groups. Its state is a few words for each group in the [GroupRows] that it shares with others; what
/// does not fit into words is kept beside.
///
/// ```
///   rows ──update──▶ state ──partial──▶ state columns ──merge──▶ state ──finish──▶ result column
/// ```
///
/// Merging partial columns in any order gives the same result, up to the rounding of floating sums; only the first and the last
/// value, and that of the first of the best rows, are asked to be merged in the order of rows. See `AggregateContract`.
///
/// A task updates and gives out partial states, or it merges and finishes; where states are words, it may update before it finishes,
/// too. Groups are given out from the first to the last.
public sealed interface Accumulator
        permits CountAccumulator, IntSum, LongSum, DoubleSum, DoubleProduct, ChosenValue, Variance, Covariance, Moments,
        Quantile,
        CountDistinct, ApproximateDistinct, BestRow, Fold {
    /// Makes room for a coming [#update] with these columns. False if the memory is refused. Room in the [GroupRows] is made by
    /// their owner.
    default boolean tryReserve(List<Column> inputs) {
        return true;
    }

    /// As [#tryReserve], for a coming [#merge].
    default boolean tryReservePartial(List<Column> partial) {
        return tryReserve(partial);
    }

    /// Adds rows to their groups. Room must have been reserved.
    ///
    /// @param inputs the arguments; none for a count of rows
    void update(GroupIds ids, List<Column> inputs);

    /// Adds partial states to their groups. Room must have been reserved; columns as [#partial] gives them, whose long values
    /// stay where they are as long as this is used.
    void merge(GroupIds ids, List<Column> partial);

    /// Number of columns of [#partial].
    int stateCount();

    /// The states of groups from `start`, which are `length` many.
    List<Column> partial(int start, int length, Scratch scratch);

    /// The results of groups from `start`, which are `length` many. Errors: DATA if a result does not fit its type.
    Column finish(int start, int length, Scratch scratch);

    /// Bytes of what is kept of the groups beside their words and comes out with [#partial].
    default long dataBytes() {
        return 0;
    }

    /// Bytes that have to be left so that groups can be given out.
    default long outputBytes(int groupCount) {
        return 0;
    }

    /// Forgets what is not in the [GroupRows] and keeps the memory that more of the same needs.
    default void clear() {}

    /// Gives back what memory is not in the [GroupRows].
    default void free() {}
}
