package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.type.DataType;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/// The number beside the least of another, which is often met again.
class MinByTest extends AggregateContract {
    @Override
    DataType inputType() {
        return DataType.FLOAT64;
    }

    @Override
    List<DataType> inputTypes() {
        return List.of(DataType.FLOAT64, DataType.FLOAT64);
    }

    @Override
    Accumulator create(StateMemory memory, GroupRows rows) {
        return Accumulators.minBy(memory, rows, DataType.FLOAT64, DataType.FLOAT64);
    }

    @Override
    Object randomValue(Random random) {
        return SpecialValues.number(random);
    }

    @Override
    Object expected(List<Object> values, int rowCount) {
        Comparator<Object> order =
                Comparator.comparingDouble(pair -> (Double) ((List<?>) pair).get(1) + 0.0);
        // the first of those that are equal
        return values.stream().min(order).map(pair -> ((List<?>) pair).getFirst()).orElse(null);
    }

    @Override
    boolean isOrdered() {
        return true;
    }
}
