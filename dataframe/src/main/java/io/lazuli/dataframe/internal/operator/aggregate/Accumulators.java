package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.memory.Reservation;

/// Makes accumulators. `name` is what errors call the aggregate.
public final class Accumulators {
    private Accumulators() {}

    /// Counts all rows.
    public static Accumulator countRows(Reservation memory) {
        return new CountAccumulator(memory, true);
    }

    /// Counts values that are not null.
    public static Accumulator count(Reservation memory) {
        return new CountAccumulator(memory, false);
    }

    public static Accumulator sum(Reservation memory, DataType type, String name) {
        return Kind.of(type) == Kind.DOUBLE ? new DoubleSum(memory, false) : new LongSum(memory, name, false);
    }

    public static Accumulator mean(Reservation memory, DataType type, String name) {
        return Kind.of(type) == Kind.DOUBLE ? new DoubleSum(memory, true) : new LongSum(memory, name, true);
    }

    public static Accumulator min(Reservation memory, DataType type) {
        return Kind.of(type) == Kind.UTF8 ? new TextExtreme(memory, false) : new Extreme(memory, type, false);
    }

    public static Accumulator max(Reservation memory, DataType type) {
        return Kind.of(type) == Kind.UTF8 ? new TextExtreme(memory, true) : new Extreme(memory, type, true);
    }
}
