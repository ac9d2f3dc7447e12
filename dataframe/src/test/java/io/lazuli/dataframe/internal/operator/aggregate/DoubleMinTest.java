package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Random;

/// Below every number is nothing, and -0.0 comes out as 0.0.
class DoubleMinTest extends AggregateContract {
    @Override
    DataType inputType() {
        return DataType.FLOAT64;
    }

    @Override
    Accumulator create(StateMemory memory, GroupRows rows) {
        return Accumulators.min(memory, rows, DataType.FLOAT64);
    }

    @Override
    Object randomValue(Random random) {
        return List.of(0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, random.nextDouble()).get(random.nextInt(5));
    }

    @Override
    Object expected(List<Object> values, int rowCount) {
        return values.stream().map(value -> (Double) value + 0.0).min(Double::compare).orElse(null);
    }
}
