package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.memory.Reservation;

/// Makes accumulators that keep their state in `states`. `name` is what errors call the aggregate.
public final class Accumulators {
    private Accumulators() {}

    /// Counts all rows.
    public static Accumulator countRows(GroupStates states) {
        return new CountAccumulator(states, true);
    }

    /// Counts values that are not null.
    public static Accumulator count(GroupStates states) {
        return new CountAccumulator(states, false);
    }

    public static Accumulator sum(GroupStates states, DataType type, String name) {
        return Kind.of(type) == Kind.DOUBLE ? new DoubleSum(states, false) : new LongSum(states, name, false);
    }

    public static Accumulator mean(GroupStates states, DataType type, String name) {
        return Kind.of(type) == Kind.DOUBLE ? new DoubleSum(states, true) : new LongSum(states, name, true);
    }

    public static Accumulator min(Reservation memory, GroupStates states, DataType type) {
        return Kind.of(type) == Kind.UTF8 ? new TextExtreme(memory, states, false) : new Extreme(states, type, false);
    }

    public static Accumulator max(Reservation memory, GroupStates states, DataType type) {
        return Kind.of(type) == Kind.UTF8 ? new TextExtreme(memory, states, true) : new Extreme(states, type, true);
    }
}
