package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import java.lang.foreign.MemorySegment;

/// Validity of result columns.
final class Validities {
    private Validities() {}

    /// [Column#NO_NULLS] if all bits are set, so that what follows takes its fast path.
    static MemorySegment simplified(MemorySegment validity, int length) {
        return Bits.count(validity, length) == length ? Column.NO_NULLS : validity;
    }
}
