package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Random;

/// Counting values leaves out nulls.
class CountTest extends AggregateContract {
    @Override
    DataType inputType() {
        return DataType.INT;
    }

    @Override
    Accumulator create(StateMemory memory, GroupRows rows) {
        return Accumulators.count(rows);
    }

    @Override
    Object randomValue(Random random) {
        return random.nextInt();
    }

    @Override
    Object expected(List<Object> values, int rowCount) {
        return (long) values.size();
    }
}
