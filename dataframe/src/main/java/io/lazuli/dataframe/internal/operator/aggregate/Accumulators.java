package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.type.DataType;

/// Makes accumulators that keep their state in `rows`. `name` is what errors call the aggregate.
public final class Accumulators {
    private Accumulators() {}

    /// Counts all rows.
    public static Accumulator countRows(GroupRows rows) {
        return new CountAccumulator(rows, true);
    }

    /// Counts values that are not null.
    public static Accumulator count(GroupRows rows) {
        return new CountAccumulator(rows, false);
    }

    public static Accumulator sum(GroupRows rows, DataType type, String name) {
        return sum(rows, type, name, false);
    }

    public static Accumulator mean(GroupRows rows, DataType type, String name) {
        return sum(rows, type, name, true);
    }

    private static Accumulator sum(GroupRows rows, DataType type, String name, boolean isMean) {
        return switch (Kind.of(type)) {
            case INT -> new IntSum(rows, name, isMean);
            case LONG -> new LongSum(rows, name, isMean);
            case DOUBLE -> new DoubleSum(rows, isMean);
            case BOOL, UTF8 -> throw new IllegalArgumentException("no sum of " + type);
        };
    }

    public static Accumulator min(StateMemory memory, GroupRows rows, DataType type) {
        return Kind.of(type) == Kind.UTF8 ? new TextExtreme(memory, rows, false) : new Extreme(rows, type, false);
    }

    public static Accumulator max(StateMemory memory, GroupRows rows, DataType type) {
        return Kind.of(type) == Kind.UTF8 ? new TextExtreme(memory, rows, true) : new Extreme(rows, type, true);
    }
}
