package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.Arguments;
import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.operator.ordered.OrderedCall;
import io.lazuli.dataframe.internal.expression.DateFunction;
import io.lazuli.dataframe.internal.expression.TextFunction;
import io.lazuli.dataframe.internal.expression.ValueFunction;
import io.lazuli.dataframe.internal.physical.Aggregation.Function;
import io.lazuli.dataframe.internal.record.RecordFold;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.function.Function1;
import io.lazuli.graph.function.Function2;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where expressions begin. Meant for `import static io.lazuli.dataframe.Expressions.*`.
///
/// Aggregates skip nulls, except [#count()]. For some rows only, give the others null: `sum(when(c).then(x).otherwise(nullOf(type)))`.
/// They stand in [GroupedFrame#agg] and [DataFrame#agg], alone or inside
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
        return new ExprNode.Call(ValueFunction.COALESCE, listOf(first, rest));
    }

    /// How many rows come before this one, as LONG: 0 in the first row. Needs rows in an order, see [Expr#shift(long)].
    public static Expr rowIndex() {
        return new ExprNode.Ordered(OrderedCall.Function.ROW_INDEX, Optional.empty(), 0);
    }

    /// How many rows come behind this one, as LONG: 0 in the last row. Needs rows in an order, see [Expr#shift(long)].
    public static Expr rowsAfter() {
        return new ExprNode.Ordered(OrderedCall.Function.ROWS_AFTER, Optional.empty(), 0);
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
        return ExprNode.Aggregate.of(Function.COUNT_ROWS);
    }

    /// Number of rows where the column is not null, as LONG.
    public static Expr count(String column) {
        return count(col(column));
    }

    public static Expr count(Expr value) {
        return ExprNode.Aggregate.of(Function.COUNT, value);
    }

    /// The sum; null if there is no value. Of INT and LONG a LONG, exact (it fails if the result does not fit); of FLOAT64 a FLOAT64;
    /// of BOOL the number of trues, as LONG.
    public static Expr sum(String column) {
        return sum(col(column));
    }

    public static Expr sum(Expr value) {
        return ExprNode.Aggregate.of(Function.SUM, value);
    }

    /// The mean as FLOAT64; null if there is no value. Of BOOL the share of trues.
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

    /// The product as FLOAT64; null if there is no value.
    public static Expr product(String column) {
        return product(col(column));
    }

    public static Expr product(Expr value) {
        return ExprNode.Aggregate.of(Function.PRODUCT, value);
    }

    /// The sample variance as FLOAT64: the squared differences from the mean, divided by one less than the number of values. Null if
    /// there are fewer than two. Numerically stable, however large the mean is.
    public static Expr var(String column) {
        return var(col(column));
    }

    public static Expr var(Expr value) {
        return ExprNode.Aggregate.of(Function.VARIANCE, 1, value);
    }

    /// As [#var(String)], divided by `ddof` less than the number of values: 0 for the variance of a whole population. **Errors.** When called:
    /// USER if `ddof` is negative.
    public static Expr var(String column, int ddof) {
        return var(col(column), ddof);
    }

    public static Expr var(Expr value, int ddof) {
        return ExprNode.Aggregate.of(Function.VARIANCE, checkedDdof("var", ddof), value);
    }

    /// The sample standard deviation: the root of [#var(String)].
    public static Expr std(String column) {
        return std(col(column));
    }

    public static Expr std(Expr value) {
        return ExprNode.Aggregate.of(Function.STDDEV, 1, value);
    }

    public static Expr std(String column, int ddof) {
        return std(col(column), ddof);
    }

    public static Expr std(Expr value, int ddof) {
        return ExprNode.Aggregate.of(Function.STDDEV, checkedDdof("std", ddof), value);
    }

    /// The standard error of the mean as FLOAT64: [#std(String)] by the root of the number of values. Null if there are fewer than
    /// two.
    ///
    /// **Source.** pandas and Dask `sem`; DuckDB's `sem` is that of a whole population, `sem(x, 0)`.
    public static Expr sem(String column) {
        return sem(col(column));
    }

    public static Expr sem(Expr value) {
        return ExprNode.Aggregate.of(Function.STANDARD_ERROR, 1, value);
    }

    /// As [#sem(String)], of [#std(String, int)]. **Errors.** When called: USER if `ddof` is negative.
    public static Expr sem(String column, int ddof) {
        return sem(col(column), ddof);
    }

    public static Expr sem(Expr value, int ddof) {
        return ExprNode.Aggregate.of(Function.STANDARD_ERROR, checkedDdof("sem", ddof), value);
    }

    /// The sample skewness as FLOAT64: above 0 where the large values are further from the mean than the small ones, 0 where they are
    /// symmetric.
    ///
    /// **Nulls, NaN, order.** Null if there are fewer than three values, or if they do not vary; NaN if one is NaN or infinite.
    /// Numerically stable, however large the mean is.
    ///
    /// **Source.** G1 of Joanes and Gill (1998), which corrects the bias of a sample: pandas `skew`, DuckDB `skewness` and SciPy's with
    /// `bias=False`. Of values that do not vary pandas says 0, DuckDB NaN. Dask's own is with the bias.
    public static Expr skew(String column) {
        return skew(col(column));
    }

    public static Expr skew(Expr value) {
        return ExprNode.Aggregate.of(Function.SKEWNESS, value);
    }

    /// The sample kurtosis as FLOAT64, as the excess over that of a normal distribution: above 0 where values far from the mean are more
    /// frequent than there.
    ///
    /// **Nulls, NaN, order.** Null if there are fewer than four values, or if they do not vary; NaN if one is NaN or infinite.
    /// Numerically stable, however large the mean is.
    ///
    /// **Source.** G2 of Joanes and Gill (1998), which corrects the bias of a sample: pandas `kurt`, DuckDB `kurtosis` and SciPy's with
    /// `bias=False`. Of values that do not vary pandas says 0. Dask's own is with the bias.
    public static Expr kurtosis(String column) {
        return kurtosis(col(column));
    }

    public static Expr kurtosis(Expr value) {
        return ExprNode.Aggregate.of(Function.KURTOSIS, value);
    }

    /// The sample covariance of pairs as FLOAT64; pairs with a null are left out. Null if there are fewer than two.
    public static Expr covar(String x, String y) {
        return covar(col(x), col(y));
    }

    public static Expr covar(Expr x, Expr y) {
        return covar(x, y, 1);
    }

    /// As [#covar(Expr, Expr)], divided by `ddof` less than the number of pairs.
    public static Expr covar(Expr x, Expr y, int ddof) {
        return ExprNode.Aggregate.of(Function.COVARIANCE, checkedDdof("covar", ddof), x, y);
    }

    /// Pearson's correlation of pairs, from -1 to 1 as FLOAT64; pairs with a null are left out. Null if one side does not vary, as
    /// with fewer than two pairs.
    public static Expr corr(String x, String y) {
        return corr(col(x), col(y));
    }

    public static Expr corr(Expr x, Expr y) {
        return ExprNode.Aggregate.of(Function.CORRELATION, x, y);
    }

    /// The median as FLOAT64; see [#quantile(String, double)].
    public static Expr median(String column) {
        return median(col(column));
    }

    public static Expr median(Expr value) {
        return ExprNode.Aggregate.of(Function.MEDIAN, value);
    }

    /// The exact value below which a fraction of the values lies, as FLOAT64: at position `(n - 1) * fraction` of the `n` values in order,
    /// interpolated between neighbours. Null if there is no value; NaN is above every number.
    ///
    /// **Cost.** All values of a group pass the exchange, unlike those of a sum. A group may be larger than the memory.
    /// **Errors.** When called: USER if `fraction` is not from 0 to 1.
    ///
    /// **Source.** NumPy's and pandas' default, SQL `percentile_cont`; Dask approximates.
    public static Expr quantile(String column, double fraction) {
        return quantile(col(column), fraction);
    }

    public static Expr quantile(Expr value, double fraction) {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw Errors.badQuantile(fraction);
        }
        return ExprNode.Aggregate.of(Function.QUANTILE, fraction, value);
    }

    /// The first value that is not null, in the order of rows; null if there is none.
    public static Expr first(String column) {
        return first(col(column));
    }

    public static Expr first(Expr value) {
        return ExprNode.Aggregate.of(Function.FIRST, value);
    }

    /// The last value that is not null, in the order of rows; null if there is none.
    public static Expr last(String column) {
        return last(col(column));
    }

    public static Expr last(Expr value) {
        return ExprNode.Aggregate.of(Function.LAST, value);
    }

    /// The value of the row in which `by` is the least, both of any type: `minBy("zone", "fare")` is where the cheapest trip began. Of rows with
    /// the same `by` it is the first, in the order of rows.
    ///
    /// **Nulls, NaN, order.** Rows where one of both is null are left out; null if there is no other. NaN is above every number.
    ///
    /// **Source.** DuckDB `arg_min`, Spark `min_by`; pandas `loc` of `idxmin`.
    public static Expr minBy(String value, String by) {
        return minBy(col(value), col(by));
    }

    public static Expr minBy(Expr value, Expr by) {
        return ExprNode.Aggregate.of(Function.MIN_BY, value, by);
    }

    /// The value of the row in which `by` is the greatest; otherwise as [#minBy(String, String)].
    public static Expr maxBy(String value, String by) {
        return maxBy(col(value), col(by));
    }

    public static Expr maxBy(Expr value, Expr by) {
        return ExprNode.Aggregate.of(Function.MAX_BY, value, by);
    }

    /// How many different values there are, as LONG, exactly. Null is none, NaN is one, and so are both zeros together.
    ///
    /// **Cost.** The different values of each partition's groups pass the exchange. A group may be larger than the memory.
    ///
    /// **Source.** pandas and Dask `nunique`, SQL `count(distinct x)`.
    public static Expr countDistinct(String column) {
        return countDistinct(col(column));
    }

    public static Expr countDistinct(Expr value) {
        return ExprNode.Aggregate.of(Function.COUNT_DISTINCT, value);
    }

    /// About how many different values there are, as LONG; null is none, NaN is one, and so are both zeros together. The standard
    /// error is 1.6 %; of a few dozen values the count is nearly always exact. The result depends on the values alone: it is the same for
    /// rows in any order and in any partitions, and in every version.
    ///
    /// **Cost.** One pass. A group takes 32 bytes to 4 KiB, whatever its size; [#countDistinct] takes as much as there are values.
    ///
    /// **Source.** HyperLogLog of 4,096 registers, estimated after Ertl (2017). Dask `nunique_approx` takes 65,536 of them, for whole
    /// columns only; DuckDB `approx_count_distinct`.
    public static Expr approxCountDistinct(String column) {
        return approxCountDistinct(col(column));
    }

    public static Expr approxCountDistinct(Expr value) {
        return ExprNode.Aggregate.of(Function.APPROX_COUNT_DISTINCT, value);
    }

    /// Whether any BOOL is true; null if there is no value.
    public static Expr any(String column) {
        return any(col(column));
    }

    public static Expr any(Expr value) {
        return ExprNode.Aggregate.of(Function.ANY, value);
    }

    /// Whether every BOOL is true; null if there is no value.
    public static Expr all(String column) {
        return all(col(column));
    }

    public static Expr all(Expr value) {
        return ExprNode.Aggregate.of(Function.ALL, value);
    }

    /// An aggregate of your own: what becomes of a record of yours, which is kept for each group, with each row, what becomes of two of
    /// them, and the value that is made of the last.
    ///
    /// ```java
    /// record Trip(double fare, double tip) {}
    /// record Sums(double fare, double tip) {}
    ///
    /// Expr share = fold(Trip.class, new Sums(0, 0),
    ///         (sums, trip) -> new Sums(sums.fare() + trip.fare(), sums.tip() + trip.tip()),
    ///         (left, right) -> new Sums(left.fare() + right.fare(), left.tip() + right.tip()),
    ///         Double.class, sums -> sums.tip() / sums.fare());
    ///
    /// trips.groupBy("zone").agg(share.as("share"));
    /// ```
    ///
    /// Functions must be pure and safe to call from several threads. `merge` must give what adding the rows of both would give, and
    /// `initial` change nothing when it is merged: the rows of a group are added in parts, and the parts merged, those of earlier
    /// rows on the left.
    ///
    /// **Units and types.** Components of a row are columns, as in [Rows]; those of the record that is kept are `boolean`, `int`, `long` or
    /// `double`. The result is a wrapper class of these, `String`, `LocalDate` or `LocalDateTime`.
    ///
    /// **Nulls, NaN, order.** A null is null in a component of a wrapper class; rows where it meets a primitive are left out. `finish` may return
    /// null. Of no rows the result is that of `initial`. **Cost.** One pass; what is kept takes 8 bytes a component and group, and is
    /// written to disk like any other. A row costs a few objects; expressions are several times faster where they will do.
    ///
    /// **Errors.** When called: USER if a class has components of other types. At run: USER if a function fails, or `add` or `merge` returns
    /// null, showing what it was called with and the line that called this method.
    ///
    /// **Source.** Dask `Aggregation(chunk, agg, finalize)`, Spark `Aggregator`.
    ///
    /// @param row     what a row is
    /// @param initial what is kept of no rows
    public static <T extends Record, S extends Record, R> Expr fold(Class<T> row, S initial,
            Function2<? super S, ? super T, ? extends S> add, Function2<? super S, ? super S, ? extends S> merge,
            Class<R> result, Function1<? super S, ? extends @Nullable R> finish) {
        return ExprNode.Aggregate.of(new RecordFold<>(
                Arguments.given(row, "row"), Arguments.given(initial, "initial"), Arguments.given(add, "add"),
                Arguments.given(merge, "merge"), Arguments.given(result, "result"), Arguments.given(finish, "finish"),
                CallSite.find()));
    }

    private static int checkedDdof(String method, int ddof) {
        if (ddof < 0) {
            throw Errors.negativeDdof(method, ddof);
        }
        return ddof;
    }

    private static List<Expr> listOf(Expr first, Expr... rest) {
        Expr[] all = new Expr[Arguments.given(rest, "rest").length + 1];
        all[0] = first;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return Arguments.all("values", all);
    }
}
