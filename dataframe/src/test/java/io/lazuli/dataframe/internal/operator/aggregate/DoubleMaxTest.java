package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Random;

/// NaN is above every number.
class DoubleMaxTest extends AggregateContract {
    @Override
    DataType inputType() {
        return DataType.FLOAT64;
    }

    @Override
    Accumulator create(StateMemory memory, GroupRows rows) {
        return Accumulators.max(memory, rows, DataType.FLOAT64);
    }

    @Override
    Object randomValue(Random random) {
        return random.nextInt(500) == 0 ? Double.NaN : random.nextGaussian();
    }

    @Override
    Object expected(List<Object> values, int rowCount) {
        return values.stream().map(value -> (Double) value).max(Double::compare).orElse(null);
    }
}
