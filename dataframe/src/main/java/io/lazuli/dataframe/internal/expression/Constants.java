package io.lazuli.dataframe.internal.expression;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.column.Views;
import io.lazuli.dataframe.internal.expression.BoundExpr.Literal;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.graph.memory.Reservation;
import java.util.List;
import java.util.Optional;

/// What expressions without columns come to, found by the same kernels that rows would meet.
public final class Constants {
    private static final long MEMORY = 16 << 20;
    private static final int LONGEST_TEXT = 4096;

    private Constants() {}

    /// The value of an expression that reads no column. Empty if it calls a user's function, is BINARY or a very long text, or fails: an
    /// error is for the row that asks for the value, if there is one.
    public static Optional<Literal> fold(BoundExpr expression) {
        if (expression.type() == DataType.BINARY || readsMore(expression)) {
            return Optional.empty();
        }
        try (MemoryAccountant accountant = MemoryAccountant.create(MEMORY);
                Reservation memory = accountant.reserve("constants", 0)) {
            Column value = Evaluator.create(expression, memory).evaluate(new Batch(1, List.of()), new Scratch(memory));
            return literal(expression.type(), value);
        } catch (LazuliException e) {
            return Optional.empty();
        }
    }

    private static boolean readsMore(BoundExpr expression) {
        if (expression instanceof BoundExpr.Input || expression instanceof BoundExpr.MapValue) {
            return true;
        }
        for (BoundExpr child : expression.children()) {
            if (readsMore(child)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Literal> literal(DataType type, Column value) {
        if (value.isNull(0)) {
            return Optional.of(new Literal(type, Optional.empty()));
        }
        Object constant =
                switch (value.kind()) {
                    case BOOL -> value.booleanAt(0);
                    case INT -> value.intAt(0);
                    case LONG -> value.longAt(0);
                    case DOUBLE -> value.doubleAt(0);
                    case UTF8 -> value.stringAt(0);
                };
        boolean isLong = value.kind() == Kind.UTF8
                && Views.length(value.values(), 0) > LONGEST_TEXT;
        return isLong ? Optional.empty() : Optional.of(new Literal(type, Optional.of(constant)));
    }
}
