package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Random;

/// The last value in the order of rows.
class IntLastTest extends AggregateContract {
    @Override
    DataType inputType() {
        return DataType.INT;
    }

    @Override
    Accumulator create(StateMemory memory, GroupRows rows) {
        return Accumulators.last(memory, rows, DataType.INT);
    }

    @Override
    Object randomValue(Random random) {
        return random.nextInt();
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
