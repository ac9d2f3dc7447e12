package io.lazuli.dataframe;

import static io.lazuli.dataframe.Expressions.lit;

import io.lazuli.dataframe.ExprNode.JunctionOperator;
import io.lazuli.dataframe.internal.Arguments;
import io.lazuli.dataframe.internal.expression.BoundExpr.ArithmeticOperator;
import io.lazuli.dataframe.internal.expression.BoundExpr.CompareOperator;
import io.lazuli.dataframe.internal.expression.MapFunction;
import io.lazuli.dataframe.internal.expression.NumberFunction;
import io.lazuli.dataframe.internal.expression.ValueFunction;
import io.lazuli.dataframe.internal.operator.ordered.OrderedCall;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.function.DoubleFunction1;
import io.lazuli.graph.function.Function1;
import io.lazuli.graph.function.LongFunction1;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a column of the result is computed from: a name, a constant, or an operation on other expressions. Immutable; names
/// and types are checked when the expression meets a frame.
///
/// ```java
/// trips.filter(col("fare").gt(0).and(col("zone").isNotNull()))
///      .withColumns(col("tip").dividedBy(col("fare")).as("share"));
/// ```
///
/// **Units and types.** Operands of different types meet in the wider one: INT and LONG in LONG, either with a decimal in a decimal
/// that has room for both, all of them with FLOAT64 in FLOAT64, DATE with TIMESTAMP in TIMESTAMP. A whole-number constant takes the
/// type of the other side where it fits. Text is never taken for a number or a date.
///
/// Decimals are exact: sums and products have as many digits as they need, up to 18, and fail beyond; a quotient is FLOAT64.
/// A time minus a time is a DURATION, which can be added to times and multiplied by whole numbers.
///
/// **Nulls, NaN, order.** An operation on null gives null; [#and], [#or] and [#not] follow SQL's three values. Comparison is a
/// total order: NaN equals NaN and is above every number, -0.0 equals 0.0, texts compare by their UTF-8 bytes.
///
/// **Names.** A column, or a cast of it, keeps its name; an aggregate of a column is named after both (`sum("v1")` is
/// `v1_sum`) and `count()` is `count`; any other expression that becomes a column needs [#as]. `toString()` is the code that
/// builds the expression.
public sealed interface Expr permits ExprNode {
    /// This expression under another name.
    default Expr as(String name) {
        return new ExprNode.Alias(this, name);
    }

    /// The sum. Overflow of whole numbers fails at run.
    default Expr plus(Expr other) {
        return new ExprNode.Arithmetic(ArithmeticOperator.ADD, this, other);
    }

    default Expr plus(long other) {
        return plus(lit(other));
    }

    default Expr plus(double other) {
        return plus(lit(other));
    }

    /// The difference. Overflow of whole numbers fails at run.
    default Expr minus(Expr other) {
        return new ExprNode.Arithmetic(ArithmeticOperator.SUBTRACT, this, other);
    }

    default Expr minus(long other) {
        return minus(lit(other));
    }

    default Expr minus(double other) {
        return minus(lit(other));
    }

    /// The product. Overflow of whole numbers fails at run.
    default Expr times(Expr other) {
        return new ExprNode.Arithmetic(ArithmeticOperator.MULTIPLY, this, other);
    }

    default Expr times(long other) {
        return times(lit(other));
    }

    default Expr times(double other) {
        return times(lit(other));
    }

    /// The quotient, always FLOAT64: 1 divided by 2 is 0.5.
    default Expr dividedBy(Expr other) {
        return new ExprNode.Arithmetic(ArithmeticOperator.DIVIDE, this, other);
    }

    default Expr dividedBy(long other) {
        return dividedBy(lit(other));
    }

    default Expr dividedBy(double other) {
        return dividedBy(lit(other));
    }

    /// The remainder, with the sign of this side. That of whole numbers by zero is null.
    default Expr remainder(Expr other) {
        return new ExprNode.Arithmetic(ArithmeticOperator.REMAINDER, this, other);
    }

