package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.key.GroupRows;
import java.util.List;

/// One aggregate over all groups. Its state is a few words for each group in the [GroupRows] that it shares with others.
///
/// ```
///   rows ──update──▶ state ──partial──▶ state columns ──merge──▶ state ──finish──▶ result column
/// ```
///
/// Merging partial columns in any order gives the same result, up to the rounding of floating sums; see `AggregateContract`.
public sealed interface Accumulator permits CountAccumulator, IntSum, LongSum, DoubleSum, Extreme, TextExtreme {
    /// Makes room for the texts of `values`: the argument of the coming [#update] or the first column of the coming [#merge].
    /// False if the memory is refused. Room in the [GroupRows] is made by their owner.
    default boolean tryReserve(Column values) {
        return true;
    }

    /// Adds rows to their groups. Room must have been reserved.
    ///
    /// @param values the argument; for a count of rows, any column
    void update(GroupIds ids, Column values);

    /// Adds partial states to their groups. Room must have been reserved; columns as [#partial] gives them.
    void merge(GroupIds ids, List<Column> partial);

    /// Number of columns of [#partial].
    int stateCount();

    /// The states of groups from `start`, which are `length` many.
    List<Column> partial(int start, int length, Scratch scratch);

    /// The results of groups from `start`, which are `length` many. Errors: DATA if a result does not fit its type.
    Column finish(int start, int length, Scratch scratch);

    /// Forgets what is not in the [GroupRows] and keeps the memory.
    default void clear() {}

    /// Gives back what memory is not in the [GroupRows].
    default void free() {}
}
