package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Random;

/// Different values, of which null is none.
class IntCountDistinctTest extends AggregateContract {
    @Override
    DataType inputType() {
        return DataType.INT;
    }

    @Override
    Accumulator create(StateMemory memory, GroupRows rows) {
        return Accumulators.countDistinct(memory, DataType.INT);
    }

    @Override
    Object randomValue(Random random) {
        return random.nextInt(300);
    }

    @Override
    Object expected(List<Object> values, int rowCount) {
        return values.stream().distinct().count();
    }
}
