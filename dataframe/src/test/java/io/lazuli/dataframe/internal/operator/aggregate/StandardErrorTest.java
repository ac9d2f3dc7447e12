package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import java.util.List;
import java.util.Random;

/// The standard error of the mean of a sample.
class StandardErrorTest extends SpreadContract {
    @Override
    Accumulator create(StateMemory memory, GroupRows rows) {
        return Accumulators.errorOfMean(rows, 1);
    }

    @Override
    Object randomValue(Random random) {
        return random.nextGaussian() * 10;
    }

    @Override
    Object expected(double squares, int count) {
        return count < 2 ? null : (Object) Math.sqrt(squares / (count - 1) / count);
    }

    @Override
    double tolerance(List<Object> values) {
        return 1e-11;
    }
}
