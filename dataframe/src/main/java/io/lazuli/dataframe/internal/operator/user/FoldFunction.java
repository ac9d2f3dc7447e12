package io.lazuli.dataframe.internal.operator.user;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.Tokenized;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// An aggregate of the user's program. A group's state is a few longs, wherever these stand. It may be called by several threads
/// at once.
public interface FoldFunction extends Tokenized {
    /// What it reads, in order.
    List<DataType> inputTypes();

    DataType resultType();

    /// The state of a group without rows.
    long[] initial();

    /// Adds each row to a state. Rows with a null that the program cannot take are left out.
    ///
    /// Errors: USER if the program fails.
    ///
    /// @param places for each row the byte of `states` at which its state begins
    void add(Batch rows, long[] places, MemorySegment states);

    /// Merges each state of `partial`, which has a LONG column for each long, into a state. Places and errors as of [#add].
    void merge(Batch partial, long[] places, MemorySegment states);

    /// The results of so many states, the first at byte `start` and each `stride` bytes behind the one before. Errors as of [#add].
    Column finish(MemorySegment states, long start, long stride, int length, Scratch scratch);
}
