package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Random;

/// The first value in the order of rows.
class LongFirstTest extends AggregateContract {
    @Override
    DataType inputType() {
        return DataType.LONG;
    }

    @Override
    Accumulator create(StateMemory memory, GroupRows rows) {
        return Accumulators.first(memory, rows, DataType.LONG);
    }

    @Override
    Object randomValue(Random random) {
        return random.nextLong();
    }

    @Override
    Object expected(List<Object> values, int rowCount) {
        return values.isEmpty() ? null : values.getFirst();
    }

    @Override
    boolean isOrdered() {
        return true;
    }
}