    default Expr remainder(long other) {
        return remainder(lit(other));
    }

    default Expr remainder(double other) {
        return remainder(lit(other));
    }

    /// The quotient rounded down to a whole number, of the operands' type (FLOAT64 of decimals): -7 by 2 is -4. That of integers by
    /// zero is null; overflow (the least integer by -1) fails at run. Python's `//`.
    default Expr floorDividedBy(Expr other) {
        return new ExprNode.Arithmetic(ArithmeticOperator.FLOOR_DIVIDE, this, other);
    }

    default Expr floorDividedBy(long other) {
        return floorDividedBy(lit(other));
    }

    default Expr floorDividedBy(double other) {
        return floorDividedBy(lit(other));
    }

    /// The remainder that belongs to [#floorDividedBy], with the sign of the other side: -7 modulo 2 is 1. That of integers by zero
    /// is null. Python's `%`.
    default Expr modulo(Expr other) {
        return new ExprNode.Arithmetic(ArithmeticOperator.MODULO, this, other);
    }

    default Expr modulo(long other) {
        return modulo(lit(other));
    }

    default Expr modulo(double other) {
        return modulo(lit(other));
    }

    /// The number with the other sign. Overflow of whole numbers fails at run.
    default Expr negate() {
        return ExprNode.Call.of(NumberFunction.NEGATE, this);
    }

    /// A time so much later, or a longer duration. A DATE becomes a TIMESTAMP.
    default Expr plus(Duration other) {
        return plus(lit(other));
    }

    /// A time so much earlier, or a shorter duration. A DATE becomes a TIMESTAMP.
    default Expr minus(Duration other) {
        return minus(lit(other));
    }

    /// True where both sides are equal, null where one is null.
    default Expr eq(Expr other) {
        return new ExprNode.Compare(CompareOperator.EQ, this, other);
    }

    default Expr eq(long other) {
        return eq(lit(other));
    }

    default Expr eq(double other) {
        return eq(lit(other));
    }

    default Expr eq(String other) {
        return eq(lit(other));
    }

    default Expr eq(boolean other) {
        return eq(lit(other));
    }

    default Expr eq(LocalDate other) {
        return eq(lit(other));
    }

    default Expr eq(LocalDateTime other) {
        return eq(lit(other));
    }

    /// True where the sides differ, null where one is null.
    default Expr ne(Expr other) {
        return new ExprNode.Compare(CompareOperator.NE, this, other);
    }

    default Expr ne(long other) {
        return ne(lit(other));
    }

    default Expr ne(double other) {
        return ne(lit(other));
    }

    default Expr ne(String other) {
        return ne(lit(other));
    }

    default Expr ne(boolean other) {
        return ne(lit(other));
    }

    default Expr ne(LocalDate other) {
        return ne(lit(other));
    }

    default Expr ne(LocalDateTime other) {
        return ne(lit(other));
    }

    /// True where this side is less.
    default Expr lt(Expr other) {
        return new ExprNode.Compare(CompareOperator.LT, this, other);
    }

    default Expr lt(long other) {
        return lt(lit(other));
    }

    default Expr lt(double other) {
        return lt(lit(other));
    }

    default Expr lt(String other) {
        return lt(lit(other));
    }

    default Expr lt(LocalDate other) {
        return lt(lit(other));
    }

    default Expr lt(LocalDateTime other) {
        return lt(lit(other));
    }

    /// True where this side is less or equal.
    default Expr le(Expr other) {
        return new ExprNode.Compare(CompareOperator.LE, this, other);
    }

    default Expr le(long other) {
        return le(lit(other));
    }

    default Expr le(double other) {
        return le(lit(other));
    }

    default Expr le(String other) {
        return le(lit(other));
    }

    default Expr le(LocalDate other) {
        return le(lit(other));
    }

    default Expr le(LocalDateTime other) {
        return le(lit(other));
    }

    /// True where this side is greater.
    default Expr gt(Expr other) {
        return new ExprNode.Compare(CompareOperator.GT, this, other);
    }

