package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Random;

/// A sample variance, far from zero: a sum of squares would have no digit left.
class VarianceTest extends AggregateContract {
    @Override
    DataType inputType() {
        return DataType.FLOAT64;
    }

    @Override
    Accumulator create(StateMemory memory, GroupRows rows) {
        return Accumulators.variance(rows, 1);
    }

    @Override
    Object randomValue(Random random) {
        return 1e9 + random.nextGaussian();
    }

    @Override
    Object expected(List<Object> values, int rowCount) {
        List<Double> numbers = values.stream().map(value -> (Double) value).toList();
        double mean = numbers.stream().mapToDouble(x -> x).average().orElse(0);
        double squares = numbers.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
        return numbers.size() < 2 ? null : (Object) (squares / (numbers.size() - 1));
    }

    @Override
    double tolerance(List<Object> values) {
        return 1e-6;
    }
}
