package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.type.DataType;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/// The text beside the greatest of another.
class TextMaxByTest extends AggregateContract {
    @Override
    DataType inputType() {
        return DataType.UTF8;
    }

    @Override
    List<DataType> inputTypes() {
        return List.of(DataType.UTF8, DataType.UTF8);
    }

    @Override
    Accumulator create(StateMemory memory, GroupRows rows) {
        return Accumulators.maxBy(memory, rows, DataType.UTF8, DataType.UTF8);
    }

    @Override
    Object randomValue(Random random) {
        return "a".repeat(random.nextInt(40)) + random.nextInt(3);
    }

    @Override
    Object expected(List<Object> values, int rowCount) {
        Comparator<Object> order =
                Comparator.<Object, String>comparing(pair -> (String) ((List<?>) pair).get(1),
                        Comparator.reverseOrder());
        // the first of those that are equal
        return values.stream().min(order).map(pair -> ((List<?>) pair).getFirst()).orElse(null);
    }

    @Override
    boolean isOrdered() {
        return true;
    }
}
