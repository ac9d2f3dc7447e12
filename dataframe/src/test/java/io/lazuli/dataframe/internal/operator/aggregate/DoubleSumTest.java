package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Random;

/// A sum of FLOAT64s.
class DoubleSumTest extends AggregateContract {
    @Override
    DataType inputType() {
        return DataType.FLOAT64;
    }

    @Override
    Accumulator create(StateMemory memory, GroupRows rows) {
        return Accumulators.sum(rows, DataType.FLOAT64, "sum");
    }

    @Override
    Object randomValue(Random random) {
        return random.nextGaussian() * Math.pow(10, random.nextInt(12));
    }

    @Override
    Object expected(List<Object> values, int rowCount) {
        return values.isEmpty() ? null : (Object) values.stream().mapToDouble(value -> (Double) value).sum();
    }

    @Override
    double tolerance(List<Object> values) {
        return toleranceOfSum(values);
    }
}
