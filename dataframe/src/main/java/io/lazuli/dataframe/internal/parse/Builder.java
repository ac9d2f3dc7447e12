package io.lazuli.dataframe.internal.parse;

import java.util.List;
import java.util.Optional;

/// What a query string means: its parts, from the inside out.
///
/// @param <T> an expression
public interface Builder<T> {
    T column(String name);

    /// @param digits a number as written, perhaps with a minus in front
    T number(String digits);

    T text(String value);

    T truth(boolean value);

    /// Of unknown type.
    T missing();

    /// @param operator one of `and or = != < <= > >= + - * / % // ||`
    T binary(String operator, T left, T right);

    T not(T operand);

    T negate(T operand);

    T isNull(T operand);

    T in(T operand, List<T> values);

    T between(T operand, T low, T high);

    T like(T operand, String pattern, String escape);

    /// @param branches conditions and values, alternately
    T choice(List<T> branches, Optional<T> otherwise);

    /// @param type  the name of a type, with its numbers: `decimal(9, 2)`
    /// @param isTry whether what cannot be cast is null
    /// @throws IllegalArgumentException if there is no such type, saying what there is
    T cast(T operand, String type, boolean isTry);

    /// @throws IllegalArgumentException if there is no such function or it takes other arguments, saying so
    T call(String function, List<T> arguments);
}
