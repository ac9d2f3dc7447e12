package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.type.DataType;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;

/// A mean of LONGs is that of their exact sum, which may be beyond 64 bits.
class LongMeanTest extends AggregateContract {
    @Override
    DataType inputType() {
        return DataType.LONG;
    }

    @Override
    Accumulator create(StateMemory memory, GroupRows rows) {
        return Accumulators.mean(rows, DataType.LONG, "mean");
    }

    @Override
    Object randomValue(Random random) {
        return random.nextLong() >> random.nextInt(64);
    }

    @Override
    Object expected(List<Object> values, int rowCount) {
        return values.isEmpty()
                ? null
                : (Object) (values.stream().map(value -> BigInteger.valueOf((Long) value))
                        .reduce(BigInteger.ZERO, BigInteger::add).doubleValue() / values.size());
    }
}
