package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.operator.aggregate.Accumulator;
import io.lazuli.dataframe.internal.operator.aggregate.Accumulators;
import io.lazuli.dataframe.internal.operator.aggregate.GroupStates;
import io.lazuli.dataframe.internal.operator.aggregate.Groups;
import io.lazuli.graph.memory.Reservation;
import java.util.List;

/// From the description of an aggregation to the groups that compute it.
final class Aggregates {
    private Aggregates() {}

    /// @param hasNullKeys whether null keys are expected
    static Groups groups(Aggregation aggregation, Reservation memory, boolean hasNullKeys) {
        GroupStates states = new GroupStates(memory);
        List<Groups.Aggregate> aggregates = aggregation.calls().stream()
                .map(call -> new Groups.Aggregate(accumulator(call, memory, states), call.input()))
                .toList();
        return Groups.create(memory, aggregation.keyTypes(), hasNullKeys, states, aggregates);
    }

    private static Accumulator accumulator(Aggregation.Call call, Reservation memory, GroupStates states) {
        return switch (call.function()) {
            case COUNT -> Accumulators.count(states);
            case COUNT_ROWS -> Accumulators.countRows(states);
            case SUM -> Accumulators.sum(states, call.inputType(), name(call));
            case MEAN -> Accumulators.mean(states, call.inputType(), name(call));
            case MIN -> Accumulators.min(memory, states, call.inputType());
            case MAX -> Accumulators.max(memory, states, call.inputType());
        };
    }

    private static String name(Aggregation.Call call) {
        return "%s of column %d (%s)".formatted(call.function(), call.input(), call.inputType());
    }
}
