package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Random;

/// As the minimum, the other way round.
class TextMaxTest extends AggregateContract {
    @Override
    DataType inputType() {
        return DataType.UTF8;
    }

    @Override
    Accumulator create(StateMemory memory, GroupRows rows) {
        return Accumulators.max(memory, rows, DataType.UTF8);
    }

    @Override
    Object randomValue(Random random) {
        return "a".repeat(random.nextInt(40)) + random.nextInt(1000);
    }

    @Override
    Object expected(List<Object> values, int rowCount) {
        return values.stream().map(value -> (String) value).max(String::compareTo).orElse(null);
    }
}
