package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.expression.DateFunction;
import io.lazuli.dataframe.internal.expression.TextFunction;
import io.lazuli.dataframe.internal.expression.ValueFunction;
import io.lazuli.dataframe.internal.physical.Aggregation.Function;
import io.lazuli.dataframe.type.DataType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/// Where expressions begin. Meant for `import static io.lazuli.dataframe.Expressions.*`.
///
/// Aggregates skip nulls, except [#count()]. They stand in [GroupedFrame#agg] and [DataFrame#agg], alone or inside
/// arithmetic: `max("v1").minus(min("v2")).as("range")`.
public final class Expressions {
    private Expressions() {}

    /// The column of that name.
    public static Expr col(String name) {
        return new ExprNode.ColumnRef(name);
    }

    /// A constant. Whole numbers are LONG, unless an INT on the other side of an operation can hold them.
    public static Expr lit(long value) {
        return new ExprNode.Literal(value);
    }

    public static Expr lit(double value) {
        return new ExprNode.Literal(value);
    }

    public static Expr lit(String value) {
        return new ExprNode.Literal(value);
    }

    public static Expr lit(boolean value) {
        return new ExprNode.Literal(value);
    }

    public static Expr lit(LocalDate value) {
        return new ExprNode.Literal(value);
    }

    /// A TIMESTAMP, which counts microseconds: what is finer is cut off.
    public static Expr lit(LocalDateTime value) {
        return new ExprNode.Literal(value);
    }

    /// A decimal with as many digits as it shows. Errors: USER, when it meets a frame, if they are more than 18.
    public static Expr lit(BigDecimal value) {
        return new ExprNode.Literal(value);
    }

    /// A DURATION, which counts microseconds: what is finer is cut off.
    public static Expr lit(Duration value) {
        return new ExprNode.Literal(value);
    }

    /// The expression that a text in the manner of SQL stands for: `parse("fare > 10 and zone in ('a', 'b')")`. See
    /// [DataFrame#filter(String)] for the language. Errors: USER, at once, with the place in the text.
    public static Expr parse(String text) {
        return Queries.parse(text);
    }

    /// Null, as a value of `type`.
    public static Expr nullOf(DataType type) {
        return new ExprNode.NullLiteral(type);
    }

    /// Begins a choice: `when(condition).then(value).otherwise(other)`.
    public static When when(Expr condition) {
        return new When(null, condition);
    }

    /// The first of the values that is not null.
    public static Expr coalesce(Expr first, Expr... rest) {
        return new ExprNode.Coalesce(listOf(first, rest));
    }

    /// The greatest of the values that are not null; null if all are. NaN is above every number.
    public static Expr greatest(Expr first, Expr... rest) {
        return new ExprNode.Call(ValueFunction.GREATEST, listOf(first, rest));
    }

    /// The least of the values that are not null; null if all are.
    public static Expr least(Expr first, Expr... rest) {
        return new ExprNode.Call(ValueFunction.LEAST, listOf(first, rest));
    }

    /// A LONG that depends on nothing but the values: the same on every machine and in every version, for nulls too. Equal values
    /// have equal hashes; others hardly ever.
    public static Expr hash(Expr first, Expr... rest) {
        return new ExprNode.Call(ValueFunction.HASH, listOf(first, rest));
    }

    /// The texts one after the other with `separator` between them. Nulls are left out, so the result is never null.
    ///
    /// **Source.** SQL `CONCAT_WS`.
    public static Expr joinTexts(String separator, Expr first, Expr... rest) {
        return new ExprNode.Call(TextFunction.JOIN_TEXTS,
                listOf(lit(separator), listOf(first, rest).toArray(Expr[]::new)));
    }

    /// The TIMESTAMP so many seconds after 1970-01-01T00:00. Errors: DATA, at run, if it is out of range.
    public static Expr fromEpochSeconds(Expr seconds) {
        return ExprNode.Call.of(DateFunction.FROM_EPOCH_SECONDS, seconds);
    }

    /// As [#fromEpochSeconds], of milliseconds.
    public static Expr fromEpochMillis(Expr millis) {
        return ExprNode.Call.of(DateFunction.FROM_EPOCH_MILLIS, millis);
    }

    /// As [#fromEpochSeconds], of microseconds.
    public static Expr fromEpochMicros(Expr micros) {
        return ExprNode.Call.of(DateFunction.FROM_EPOCH_MICROS, micros);
    }

    /// Number of rows, as LONG; named `count`.
    public static Expr count() {
        return new ExprNode.Aggregate(Function.COUNT_ROWS, Optional.empty());
    }

    /// Number of rows where the column is not null, as LONG.
    public static Expr count(String column) {
        return count(col(column));
    }

    public static Expr count(Expr value) {
        return ExprNode.Aggregate.of(Function.COUNT, value);
    }

    /// The sum; null if there is no value. Of INT and LONG a LONG, exact (it fails if the result does not fit); of FLOAT64 a FLOAT64.
    public static Expr sum(String column) {
        return sum(col(column));
    }

    public static Expr sum(Expr value) {
        return ExprNode.Aggregate.of(Function.SUM, value);
    }

    /// The mean as FLOAT64; null if there is no value.
    public static Expr mean(String column) {
        return mean(col(column));
    }

    public static Expr mean(Expr value) {
        return ExprNode.Aggregate.of(Function.MEAN, value);
    }

    /// The least value; null if there is none.
    public static Expr min(String column) {
        return min(col(column));
    }

    public static Expr min(Expr value) {
        return ExprNode.Aggregate.of(Function.MIN, value);
    }

    /// The greatest value; null if there is none. NaN is above every number.
    public static Expr max(String column) {
        return max(col(column));
    }

    public static Expr max(Expr value) {
        return ExprNode.Aggregate.of(Function.MAX, value);
    }

    private static List<Expr> listOf(Expr first, Expr... rest) {
        Expr[] all = new Expr[rest.length + 1];
        all[0] = first;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return List.of(all);
    }
}
