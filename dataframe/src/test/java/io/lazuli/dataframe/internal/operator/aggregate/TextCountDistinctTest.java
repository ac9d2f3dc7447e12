package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Random;

/// Different values, of which null is none.
class TextCountDistinctTest extends AggregateContract {
    @Override
    DataType inputType() {
        return DataType.UTF8;
    }

    @Override
    Accumulator create(StateMemory memory, GroupRows rows) {
        return Accumulators.countDistinct(memory, DataType.UTF8);
    }

    @Override
    Object randomValue(Random random) {
        return "größer".repeat(random.nextInt(4)) + random.nextInt(100);
    }

    @Override
    Object expected(List<Object> values, int rowCount) {
        return values.stream().distinct().count();
    }
}
