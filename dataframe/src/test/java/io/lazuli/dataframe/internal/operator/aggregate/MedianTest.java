package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Random;

/// An exact median over a total order: NaN above every number, one zero.
class MedianTest extends AggregateContract {
    @Override
    DataType inputType() {
        return DataType.FLOAT64;
    }

    @Override
    Accumulator create(StateMemory memory, GroupRows rows) {
        return Accumulators.quantile(memory, 0.5);
    }

    @Override
    Object randomValue(Random random) {
        return SpecialValues.number(random);
    }

    @Override
    Object expected(List<Object> values, int rowCount) {
        return ReferenceQuantile.of(values, 0.5);
    }
}
