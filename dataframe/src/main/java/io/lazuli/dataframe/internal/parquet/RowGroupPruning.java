package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.expression.BoundExpr.And;
import io.lazuli.dataframe.internal.expression.BoundExpr.Compare;
import io.lazuli.dataframe.internal.expression.BoundExpr.CompareOperator;
import io.lazuli.dataframe.internal.expression.BoundExpr.Input;
import io.lazuli.dataframe.internal.expression.BoundExpr.IsNull;
import io.lazuli.dataframe.internal.expression.BoundExpr.Literal;
import io.lazuli.dataframe.internal.expression.BoundExpr.Not;
import io.lazuli.dataframe.internal.expression.BoundExpr.Or;
import io.lazuli.dataframe.internal.parquet.ParquetFile.Range;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntFunction;

/// Tells from statistics which row groups or pages cannot hold a row that satisfies a predicate. Looks at the parts that
/// compare a column with a literal or ask whether it is null; whatever else there is only makes it keep more.
final class RowGroupPruning {
    private RowGroupPruning() {}

    /// Whether any of `rowCount` rows may satisfy the predicate whose inputs have these ranges.
    static boolean mayMatch(BoundExpr predicate, IntFunction<Range> ranges, long rowCount) {
        return switch (predicate) {
            case And(BoundExpr left, BoundExpr right) ->
                mayMatch(left, ranges, rowCount) && mayMatch(right, ranges, rowCount);
            case Or(BoundExpr left, BoundExpr right) ->
                mayMatch(left, ranges, rowCount) || mayMatch(right, ranges, rowCount);
            case Compare(CompareOperator operator, Input column, Literal literal) ->
                compares(operator, ranges.apply(column.index()), literal, rowCount);
            case Compare(CompareOperator operator, Literal literal, Input column) ->
                compares(operator.turned(), ranges.apply(column.index()), literal, rowCount);
            case IsNull(Input column) -> ranges.apply(column.index()).nullCount() != 0;
            case Not(IsNull(Input column)) -> ranges.apply(column.index()).nullCount() != rowCount;
            case BoundExpr other -> true;
        };
    }

    private static boolean compares(CompareOperator operator, Range range, Literal literal, long rowCount) {
        if (literal.value().isEmpty() || range.nullCount() == rowCount) {
            return false;
        }
        Object value = literal.value().get();
        if (range.least().isEmpty() || range.greatest().isEmpty() || value instanceof Double d && d.isNaN()) {
            return true;
        }
        int least = compare(range.least().get(), value);
        int greatest = compare(range.greatest().get(), value);
        boolean hasGreater = greatest > 0 || value instanceof Double && range.mayHaveNaN();
        return switch (operator) {
            case EQ -> least <= 0 && greatest >= 0;
            case NE -> least != 0 || greatest != 0 || hasGreater;
            case LT -> least < 0;
            case LE -> least <= 0;
            case GT -> hasGreater;
            case GE -> hasGreater || greatest == 0;
        };
    }

    /// As [Compare] does. A bound and a literal of a column have the same kind.
    private static int compare(Comparable<?> bound, Object literal) {
        return switch (literal) {
            case Boolean flag -> Long.compare((Long) bound, flag ? 1 : 0);
            case Integer number -> Long.compare((Long) bound, number);
            case Long number -> Long.compare((Long) bound, number);
            case Double number -> Double.compare((Double) bound + 0.0, number + 0.0);
            case String text ->
                Arrays.compareUnsigned(
                        ((String) bound).getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8));
            default -> throw new IllegalArgumentException("literal of " + literal.getClass());
        };
    }
}
