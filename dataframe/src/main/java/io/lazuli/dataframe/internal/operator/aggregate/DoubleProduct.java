package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Product of doubles, multiplied one after the other in row order. State: the product and the number of values.
final class DoubleProduct implements Accumulator {
    private static final long PRODUCT = 0;
    private static final long COUNT = 8;

    private final GroupRows rows;
    /// Byte of the two words in a group.
    private final long start;

    DoubleProduct(GroupRows rows) {
        this.rows = rows;
        this.start = rows.add(Double.doubleToRawLongBits(1), 0);
    }

    @Override
    public void update(GroupIds ids, List<Column> inputs) {
        int[] groups = ids.withoutNulls(inputs, rows.nowhere());
        multiply(groups, inputs.getFirst().values(), ids.rowCount(), rows.segment(), rows.stride(), start);
    }

    private static void multiply(
            int[] ids, MemorySegment values, int rowCount, MemorySegment states, long stride, long start) {
        for (int row = 0; row < rowCount; row++) {
            multiply(states, ids[row] * stride + start, values.get(Layouts.DOUBLE, row * 8L), 1);
        }
    }

    private static void multiply(MemorySegment states, long at, double factor, long count) {
        states.set(Layouts.DOUBLE, at + PRODUCT, states.get(Layouts.DOUBLE, at + PRODUCT) * factor);
        states.set(Layouts.LONG, at + COUNT, states.get(Layouts.LONG, at + COUNT) + count);
    }

    @Override
    public void merge(GroupIds ids, List<Column> partial) {
        for (int row = 0; row < ids.rowCount(); row++) {
            long at = ids.ids()[row] * rows.stride() + start;
            multiply(rows.segment(), at, partial.get(0).doubleAt(row), partial.get(1).longAt(row));
        }
    }

    @Override
    public int stateCount() {
        return 2;
    }

    @Override
    public List<Column> partial(int first, int length, Scratch scratch) {
        return List.of(
                rows.word(start + PRODUCT, DataType.FLOAT64, first, length, scratch),
                rows.word(start + COUNT, DataType.LONG, first, length, scratch));
    }

    @Override
    public Column finish(int first, int length, Scratch scratch) {
        MemorySegment values = scratch.values(Kind.DOUBLE, length);
        MemorySegment validity = scratch.bits(length);
        rows.copyWord(start + PRODUCT, first, length, values);
        for (int row = 0; row < length; row++) {
            long at = (first + row) * rows.stride() + start;
            Bits.set(validity, row, rows.segment().get(Layouts.LONG, at + COUNT) > 0);
        }
        return new Column(DataType.FLOAT64, length, Validities.simplified(validity, length), values);
    }
}
