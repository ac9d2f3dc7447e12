package io.lazuli.dataframe.internal.expression;

import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.kernel.FormatKernels;
import java.lang.foreign.MemorySegment;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/// Finds out which row a loop over a whole batch has complained about. It may have been a null row, whose value is no value.
final class Failures {
    private Failures() {}

    /// The first row that is not null and fails when it is looked at alone.
    static OptionalInt first(MemorySegment validity, int rowCount, IntPredicate fails) {
        for (int row = 0; row < rowCount; row++) {
            boolean present = validity == Column.NO_NULLS || Bits.get(validity, row);
            if (present && fails.test(row)) {
                return OptionalInt.of(row);
            }
        }
        return OptionalInt.empty();
    }

    /// One value, to be run through a loop on its own.
    static MemorySegment only(Column column, int row) {
        int width = column.kind().width();
        return column.values().asSlice((long) row * width, width);
    }

    /// A value as people read it.
    static String show(Column column, int row, Scratch scratch) {
        return FormatKernels.format(column.slice(row, 1, scratch), scratch).stringAt(0);
    }
}
