package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Random;

/// Different values, of which null is none.
class DoubleCountDistinctTest extends AggregateContract {
    @Override
    DataType inputType() {
        return DataType.FLOAT64;
    }

    @Override
    Accumulator create(StateMemory memory, GroupRows rows) {
        return Accumulators.countDistinct(memory, DataType.FLOAT64);
    }

    @Override
    Object randomValue(Random random) {
        return SpecialValues.number(random);
    }

    @Override
    Object expected(List<Object> values, int rowCount) {
        return values.stream().map(value -> (Double) value + 0.0).distinct().count();
    }
}
