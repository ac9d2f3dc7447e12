package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Scratch;
import java.util.List;

/// The state of one aggregate for all groups, in flat memory by group id.
///
/// ```
///   rows ──update──▶ state ──partial──▶ state columns ──merge──▶ state ──finish──▶ result column
/// ```
///
/// Merging partial columns in any order gives the same result, up to the rounding of floating sums; see `AggregateContract`.
public sealed interface Accumulator permits CountAccumulator, LongSum, DoubleSum, Extreme, TextExtreme {
    /// Makes room for groups `0 .. groupCount - 1`, new ones empty, and for the texts of `values`: the argument of the coming
    /// [#update] or the first column of the coming [#merge]. False if the memory is refused: the groups are unchanged.
    boolean tryReserve(int groupCount, Column values);

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

    /// Makes groups `0 .. groupCount - 1` empty again and keeps the memory.
    void clear(int groupCount);

    void free();
}
