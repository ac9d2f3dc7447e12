package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.operator.aggregate.Accumulator;
import io.lazuli.dataframe.internal.operator.aggregate.Accumulators;
import io.lazuli.dataframe.internal.operator.aggregate.Groups;
import io.lazuli.dataframe.internal.operator.key.GroupIndex;
import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import java.util.List;

/// From the description of an aggregation to the groups that compute it.
final class Aggregates {
    private Aggregates() {}

    /// @param hasNullKeys whether null keys are expected
    static Groups groups(Aggregation aggregation, StateMemory memory, boolean hasNullKeys) {
        GroupRows rows = new GroupRows(memory);
        GroupIndex index = GroupIndex.create(memory, aggregation.keyTypes().size(), hasNullKeys, rows);
        List<Groups.Aggregate> aggregates = aggregation.calls().stream()
                .map(call -> new Groups.Aggregate(accumulator(call, memory, rows), call.input()))
                .toList();
        return Groups.create(memory.owner(), index, aggregation.keys().size(), rows, aggregates);
    }

    private static Accumulator accumulator(Aggregation.Call call, StateMemory memory, GroupRows rows) {
        return switch (call.function()) {
            case COUNT -> Accumulators.count(rows);
            case COUNT_ROWS -> Accumulators.countRows(rows);
            case SUM -> Accumulators.sum(rows, call.inputType(), name(call));
            case MEAN -> Accumulators.mean(rows, call.inputType(), name(call));
            case MIN -> Accumulators.min(memory, rows, call.inputType());
            case MAX -> Accumulators.max(memory, rows, call.inputType());
        };
    }

    private static String name(Aggregation.Call call) {
        return "%s of column %d (%s)".formatted(call.function(), call.input(), call.inputType());
    }
}
