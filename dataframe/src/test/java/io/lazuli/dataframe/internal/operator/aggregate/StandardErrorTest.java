package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Random;

/// The standard error of the mean of a sample.
class StandardErrorTest extends AggregateContract {
    @Override
    DataType inputType() {
        return DataType.FLOAT64;
    }

    @Override
    Accumulator create(StateMemory memory, GroupRows rows) {
        return Accumulators.errorOfMean(rows, 1);
    }

    @Override
    Object randomValue(Random random) {
        return random.nextGaussian() * 10;
    }

    @Override
    Object expected(List<Object> values, int rowCount) {
        List<Double> numbers = values.stream().map(value -> (Double) value).toList();
        double mean = numbers.stream().mapToDouble(x -> x).average().orElse(0);
        double squares = numbers.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
        double n = numbers.size();
        return n < 2 ? null : (Object) Math.sqrt(squares / (n - 1) / n);
    }

    @Override
    double tolerance(List<Object> values) {
        return 1e-11;
    }
}
