package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Random;

/// Texts compare by bytes, and those longer than a view are kept as they come and go.
class TextMinTest extends AggregateContract {
    @Override
    DataType inputType() {
        return DataType.UTF8;
    }

    @Override
    Accumulator create(StateMemory memory, GroupRows rows) {
        return Accumulators.min(memory, rows, DataType.UTF8);
    }

    @Override
    Object randomValue(Random random) {
        return "z".repeat(random.nextInt(3)) + "abcdefghijklmnopqrst".substring(random.nextInt(5))
                + random.nextInt(1000);
    }

    @Override
    Object expected(List<Object> values, int rowCount) {
        return values.stream().map(value -> (String) value).min(String::compareTo).orElse(null);
    }
}
