package io.lazuli.dataframe.internal.lowering;

import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.count;
import static io.lazuli.dataframe.Expressions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.dataframe.Explain;
import io.lazuli.dataframe.Expr;
import io.lazuli.dataframe.FakeSource;
import org.junit.jupiter.api.Test;

/// What filters are thought to keep of 1,000 rows, as `explain` shows it.
class EstimatesTest {
    private static final DataFrame TABLE =
            FakeSource.of("table", "a: INT", "b: INT", "s: UTF8", "f: BOOL").ofBytes(10_000).frame();

    /// Of 1,000 rows, `a` from 1 to 20, `d` with three days.
    private static final DataFrame BOUNDED = FakeSource.of("bounded", "a: INT", "d: LONG", "s: UTF8")
            .row(1, 0L, "x")
            .row(20, 2L, "y")
            .ofBytes(10_000)
            .tellingRanges()
            .frame();

    private static String kept(Expr predicate) {
        return kept(TABLE, predicate);
    }

    private static String kept(DataFrame table, Expr predicate) {
        String filter = table.filter(predicate)
                .explain(Explain.OPTIMIZED)
                .lines()
                .filter(line -> line.strip().startsWith("filter"))
                .findFirst()
                .orElseThrow();
        return filter.replaceAll(".*about (.*) rows.*", "$1");
    }

    @Test
    void comparisonsKeepWhatSystemRSays() {
        assertThat(kept(col("a").eq(1))).isEqualTo("100");
        assertThat(kept(col("a").ne(1))).isEqualTo("900");
        assertThat(kept(col("a").gt(1))).isEqualTo("333");
        assertThat(kept(col("a").isNull())).isEqualTo("100");
        assertThat(kept(col("a").isNotNull())).isEqualTo("900");
        assertThat(kept(col("s").str().contains("x"))).isEqualTo("250");
    }

    @Test
    void alternativesKeepWhatEitherKeeps() {
        assertThat(kept(col("a").eq(1).or(col("b").eq(1)))).isEqualTo("190");
    }

    @Test
    void ofSeveralConditionsTheStrongestCountsMost() {
        assertThat(kept(col("a").gt(1).and(col("b").eq(1)))).isEqualTo("58");
        assertThat(kept(col("a").eq(1).and(col("b").eq(1)).and(col("f")))).isEqualTo("22");
    }

    @Test
    void boundsOfColumnsTellHowMuchOfThemIsKept() {
        assertThat(kept(BOUNDED, col("a").eq(7))).isEqualTo("50");
        assertThat(kept(BOUNDED, col("a").eq(21))).isEqualTo("0");
        assertThat(kept(BOUNDED, col("a").ne(7))).isEqualTo("950");
        assertThat(kept(BOUNDED, col("a").lt(1))).isEqualTo("0");
        assertThat(kept(BOUNDED, col("a").le(20))).isEqualTo("1,000");
        assertThat(kept(BOUNDED, col("a").gt(20))).isEqualTo("0");
        assertThat(kept(BOUNDED, col("a").ge(1))).isEqualTo("1,000");
        assertThat(kept(BOUNDED, lit(100).gt(col("a")))).isEqualTo("1,000");
        assertThat(kept(BOUNDED, col("s").eq("x"))).isEqualTo("100");
    }

    @Test
    void thereAreNoMoreGroupsThanKeysBetweenTheirBounds() {
        assertThat(groups(BOUNDED.groupBy("a").agg(count()))).isEqualTo("21");
        assertThat(groups(BOUNDED.filter(col("s").ne("x")).groupBy("a", "d").agg(count()))).isEqualTo("84");
        assertThat(groups(BOUNDED.groupBy("a", "s").agg(count()))).isEqualTo("100");
        assertThat(groups(BOUNDED.withColumns(col("a").plus(1).as("a")).groupBy("a").agg(count()))).isEqualTo("100");
    }

    private static String groups(DataFrame groups) {
        return groups.explain(Explain.OPTIMIZED).lines().skip(1).findFirst().orElseThrow()
                .replaceAll(".*about (.*) rows.*", "$1");
    }
}
