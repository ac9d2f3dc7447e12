package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Random;

/// The kurtosis of whole numbers, which may not vary.
class KurtosisTest extends AggregateContract {
    @Override
    DataType inputType() {
        return DataType.FLOAT64;
    }

    @Override
    Accumulator create(StateMemory memory, GroupRows rows) {
        return Accumulators.kurtosis(rows);
    }

    @Override
    Object randomValue(Random random) {
        return (double) random.nextInt(4);
    }

    @Override
    Object expected(List<Object> values, int rowCount) {
        return CentralMoments.kurtosis(values);
    }

    @Override
    double tolerance(List<Object> values) {
        return 1e-9;
    }
}
