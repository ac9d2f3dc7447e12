package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Random;

/// Of texts, in small tables.
class TextApproximateDistinctTest extends AggregateContract {
    @Override
    DataType inputType() {
        return DataType.UTF8;
    }

    @Override
    Accumulator create(StateMemory memory, GroupRows rows) {
        return Accumulators.approximateDistinct(memory, rows);
    }

    @Override
    Object randomValue(Random random) {
        return "text number " + random.nextInt(40);
    }

    @Override
    Object expected(List<Object> values, int rowCount) {
        return ReferenceSketch.count(DataType.UTF8, values);
    }
}
