package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.expression.BoundExpr.Function;

/// The parts of a DATE or TIMESTAMP as INT, reached by [Expr#dt].
///
/// ```java
/// trips.groupBy(col("pickup").dt().hour().as("hour")).agg(count());
/// ```
public final class DateOperations {
    private final Expr date;

    DateOperations(Expr date) {
        this.date = date;
    }

    public Expr year() {
        return ExprNode.Call.of(Function.YEAR, date);
    }

    /// January is 1.
    public Expr month() {
        return ExprNode.Call.of(Function.MONTH, date);
    }

    /// Day of the month, from 1.
    public Expr day() {
        return ExprNode.Call.of(Function.DAY, date);
    }

    /// Monday is 1, Sunday 7.
    public Expr dayOfWeek() {
        return ExprNode.Call.of(Function.DAY_OF_WEEK, date);
    }

    /// 0 to 23, of a TIMESTAMP.
    public Expr hour() {
        return ExprNode.Call.of(Function.HOUR, date);
    }
}
