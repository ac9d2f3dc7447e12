package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import java.util.List;
import java.util.Random;

/// A standard deviation of a whole population.
class DeviationTest extends SpreadContract {
    @Override
    Accumulator create(StateMemory memory, GroupRows rows) {
        return Accumulators.deviation(rows, 0);
    }

    @Override
    Object randomValue(Random random) {
        return random.nextGaussian() * 10;
    }

    @Override
    Object expected(double squares, int count) {
        return count < 1 ? null : (Object) Math.sqrt(squares / count);
    }

    @Override
    double tolerance(List<Object> values) {
        return 1e-11;
    }
}
