package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Random;

/// Counting rows does not look at values.
class CountRowsTest extends AggregateContract {
    @Override
    DataType inputType() {
        return DataType.UTF8;
    }

    @Override
    Accumulator create(StateMemory memory, GroupRows rows) {
        return Accumulators.countRows(rows);
    }

    @Override
    Object randomValue(Random random) {
        return "x".repeat(random.nextInt(20));
    }

    @Override
    Object expected(List<Object> values, int rowCount) {
        return (long) rowCount;
    }
}