    default Expr gt(long other) {
        return gt(lit(other));
    }

    default Expr gt(double other) {
        return gt(lit(other));
    }

    default Expr gt(String other) {
        return gt(lit(other));
    }

    default Expr gt(LocalDate other) {
        return gt(lit(other));
    }

    default Expr gt(LocalDateTime other) {
        return gt(lit(other));
    }

    /// True where this side is greater or equal.
    default Expr ge(Expr other) {
        return new ExprNode.Compare(CompareOperator.GE, this, other);
    }

    default Expr ge(long other) {
        return ge(lit(other));
    }

    default Expr ge(double other) {
        return ge(lit(other));
    }

    default Expr ge(String other) {
        return ge(lit(other));
    }

    default Expr ge(LocalDate other) {
        return ge(lit(other));
    }

    default Expr ge(LocalDateTime other) {
        return ge(lit(other));
    }

    /// True where the value is one of these, null where it is null.
    default Expr in(long... values) {
        return new ExprNode.In(this, ExprNode.Literal.all("values", values));
    }

    default Expr in(double... values) {
        return new ExprNode.In(this, ExprNode.Literal.all("values", values));
    }

    default Expr in(String... values) {
        return new ExprNode.In(this, ExprNode.Literal.all("values", values));
    }

    default Expr in(LocalDate... values) {
        return new ExprNode.In(this, ExprNode.Literal.all("values", values));
    }

    default Expr in(LocalDateTime... values) {
        return new ExprNode.In(this, ExprNode.Literal.all("values", values));
    }

    /// The value that stands at the same place in `to` as this value in `from`; the value itself where it is not there. Where one
    /// occurs twice, the first counts. Errors: USER, at once, if the arrays have different lengths.
    ///
    /// **Cost.** One look into a hash table a row. **Source.** pandas and Dask `replace`.
    default Expr replace(long[] from, long[] to) {
        return new ExprNode.Replace(this, ExprNode.Literal.all("from", from), ExprNode.Literal.all("to", to));
    }

    default Expr replace(double[] from, double[] to) {
        return new ExprNode.Replace(this, ExprNode.Literal.all("from", from), ExprNode.Literal.all("to", to));
    }

    /// As [#replace(long[], long[])]. Not to be mistaken for [TextOperations#replace], which replaces parts of texts.
    default Expr replace(String[] from, String[] to) {
        return new ExprNode.Replace(this, ExprNode.Literal.all("from", from), ExprNode.Literal.all("to", to));
    }

    /// True from `low` to `high`, both included.
    default Expr between(Expr low, Expr high) {
        return ExprNode.Call.of(
                ValueFunction.BETWEEN, this, Arguments.given(low, "low"), Arguments.given(high, "high"));
    }

    default Expr between(long low, long high) {
        return between(lit(low), lit(high));
    }

    default Expr between(double low, double high) {
        return between(lit(low), lit(high));
    }

    default Expr between(String low, String high) {
        return between(lit(low), lit(high));
    }

    default Expr between(LocalDate low, LocalDate high) {
        return between(lit(low), lit(high));
    }

    default Expr between(LocalDateTime low, LocalDateTime high) {
        return between(lit(low), lit(high));
    }

    /// True where both are true. A loop may join thousands of conditions. Errors: USER, when it meets a frame, if a side is not BOOL.
    default Expr and(Expr other) {
        return new ExprNode.Junction(JunctionOperator.AND, this, other);
    }

    /// True where one is true.
    default Expr or(Expr other) {
        return new ExprNode.Junction(JunctionOperator.OR, this, other);
    }

    /// True where this is false, null where it is null.
    default Expr not() {
        return new ExprNode.Not(this);
    }

    /// True where the value is null. NaN is not null.
    default Expr isNull() {
        return new ExprNode.IsNull(this);
    }

    default Expr isNotNull() {
        return isNull().not();
    }

    /// The value, or another one where it is null.
    default Expr fillNull(Expr other) {
        return ExprNode.Shorthand.of(
                this, "fillNull", Expressions.coalesce(this, Arguments.given(other, "other")), other);
    }

