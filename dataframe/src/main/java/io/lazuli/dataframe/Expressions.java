package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.operator.ordered.OrderedCall;
import io.lazuli.dataframe.internal.physical.Aggregation.Function;
import io.lazuli.dataframe.type.DataType;
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

    /// How many rows come before this one, as LONG: 0 in the first row. Needs rows in an order, see [Expr#shift(long)].
    public static Expr rowIndex() {
        return new ExprNode.Ordered(OrderedCall.Function.ROW_INDEX, Optional.empty(), 0);
    }

    /// How many rows come behind this one, as LONG: 0 in the last row. Needs rows in an order, see [Expr#shift(long)].
    public static Expr rowsAfter() {
        return new ExprNode.Ordered(OrderedCall.Function.ROWS_AFTER, Optional.empty(), 0);
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
