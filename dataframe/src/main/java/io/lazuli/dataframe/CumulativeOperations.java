package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.operator.ordered.OrderedCall;

/// What comes from all rows up to each, reached by [Expr#cumulative].
///
/// ```java
/// trades.sort("time").withColumns(col("volume").cumulative().sum().as("volume_so_far"));
/// ```
///
/// **Nulls, NaN, order.** Needs rows in an order, see [Expr#shift(long)]. Nulls are skipped: where the value is null the result is too,
/// except that of [#count], and it goes on behind it. **Cost.** The columns are kept as blocks and read twice: once a partition
/// to sum it up, once to compute the rows; no exchange. **Source.** pandas and Dask `cumsum` and its kin.
public final class CumulativeOperations {
    private final Expr value;

    CumulativeOperations(Expr value) {
        this.value = value;
    }

    /// The sum: of INT and LONG a LONG, exact (it fails at the row where it does not fit), of FLOAT64 a FLOAT64.
    public Expr sum() {
        return ExprNode.Ordered.of(OrderedCall.Function.SUM, value);
    }

    /// The product, in the types of [#sum].
    public Expr product() {
        return ExprNode.Ordered.of(OrderedCall.Function.PRODUCT, value);
    }

    /// The least value, of any type.
    public Expr min() {
        return ExprNode.Ordered.of(OrderedCall.Function.MIN, value);
    }

    /// The greatest value, of any type. NaN is above every number.
    public Expr max() {
        return ExprNode.Ordered.of(OrderedCall.Function.MAX, value);
    }

    /// How many values are not null, as LONG; never null.
    public Expr count() {
        return ExprNode.Ordered.of(OrderedCall.Function.COUNT, value);
    }
}