    default Expr fillNull(long other) {
        return fillNull(lit(other));
    }

    default Expr fillNull(double other) {
        return fillNull(lit(other));
    }

    default Expr fillNull(String other) {
        return fillNull(lit(other));
    }

    /// Null where both are equal, else this value.
    default Expr nullIf(Expr other) {
        return ExprNode.Call.of(ValueFunction.NULL_IF, this, Arguments.given(other, "other"));
    }

    default Expr nullIf(long other) {
        return nullIf(lit(other));
    }

    default Expr nullIf(double other) {
        return nullIf(lit(other));
    }

    default Expr nullIf(String other) {
        return nullIf(lit(other));
    }

    /// True where a number is NaN; numbers other than FLOAT64 never are.
    default Expr isNaN() {
        return ExprNode.Call.of(NumberFunction.IS_NAN, this);
    }

    /// True where a number is neither NaN nor infinite.
    default Expr isFinite() {
        return ExprNode.Call.of(NumberFunction.IS_FINITE, this);
    }

    /// True where a number is infinite, positive or negative.
    default Expr isInfinite() {
        return ExprNode.Call.of(NumberFunction.IS_INFINITE, this);
    }

    /// The number, or another one where it is NaN. Null stays null.
    default Expr fillNaN(Expr other) {
        return ExprNode.Call.of(ValueFunction.FILL_NAN, this, Arguments.given(other, "other"));
    }

    default Expr fillNaN(double other) {
        return fillNaN(lit(other));
    }

    /// `low` where a number is below, `high` where it is above, else the number. Null and NaN stay; a bound that is null is none.
    default Expr clip(Expr low, Expr high) {
        return ExprNode.Call.of(
                ValueFunction.CLIP, this, Arguments.given(low, "low"), Arguments.given(high, "high"));
    }

    default Expr clip(long low, long high) {
        return clip(lit(low), lit(high));
    }

    default Expr clip(double low, double high) {
        return clip(lit(low), lit(high));
    }

    /// The value in another type. A value that does not fit or cannot be read fails at run and is shown. A fraction is cut off on
    /// the way to a whole number, and rounded on the way to a decimal (halves away from zero).
    default Expr cast(DataType type) {
        return new ExprNode.Cast(this, type);
    }

    /// As [#cast], but null where that would fail.
    ///
    /// **Source.** pandas `to_numeric(errors="coerce")`, SQL `TRY_CAST`.
    default Expr tryCast(DataType type) {
        return new ExprNode.TryCast(this, type);
    }

    /// The value without its sign.
    default Expr abs() {
        return ExprNode.Call.of(NumberFunction.ABS, this);
    }

    /// The nearest number with so many digits behind the point (before it, if negative), as FLOAT64; halves go to the even
    /// neighbour, as far as the binary value is a half at all. For money cast to a decimal.
    default Expr round(int digits) {
        return ExprNode.Call.of(NumberFunction.ROUND, this, lit(digits));
    }

    /// The nearest whole number, as FLOAT64; halves go to the even neighbour.
    default Expr round() {
        return ExprNode.Call.of(NumberFunction.ROUND, this);
    }

    /// The greatest whole number that is not above, as FLOAT64.
    default Expr floor() {
        return ExprNode.Call.of(NumberFunction.FLOOR, this);
    }

    /// The least whole number that is not below, as FLOAT64.
    default Expr ceil() {
        return ExprNode.Call.of(NumberFunction.CEIL, this);
    }

    /// The square root; NaN of negative numbers.
    default Expr sqrt() {
        return ExprNode.Call.of(NumberFunction.SQRT, this);
    }

    /// More of mathematics.
    default MathOperations math() {
        return new MathOperations(this);
    }

    /// The operations on text.
    default TextOperations str() {
        return new TextOperations(this);
    }

    /// The operations on dates, times and durations.
    default DateOperations dt() {
        return new DateOperations(this);
    }

