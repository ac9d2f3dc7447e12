package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Random;

/// The least LONG there is may occur.
class LongMinTest extends AggregateContract {
    @Override
    DataType inputType() {
        return DataType.LONG;
    }

    @Override
    Accumulator create(StateMemory memory, GroupRows rows) {
        return Accumulators.min(memory, rows, DataType.LONG);
    }

    @Override
    Object randomValue(Random random) {
        return random.nextInt(9) == 0 ? Long.MIN_VALUE : random.nextInt(9) == 0 ? Long.MAX_VALUE : random.nextLong();
    }

    @Override
    Object expected(List<Object> values, int rowCount) {
        return values.stream().map(value -> (Long) value).min(Long::compare).orElse(null);
    }
}
