package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Random;

/// Of whole numbers, in tables and in registers.
class LongApproximateDistinctTest extends AggregateContract {
    @Override
    DataType inputType() {
        return DataType.LONG;
    }

    @Override
    Accumulator create(StateMemory memory, GroupRows rows) {
        return Accumulators.approximateDistinct(memory, rows);
    }

    @Override
    Object randomValue(Random random) {
        return random.nextInt(4) > 0 ? random.nextLong() : (Object) (long) random.nextInt(20);
    }

    @Override
    Object expected(List<Object> values, int rowCount) {
        return ReferenceSketch.count(DataType.LONG, values);
    }
}