    /// The result of your own function, called once for each value that is not null; numbers arrive as doubles.
    ///
    /// The function must be pure and safe to call from several threads. What it throws fails the job with an error that shows `name`,
    /// the line that called this method, and the value.
    default Expr mapDouble(String name, DoubleFunction1 function) {
        return ExprNode.MapValue.of(name, new MapFunction.OfDouble(Arguments.given(function, "function")), this);
    }

    /// As [#mapDouble], for whole numbers.
    default Expr mapLong(String name, LongFunction1 function) {
        return ExprNode.MapValue.of(name, new MapFunction.OfLong(Arguments.given(function, "function")), this);
    }

    /// As [#mapDouble], for text. The function may return null.
    default Expr mapString(String name, Function1<String, @Nullable String> function) {
        return ExprNode.MapValue.of(name, new MapFunction.OfString(Arguments.given(function, "function")), this);
    }

    /// What comes from all rows up to each: running sums, products, counts and extremes.
    default CumulativeOperations cumulative() {
        return new CumulativeOperations(this);
    }

    /// The value `rows` rows before this one, or behind it where `rows` is negative; null where there is no such row.
    ///
    /// **Nulls, NaN, order.** Needs rows in an order: of a scan, or sorted. **Errors.** When it meets a frame: USER if it is not in
    /// [DataFrame#select(Expr...)] or [DataFrame#withColumns], or the rows come in no order.
    ///
    /// **Source.** pandas and Dask `shift`; here it may reach over any number of partitions.
    default Expr shift(long rows) {
        return rows == 0 ? this : new ExprNode.Ordered(OrderedCall.Function.SHIFT, Optional.of(this), rows);
    }

    /// As [#shift(long)], with `fill` where there is no such row.
    default Expr shift(long rows, Expr fill) {
        if (rows == 0) {
            return this;
        }
        Expr distance = rows > 0 ? Expressions.rowIndex() : Expressions.rowsAfter();
        return Expressions.when(distance.lt(Math.abs(rows))).then(fill).otherwise(shift(rows));
    }

    /// What this value is above the one before; see [#shift(long)].
    default Expr diff() {
        return diff(1);
    }

    /// What this value is above the one `rows` rows before; see [#shift(long)].
    default Expr diff(long rows) {
        return minus(shift(rows));
    }

    /// What this value is above the one before, as a share of that; 0.1 is ten percent more. See [#shift(long)].
    default Expr percentChange() {
        return diff().dividedBy(shift(1));
    }

    /// The value, or where it is null the last one before that is not. Keeps the name. Needs an order, see [#shift(long)].
    ///
    /// **Source.** pandas and Dask `ffill`.
    default Expr forwardFill() {
        return ExprNode.Ordered.of(OrderedCall.Function.FILL_FORWARD, this);
    }

    /// As [#forwardFill()], of at most `limit` nulls behind each value; those farther away stay.
    ///
    /// **Errors.** When called: USER if `limit` is below 1. **Source.** pandas and Dask `ffill(limit)`; here a run of nulls may go over
    /// any number of partitions.
    default Expr forwardFill(long limit) {
        return ExprNode.Ordered.fill(OrderedCall.Function.FILL_FORWARD, this, limit);
    }

    /// The value, or where it is null the next one that is not. Keeps the name. Needs an order, see [#shift(long)].
    ///
    /// **Source.** pandas and Dask `bfill`.
    default Expr backwardFill() {
        return ExprNode.Ordered.of(OrderedCall.Function.FILL_BACKWARD, this);
    }

    /// As [#backwardFill()], of at most `limit` nulls before each value; see [#forwardFill(long)].
    default Expr backwardFill(long limit) {
        return ExprNode.Ordered.fill(OrderedCall.Function.FILL_BACKWARD, this, limit);
    }

    /// A sort key: the least first, nulls last.
    default SortKey asc() {
        return new SortKey(this, false, false);
    }

    /// A sort key: the greatest first, nulls last.
    default SortKey desc() {
        return new SortKey(this, true, false);
    }
}
