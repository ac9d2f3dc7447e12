package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Random;

/// Whether all are true.
class BoolMinTest extends AggregateContract {
    @Override
    DataType inputType() {
        return DataType.BOOL;
    }

    @Override
    Accumulator create(StateMemory memory, GroupRows rows) {
        return Accumulators.min(memory, rows, DataType.BOOL);
    }

    @Override
    Object randomValue(Random random) {
        return random.nextInt(300) > 0;
    }

    @Override
    Object expected(List<Object> values, int rowCount) {
        return values.isEmpty() ? null : (Object) !values.contains(false);
    }
}
