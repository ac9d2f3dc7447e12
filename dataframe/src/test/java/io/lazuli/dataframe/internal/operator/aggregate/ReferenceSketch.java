package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.TestColumns;
import io.lazuli.dataframe.internal.kernel.HashKernels;
import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// The estimate of all values at once, in a sketch that is all registers from the first value on.
public final class ReferenceSketch {
    private ReferenceSketch() {}

    public static long count(DataType type, List<Object> values) {
        MemorySegment hashes = MemorySegment.ofArray(new long[values.size()]);
        try (TestColumns columns = TestColumns.open()) {
            HashKernels.add(columns.of(type, values), hashes);
        }
        MemorySegment registers = MemorySegment.ofArray(new byte[Sketches.MOST_BYTES]);
        for (int i = 0; i < values.size(); i++) {
            Sketches.addToRegisters(registers, 0, Sketches.entry(hashes.get(Layouts.LONG, i * 8L)));
        }
        return Sketches.estimate(registers, 0, Sketches.MOST_BYTES, Sketches.newRankCounts());
    }
}
