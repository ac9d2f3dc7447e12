package io.lazuli.dataframe.internal.lowering;

import static io.lazuli.dataframe.Expressions.col;
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

    private static String kept(Expr predicate) {
        String filter = TABLE.filter(predicate)
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
}
