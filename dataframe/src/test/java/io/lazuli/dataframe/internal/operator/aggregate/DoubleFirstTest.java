package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Random;

/// The first value in the order of rows.
class DoubleFirstTest extends AggregateContract {
    @Override
    DataType inputType() {
        return DataType.FLOAT64;
    }

    @Override
    Accumulator create(StateMemory memory, GroupRows rows) {
        return Accumulators.first(memory, rows, DataType.FLOAT64);
    }

    @Override
    Object randomValue(Random random) {
        return SpecialValues.number(random);
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
