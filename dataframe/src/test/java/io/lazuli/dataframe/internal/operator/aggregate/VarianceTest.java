package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import java.util.List;
import java.util.Random;

/// A sample variance, far from zero: a sum of squares would have no digit left.
class VarianceTest extends SpreadContract {
    @Override
    Accumulator create(StateMemory memory, GroupRows rows) {
        return Accumulators.variance(rows, 1);
    }

    @Override
    Object randomValue(Random random) {
        return 1e9 + random.nextGaussian();
    }

    @Override
    Object expected(double squares, int count) {
        return count < 2 ? null : (Object) (squares / (count - 1));
    }

    @Override
    double tolerance(List<Object> values) {
        return 1e-6;
    }
}
