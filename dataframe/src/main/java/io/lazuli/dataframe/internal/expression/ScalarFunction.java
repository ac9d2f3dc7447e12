package io.lazuli.dataframe.internal.expression;

import io.lazuli.dataframe.type.DataType;

/// A built-in function of the values of one row. Its constant is its declaration: what it takes, what it gives, whether it can
/// fail; and its name in camel case is the name of the method that users call.
///
/// ```
///   DAY_OF_WEEK(gives(INT, Parameter.DATE))      col("t").dt().dayOfWeek()
/// ```
///
/// All are deterministic. Null in any argument gives null, unless the constant says otherwise.
public sealed interface ScalarFunction permits TextFunction, DateFunction, NumberFunction, ValueFunction {
    String name();

    Signature signature();

    /// Where its method stands: `str().`, `dt().` or nothing.
    String namespace();

    /// True for a method of Expressions; the others are called on their first argument.
    default boolean isStatic() {
        return false;
    }

    /// True if a row could make a call fail that gives `result`. Doubles never do: they have NaN and infinities.
    default boolean mayFail(DataType result) {
        return signature().mayFail() && result != DataType.FLOAT64;
    }
}
