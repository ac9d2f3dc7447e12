package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Random;

/// A product of doubles.
class DoubleProductTest extends AggregateContract {
    @Override
    DataType inputType() {
        return DataType.FLOAT64;
    }

    @Override
    Accumulator create(StateMemory memory, GroupRows rows) {
        return Accumulators.product(rows);
    }

    @Override
    Object randomValue(Random random) {
        return 1 + random.nextGaussian() / 100;
    }

    @Override
    Object expected(List<Object> values, int rowCount) {
        return values.isEmpty()
                ? null
                : (Object) values.stream().mapToDouble(value -> (Double) value).reduce(1, (a, b) -> a * b);
    }

    @Override
    double tolerance(List<Object> values) {
        return 1e-9;
    }
}
