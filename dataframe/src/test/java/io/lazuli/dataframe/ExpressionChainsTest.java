package io.lazuli.dataframe;

import static io.lazuli.dataframe.Expressions.coalesce;
import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.greatest;
import static io.lazuli.dataframe.Expressions.lit;
import static io.lazuli.dataframe.Expressions.nullOf;
import static io.lazuli.dataframe.Expressions.sum;
import static io.lazuli.dataframe.Expressions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.error.LazuliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Operations called one on the other, again and again, take time and memory in proportion to their number: to build, to print, to
/// hash, to bind, to optimize and to evaluate.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExpressionChainsTest {
    private static final int LENGTH = 200;
    private static final DataType TENTHS = DataType.decimal(9, 1);

    @TempDir
    Path folder;

    private InlineEngine engine;
    private DataFrame frame;

    @BeforeEach
    void open() throws IOException {
        engine = new InlineEngine();
        Path file =
                Files.writeString(folder.resolve("t.csv"), "i,l,x,s\n1,5000000000,0.5,a\n,,,\n3,6000000000,-7.5,c\n");
        frame = DataFrame.readCsv(file.toString()).withEngine(engine);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private static Arguments chain(Expr start, UnaryOperator<Expr> step) {
        return Arguments.of(step.apply(start).toString(), start, step);
    }

    static Stream<Arguments> chains() {
        Expr i = col("i");
        Expr x = col("x");
        Expr s = col("s");
        return Stream.of(
                chain(i, e -> e.fillNull(1)),
                chain(s, e -> e.fillNull("b")),
                chain(i, e -> coalesce(e, lit(1))),
                chain(i, e -> coalesce(nullOf(DataType.INT), e)),
                chain(x, e -> e.fillNaN(0)),
                chain(i, e -> e.clip(0, 2)),
                chain(x, e -> e.clip(-1, 1)),
                chain(i, e -> lit(2).clip(e, lit(9))),
                chain(i, e -> lit(2).clip(lit(0), e)),
                chain(i, e -> e.nullIf(3)),
                chain(s, e -> e.nullIf("c")),
                chain(i, e -> e.plus(0).between(1, 2).cast(DataType.INT)),
                chain(col("l"), e -> e.cast(DataType.LONG).between(1, 2).cast(DataType.INT)),
                chain(i, e -> e.plus(0).between(lit(1), lit(2.5)).cast(DataType.INT)),
                chain(i, e -> e.plus(0).between(lit(1), lit(5_000_000_000L)).cast(DataType.INT)),
                chain(i, e -> e.plus(0).between(lit(1), lit(2).cast(TENTHS)).cast(DataType.INT)),
                chain(i, e -> lit("2020-01-01").cast(DataType.DATE).dt().plusDays(e)
                        .between(lit(LocalDate.of(2020, 1, 1)), lit(LocalDateTime.of(2021, 1, 1, 0, 0)))
                        .cast(DataType.INT)),
                chain(i, e -> e.in(1, 2, 3).cast(DataType.INT)),
                chain(i, e -> e.plus(0).in(1, 5_000_000_000L).cast(DataType.INT)),
                chain(i, e -> e.plus(0).replace(new long[] {1, 2, 2}, new long[] {2, 1, 7})),
                chain(s, e -> e.str().upper().in("A", "B").cast(DataType.UTF8)),
                chain(i, e -> e.in(1, 2, 3, 4, 5, 6, 7, 8, 9).cast(DataType.INT)),
                chain(i, e -> e.replace(new long[] {1, 2}, new long[] {2, 1})),
                chain(i, e -> greatest(e, lit(2))),
                chain(i, e -> e.tryCast(DataType.LONG)),
                chain(x, e -> e.round(1)),
                chain(s, e -> e.str().left(3)),
                chain(s, e -> e.str().right(3)),
                chain(s, e -> e.str().slice(-3)),
                chain(i.cast(DataType.LONG).times(lit(0)), e -> col("l").cast(DataType.LONG).nullIf(e)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("chains")
    void aLongChain(String name, Expr start, UnaryOperator<Expr> step) {
        Expr chain = start;
        Expr again = start;
        for (int n = 0; n < LENGTH; n++) {
            chain = step.apply(chain);
            again = step.apply(again);
        }
        assertThat(chain).isEqualTo(again).hasSameHashCodeAs(again);
        assertThat(chain.toString().length()).isLessThan(LENGTH * 200);
        assertThat(frame.select(chain.as("y")).explain().length()).isLessThan(LENGTH * 1000);
        assertThat(frame.select(chain.as("y")).compute().rowCount()).isEqualTo(3);
        assertThat(frame.filter(chain.isNull().or(chain.isNotNull())).count()).isEqualTo(3);
        assertThat(frame.groupBy(chain.as("y")).agg(sum("x")).compute().rowCount()).isBetween(1, 3);
    }

    @Test
    void aColumnThatDoublesInEachStepIsNotWrittenOutForAFilterAbove() {
        DataFrame doubled = frame;
        for (int n = 0; n < 40; n++) {
            doubled = doubled.withColumns(col("x").plus(col("x").times(col("x"))).as("x"));
        }
        assertThat(doubled.filter(col("x").gt(0)).explain()).isNotEmpty();
        assertThat(doubled.filter(col("x").isNull()).count()).isEqualTo(1);
    }

    /// What is computed once is what it was when it was written out.
    static Stream<Arguments> meanings() {
        Expr number = col("x").times(2);
        Expr whole = col("i").plus(1);
        Expr low = col("i").times(2);
        return Stream.of(
                Arguments.of(number.clip(low, col("l")),
                        when(number.lt(low)).then(low)
                                .when(number.gt(col("l")).and(number.isNaN().not())).then(col("l"))
                                .otherwise(number)),
                Arguments.of(number.clip(0, 1.5),
                        when(number.lt(0)).then(0).when(number.gt(1.5).and(number.isNaN().not())).then(1.5)
                                .otherwise(number)),
                Arguments.of(number.clip(5, -5),
                        when(number.lt(5)).then(5).when(number.gt(-5).and(number.isNaN().not())).then(-5)
                                .otherwise(number)),
                Arguments.of(number.fillNaN(low), when(number.isNaN()).then(low).otherwise(number)),
                Arguments.of(whole.fillNaN(lit(7)), whole),
                Arguments.of(number.nullIf(low), when(number.eq(low)).then(nullOf(DataType.FLOAT64)).otherwise(number)),
                Arguments.of(col("s").nullIf("c"),
                        when(col("s").eq("c")).then(nullOf(DataType.UTF8)).otherwise(col("s"))),
                Arguments.of(whole.between(low, col("l")), whole.ge(low).and(whole.le(col("l")))),
                Arguments.of(whole.between(lit(2), nullOf(DataType.INT)),
                        whole.ge(2).and(whole.le(nullOf(DataType.INT)))),
                Arguments.of(whole.between(lit(3), nullOf(DataType.INT)),
                        whole.ge(3).and(whole.le(nullOf(DataType.INT)))),
                Arguments.of(whole.between(lit(2), lit(3.5)), whole.ge(2).and(whole.le(3.5))),
                Arguments.of(whole.between(lit(1.5), col("l")), whole.ge(1.5).and(whole.le(col("l")))),
                Arguments.of(whole.between(lit(2).cast(TENTHS), lit(3.5)),
                        whole.ge(lit(2).cast(TENTHS)).and(whole.le(3.5))),
                Arguments.of(whole.in(2, 5_000_000_000L), whole.eq(2).or(whole.eq(5_000_000_000L))),
                Arguments.of(whole.in(2, 4), whole.eq(2).or(whole.eq(4))),
                Arguments.of(col("s").str().upper().in("A", "B"),
                        col("s").str().upper().eq("A").or(col("s").str().upper().eq("B"))),
                Arguments.of(coalesce(number.nullIf(1), low.nullIf(2), lit(-1)),
                        when(number.nullIf(1).isNull().not()).then(number.nullIf(1))
                                .when(low.nullIf(2).isNull().not()).then(low.nullIf(2)).otherwise(-1.0)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("meanings")
    void whatIsComputedOnce(Expr expression, Expr writtenOut) {
        DataFrame rows = frame.concat(frame.select(
                col("i"), col("l"), lit(Double.NaN).as("x"), col("s")));
        DataFrame both =
                rows.select(expression.as("a"), writtenOut.as("b")).filter(col("a").isNull().eq(col("b").isNull())
                        .and(coalesce(col("a").eq(col("b")), lit(true))));

        assertThat(both.count()).isEqualTo(6);
    }

    /// A constant that no value can be compared to has no form that could be hashed.
    @Test
    void aChainThatReplacesWhatCannotBeIsRefusedAtOnce() {
        Expr chain = col("i").cast(TENTHS);
        for (int n = 0; n < LENGTH; n++) {
            chain = chain.replace(new long[] {1, 1_000_000_000_000_000_000L}, new long[] {2, 3});
        }
        DataFrame replaced = frame.select(chain.as("y"));

        assertThatThrownBy(replaced::compute).isInstanceOf(LazuliException.class)
                .hasMessageContaining("1000000000000000000");
    }

    /// A value that cannot meet a bound fails only where that bound is asked for.
    @Test
    void whatMeetsBoundsOfTwoTypesFailsOnlyWhereItIsAsked() {
        Expr large = col("l").times(1_000_000_000);
        Expr within = large.between(lit(Long.MAX_VALUE), lit(2).cast(TENTHS));

        assertThat(frame.filter(within).count()).isZero();
        assertThatThrownBy(frame.filter(large.between(lit(0), lit(2).cast(TENTHS)))::count)
                .isInstanceOf(LazuliException.class)
                .hasMessageContaining("5000000000000000000");
    }

    @Test
    void whatOnlySomeRowsAskForFailsForTheseOnly() {
        Expr broken = col("s").cast(DataType.FLOAT64);

        assertThat(frame.filter(col("x").isNotNull()).select(coalesce(col("x"), broken).as("y"),
                col("x").fillNaN(broken).as("z")).count()).isEqualTo(2);
        assertThatThrownBy(() -> frame.select(coalesce(col("x").nullIf(0.5), broken).as("y")).compute())
                .hasMessageContaining("'a'");
    }
}
