package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Random;

/// A sum of INTs is an exact LONG.
class IntSumTest extends AggregateContract {
    @Override
    DataType inputType() {
        return DataType.INT;
    }

    @Override
    Accumulator create(StateMemory memory, GroupRows rows) {
        return Accumulators.sum(rows, DataType.INT, "sum");
    }

    @Override
    Object randomValue(Random random) {
        return random.nextInt();
    }

    @Override
    Object expected(List<Object> values, int rowCount) {
        return values.isEmpty() ? null : (Object) values.stream().mapToLong(value -> (Integer) value).sum();
    }
}
