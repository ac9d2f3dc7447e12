package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.internal.record.RecordFold;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Random;

/// An aggregate of the user's program, with a component of each primitive type.
class FoldTest extends AggregateContract {
    record Row(long value) {}

    record Seen(boolean any, int count, long sum, double largest) {
        Seen with(Seen other) {
            return new Seen(any || other.any, count + other.count, sum + other.sum, Math.max(largest, other.largest));
        }
    }

    private static final Seen NOTHING = new Seen(false, 0, 0, Double.NEGATIVE_INFINITY);

    @Override
    DataType inputType() {
        return DataType.LONG;
    }

    @Override
    Accumulator create(StateMemory memory, GroupRows rows) {
        return Accumulators.fold(rows, new RecordFold<>(Row.class, NOTHING, (seen, row) -> seen.with(one(row.value())),
                Seen::with, String.class, Seen::toString, "FoldTest.java"));
    }

    private static Seen one(long value) {
        return new Seen(true, 1, value, value);
    }

    @Override
    Object randomValue(Random random) {
        return random.nextLong(-1000, 1000);
    }

    @Override
    Object expected(List<Object> values, int rowCount) {
        return values.stream().map(value -> one((Long) value)).reduce(NOTHING, Seen::with).toString();
    }
}
