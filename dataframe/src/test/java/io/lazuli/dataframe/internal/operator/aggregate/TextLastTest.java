package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Random;

/// The last value in the order of rows.
class TextLastTest extends AggregateContract {
    @Override
    DataType inputType() {
        return DataType.UTF8;
    }

    @Override
    Accumulator create(StateMemory memory, GroupRows rows) {
        return Accumulators.last(memory, rows, DataType.UTF8);
    }

    @Override
    Object randomValue(Random random) {
        return "a".repeat(random.nextInt(40)) + random.nextInt(1000);
    }

    @Override
    Object expected(List<Object> values, int rowCount) {
        return values.isEmpty() ? null : values.getLast();
    }

    @Override
    boolean isOrdered() {
        return true;
    }
}
