package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Random;

/// A quantile between two values.
class QuantileTest extends AggregateContract {
    @Override
    DataType inputType() {
        return DataType.FLOAT64;
    }

    @Override
    Accumulator create(StateMemory memory, GroupRows rows) {
        return Accumulators.quantile(memory, 0.31);
    }

    @Override
    Object randomValue(Random random) {
        return random.nextGaussian();
    }

    @Override
    Object expected(List<Object> values, int rowCount) {
        return ReferenceQuantile.of(values, 0.31);
    }
}
