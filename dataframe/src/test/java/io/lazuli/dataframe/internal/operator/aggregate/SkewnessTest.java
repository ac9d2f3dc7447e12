package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Random;

/// The skewness of values far from zero: sums of powers would have no digit left.
class SkewnessTest extends AggregateContract {
    @Override
    DataType inputType() {
        return DataType.FLOAT64;
    }

    @Override
    Accumulator create(StateMemory memory, GroupRows rows) {
        return Accumulators.skewness(rows);
    }

    @Override
    Object randomValue(Random random) {
        return 1e6 + Math.exp(random.nextGaussian());
    }

    @Override
    Object expected(List<Object> values, int rowCount) {
        return CentralMoments.skewness(values);
    }

    @Override
    double tolerance(List<Object> values) {
        return 1e-6;
    }
}
