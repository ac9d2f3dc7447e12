package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Random;

/// A mean of FLOAT64s.
class DoubleMeanTest extends AggregateContract {
    @Override
    DataType inputType() {
        return DataType.FLOAT64;
    }

    @Override
    Accumulator create(StateMemory memory, GroupRows rows) {
        return Accumulators.mean(rows, DataType.FLOAT64, "mean");
    }

    @Override
    Object randomValue(Random random) {
        return random.nextGaussian();
    }

    @Override
    Object expected(List<Object> values, int rowCount) {
        return values.isEmpty()
                ? null
                : (Object) values.stream().mapToDouble(value -> (Double) value).average().orElseThrow();
    }

    @Override
    double tolerance(List<Object> values) {
        return toleranceOfSum(values);
    }
}
