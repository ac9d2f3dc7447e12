package io.lazuli.dataframe.internal.operator.ordered;

import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Objects;

/// A column that depends on the order of the rows.
///
/// @param input     column of the batch, -1 where there is none
/// @param inputType of that column; LONG where there is none
/// @param distance  of SHIFT: how many rows before (negative: behind) each row its value stands; of fills: how many rows away it may
///                  stand at most, 0 if that does not matter; else 0
public record OrderedCall(Function function, int input, DataType inputType, long distance) {
    /// Nulls are skipped: where the input is null, so are SUM, PRODUCT, MIN and MAX, which go on behind it.
    public enum Function {
        /// Rows before this one, as LONG; has no input.
        ROW_INDEX,
        /// Rows behind this one, as LONG; has no input.
        ROWS_AFTER,
        /// Values so far that are not null, as LONG.
        COUNT,
        /// Of LONG or FLOAT64. Overflow is a DATA error.
        SUM,
        PRODUCT,
        /// Of any type, in the order of Compare.
        MIN,
        MAX,
        /// The value, or the last one before that is not null.
        FILL_FORWARD,
        /// The value, or the next one that is not null.
        FILL_BACKWARD,
        /// The value of another row; null where there is no such row.
        SHIFT
    }

    public OrderedCall {
        Objects.requireNonNull(function, "function is null");
        Objects.requireNonNull(inputType, "inputType is null");
    }

    /// Whether a fill takes values from rows nearby only.
    public boolean isLimited() {
        return (function == Function.FILL_FORWARD || function == Function.FILL_BACKWARD) && distance > 0;
    }

    public boolean hasInput() {
        return input >= 0;
    }

    public OrderedCall withInput(int newInput) {
        return new OrderedCall(function, newInput, inputType, distance);
    }

    public DataType type() {
        return switch (function) {
            case ROW_INDEX, ROWS_AFTER, COUNT -> DataType.LONG;
            case SUM, PRODUCT, MIN, MAX, FILL_FORWARD, FILL_BACKWARD, SHIFT -> inputType;
        };
    }

    /// The calls for which a value or two say all about the other partitions: see [Carries].
    public static List<OrderedCall> carried(List<OrderedCall> calls) {
        return calls.stream().filter(call -> call.function != Function.SHIFT).toList();
    }

    /// The columns of which shifts need rows of the partitions before (or behind), ascending.
    public static List<Integer> edgeInputs(List<OrderedCall> calls, boolean before) {
        return calls.stream().filter(call -> call.reaches(before)).map(OrderedCall::input).distinct().sorted().toList();
    }

    /// How many rows that are at most.
    public static long edgeRows(List<OrderedCall> calls, boolean before) {
        return calls.stream()
                .filter(call -> call.reaches(before))
                .mapToLong(call -> Math.abs(call.distance))
                .max()
                .orElse(0);
    }

    boolean reaches(boolean before) {
        return function == Function.SHIFT && (before ? distance > 0 : distance < 0);
    }
}
