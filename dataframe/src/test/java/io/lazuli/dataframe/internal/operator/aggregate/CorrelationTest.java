package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Random;

/// A correlation; null where a side does not vary.
class CorrelationTest extends AggregateContract {
    @Override
    DataType inputType() {
        return DataType.FLOAT64;
    }

    @Override
    Accumulator create(StateMemory memory, GroupRows rows) {
        return Accumulators.correlation(rows);
    }

    @Override
    Object randomValue(Random random) {
        return (double) random.nextInt(4);
    }

    @Override
    Object expected(List<Object> values, int rowCount) {
        double squares = products(values, 0, 0) * products(values, 1, 1);
        return squares < 1e-9 ? null : (Object) (products(values, 0, 1) / Math.sqrt(squares));
    }

    @Override
    List<DataType> inputTypes() {
        return List.of(DataType.FLOAT64, DataType.FLOAT64);
    }

    @Override
    double tolerance(List<Object> values) {
        return 1e-10;
    }

    private static double mean(List<Object> pairs, int side) {
        return pairs.stream().mapToDouble(pair -> (Double) ((List<?>) pair).get(side)).average().orElse(0);
    }

    private static double products(List<Object> pairs, int left, int right) {
        double leftMean = mean(pairs, left);
        double rightMean = mean(pairs, right);
        return pairs.stream()
                .map(pair -> (List<?>) pair)
                .mapToDouble(pair -> ((Double) pair.get(left) - leftMean) * ((Double) pair.get(right) - rightMean))
                .sum();
    }
}
