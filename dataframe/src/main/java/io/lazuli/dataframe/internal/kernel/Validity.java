package io.lazuli.dataframe.internal.kernel;

import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Scratch;
import java.lang.foreign.MemorySegment;

/// Which rows of a result are null: combined here once an operation, a word at a time, never in a kernel's loop.
///
/// Results may share the bitmap of an operand.
public final class Validity {
    private Validity() {}

    /// Not null where neither operand is.
    public static MemorySegment both(Column left, Column right, Scratch scratch) {
        return both(left.validity(), right.validity(), left.length(), scratch);
    }

    /// As [#both(Column, Column, Scratch)], of bitmaps; [Column#NO_NULLS] stands for all ones.
    public static MemorySegment both(MemorySegment left, MemorySegment right, int rowCount, Scratch scratch) {
        if (left == Column.NO_NULLS || left == right) {
            return right;
        }
        if (right == Column.NO_NULLS) {
            return left;
        }
        MemorySegment result = scratch.bits(rowCount);
        BoolKernels.and(left, right, rowCount, result);
        return result;
    }

    /// True for the null rows of a column.
    public static MemorySegment nulls(Column column, Scratch scratch) {
        MemorySegment result = scratch.bits(column.length());
        if (column.mayHaveNulls()) {
            BoolKernels.not(column.validity(), column.length(), result);
        } else {
            Bits.fill(result, column.length(), false);
        }
        return result;
    }

    /// The column with more nulls: only rows of `kept` keep their values.
    public static Column restrict(Column column, MemorySegment kept, Scratch scratch) {
        MemorySegment validity = both(column.validity(), kept, column.length(), scratch);
        return new Column(column.type(), column.length(), validity, column.values(), column.data());
    }
}
