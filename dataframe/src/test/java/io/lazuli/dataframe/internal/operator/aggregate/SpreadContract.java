package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.type.DataType;
import java.util.List;

/// An aggregate of how far numbers are from their mean.
abstract class SpreadContract extends AggregateContract {
    /// The aggregate of `count` numbers, null where there is none.
    ///
    /// @param squares of their distances from the mean, added up
    abstract Object expected(double squares, int count);

    @Override
    final DataType inputType() {
        return DataType.FLOAT64;
    }

    @Override
    final Object expected(List<Object> values, int rowCount) {
        List<Double> numbers = values.stream().map(value -> (Double) value).toList();
        double mean = numbers.stream().mapToDouble(x -> x).average().orElse(0);
        double squares = numbers.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
        return expected(squares, numbers.size());
    }
}
