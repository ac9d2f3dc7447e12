package io.lazuli.dataframe.internal.parquet;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.lazuli.dataframe.type.DataType;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Row groups of ten rows whose columns hold 3 to 7.
class RowGroupPruningTest {
    private static final CompareOperator[] ALL = CompareOperator.values();

    private static boolean keeps(BoundExpr predicate, Range... ranges) {
        return RowGroupPruning.mayMatch(predicate, input -> ranges[input], 10);
    }

    private static Range range(Comparable<?> least, Comparable<?> greatest, long nulls, boolean mayHaveNaN) {
        return new Range(Optional.ofNullable(least), Optional.ofNullable(greatest), nulls, mayHaveNaN);
    }

    private static BoundExpr compare(CompareOperator operator, DataType type, Object value) {
        return new Compare(operator, new Input(0, type), new Literal(type, Optional.ofNullable(value)));
    }

    /// The rows are 3, 5 and 7; whatever one of them satisfies must be kept, and nothing else need be but what the
    /// bounds allow.
    @Test
    void comparesBoundsAsTheRowsWould() {
        for (long literal = 1; literal <= 9; literal++) {
            for (CompareOperator operator : ALL) {
                boolean expected = switch (operator) {
                    case EQ -> literal >= 3 && literal <= 7;
                    case NE -> true;
                    case LT -> 3 < literal;
                    case LE -> 3 <= literal;
                    case GT -> 7 > literal;
                    case GE -> 7 >= literal;
                };
                assertThat(keeps(compare(operator, DataType.LONG, literal), range(3L, 7L, 0, false)))
                        .isEqualTo(expected);
                assertThat(keeps(compare(operator, DataType.INT, (int) literal), range(3L, 7L, 0, false)))
                        .isEqualTo(expected);
                assertThat(keeps(compare(operator, DataType.UTF8, "" + literal), range("3", "7", 0, false)))
                        .isEqualTo(expected);
                assertThat(keeps(compare(operator, DataType.FLOAT64, (double) literal), range(3.0, 7.0, 0, false)))
                        .isEqualTo(expected);
            }
        }
        assertThat(keeps(compare(CompareOperator.NE, DataType.LONG, 3L), range(3L, 3L, 0, false))).isFalse();
    }

    @Test
    void turnsALiteralOnTheLeft() {
        BoundExpr tenLess = new Compare(
                CompareOperator.LT, new Literal(DataType.LONG, Optional.of(10L)), new Input(0, DataType.LONG));
        assertThat(keeps(tenLess, range(3L, 7L, 0, false))).isFalse();
        assertThat(keeps(tenLess, range(3L, 11L, 0, false))).isTrue();
    }

    @Test
    void remembersThatNaNIsAboveEveryNumber() {
        Range range = range(3.0, 7.0, 0, true);
        assertThat(keeps(compare(CompareOperator.GT, DataType.FLOAT64, 9.0), range)).isTrue();
        assertThat(keeps(compare(CompareOperator.GE, DataType.FLOAT64, 9.0), range)).isTrue();
        assertThat(keeps(compare(CompareOperator.NE, DataType.FLOAT64, 3.0), range(3.0, 3.0, 0, true))).isTrue();
        assertThat(keeps(compare(CompareOperator.EQ, DataType.FLOAT64, Double.NaN), range)).isTrue();
        assertThat(keeps(compare(CompareOperator.LT, DataType.FLOAT64, 2.0), range)).isFalse();
        assertThat(keeps(compare(CompareOperator.EQ, DataType.FLOAT64, -0.0), range(0.0, 1.0, 0, true))).isTrue();
    }

    @Test
    void countsNulls() {
        BoundExpr isNull = new IsNull(new Input(0, DataType.LONG));
        assertThat(keeps(isNull, range(3L, 7L, 0, false))).isFalse();
        assertThat(keeps(isNull, range(3L, 7L, 1, false))).isTrue();
        assertThat(keeps(isNull, range(3L, 7L, -1, false))).isTrue();
        assertThat(keeps(new Not(isNull), range(null, null, 10, true))).isFalse();
        assertThat(keeps(new Not(isNull), range(null, null, 9, true))).isTrue();
        for (CompareOperator operator : ALL) {
            assertThat(keeps(compare(operator, DataType.LONG, 5L), range(null, null, 10, true))).isFalse();
            assertThat(keeps(compare(operator, DataType.LONG, null), range(3L, 7L, 0, true))).isFalse();
            assertThat(keeps(compare(operator, DataType.LONG, 5L), range(null, null, -1, true))).isTrue();
        }
    }

    @Test
    void looksAtEveryConjunct() {
        Range small = range(3L, 7L, 0, false);
        Range large = range(30L, 70L, 0, false);
        BoundExpr first = compare(CompareOperator.EQ, DataType.LONG, 50L);
        BoundExpr second = new Compare(
                CompareOperator.EQ, new Input(1, DataType.LONG), new Literal(DataType.LONG, Optional.of(50L)));
        assertThat(keeps(first, large, small)).isTrue();
        assertThat(keeps(second, large, small)).isFalse();
        assertThat(keeps(new And(first, second), large, small)).isFalse();
        assertThat(keeps(new Or(first, second), large, small)).isTrue();
    }
}
