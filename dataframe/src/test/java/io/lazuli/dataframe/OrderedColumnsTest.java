package io.lazuli.dataframe;

import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.count;
import static io.lazuli.dataframe.Expressions.lit;
import static io.lazuli.dataframe.Expressions.rowIndex;
import static io.lazuli.dataframe.Expressions.rowsAfter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Columns that depend on the order of rows are the same over any partitions, and what a loop over a list computes.
class OrderedColumnsTest {
    private static final int TEXT = 0;
    private static final int NUMBER = 1;
    private static final int REAL = 2;
    private static final int FLAG = 3;

    @Property(tries = 120)
    void cumulativeColumns_equalALoop(
            @ForAll("rows") List<List<Object>> rows, @ForAll("partitionCounts") int partitionCount) {
        assertColumns(rows, partitionCount, List.of(
                col("n").cumulative().sum().as("sum"),
                col("n").cumulative().product().as("product"),
                col("n").cumulative().min().as("min"),
                col("n").cumulative().max().as("max"),
                col("n").cumulative().count().as("count"),
                col("r").cumulative().sum().as("real sum"),
                col("r").cumulative().product().as("real product"),
                col("r").cumulative().min().as("real min"),
                col("r").cumulative().max().as("real max"),
                col("t").cumulative().min().as("text min"),
                col("t").cumulative().max().as("text max"),
                col("f").cumulative().max().as("flag max")),
                List.of(
                        running(rows, NUMBER, (a, b) -> (Long) a + (Long) b, 0L),
                        running(rows, NUMBER, (a, b) -> (Long) a * (Long) b, 1L),
                        running(rows, NUMBER, (a, b) -> Math.min((Long) a, (Long) b), null),
                        running(rows, NUMBER, (a, b) -> Math.max((Long) a, (Long) b), null),
                        counts(rows, NUMBER),
                        running(rows, REAL, (a, b) -> (Double) a + (Double) b, 0.0),
                        running(rows, REAL, (a, b) -> (Double) a * (Double) b, 1.0),
                        running(rows, REAL, (a, b) -> Double.compare((Double) a, (Double) b) <= 0 ? a : b, null),
                        running(rows, REAL, (a, b) -> Double.compare((Double) a, (Double) b) >= 0 ? a : b, null),
                        running(rows, TEXT, (a, b) -> ((String) a).compareTo((String) b) <= 0 ? a : b, null),
                        running(rows, TEXT, (a, b) -> ((String) a).compareTo((String) b) >= 0 ? a : b, null),
                        running(rows, FLAG, (a, b) -> (Boolean) a || (Boolean) b, null)));
    }

    @Property(tries = 120)
    void fillsAndShifts_equalALoop(
            @ForAll("rows") List<List<Object>> rows,
            @ForAll("partitionCounts") int partitionCount,
            @ForAll @IntRange(min = -45, max = 45) int near,
            @ForAll @IntRange(min = -5, max = 5) int far) {
        List<List<Object>> numbered = IntStream.range(0, rows.size()).mapToObj(i -> List.<Object>of((long) i)).toList();
        assertColumns(rows, partitionCount, List.of(
                col("t").forwardFill().as("text forward"),
                col("t").backwardFill().as("text backward"),
                col("r").forwardFill().as("real forward"),
                col("f").backwardFill().as("flag backward"),
                col("t").shift(near).as("text shifted"),
                col("n").shift(near).as("shifted"),
                col("n").shift(-near).as("shifted back"),
                col("f").shift(far).as("flag shifted"),
                col("n").shift(far, lit(100)).as("filled"),
                col("n").diff(near).as("difference"),
                rowIndex().as("index"),
                rowsAfter().as("after")),
                List.of(
                        forward(rows, TEXT),
                        backward(rows, TEXT),
                        forward(rows, REAL),
                        backward(rows, FLAG),
                        shifted(rows, TEXT, near, null),
                        shifted(rows, NUMBER, near, null),
                        shifted(rows, NUMBER, -near, null),
                        shifted(rows, FLAG, far, null),
                        shifted(rows, NUMBER, far, 100L),
                        differences(column(rows, NUMBER), shifted(rows, NUMBER, near, null)),
                        column(numbered, 0),
                        column(numbered, 0).reversed()));
    }

    /// Runs of nulls go over partitions, some of which have nothing else.
    @Property(tries = 120)
    void limitedFills_equalALoop(
            @ForAll("sparseRows") List<List<Object>> rows,
            @ForAll("partitionCounts") int partitionCount,
            @ForAll @IntRange(min = 1, max = 12) int limit) {
        assertColumns(rows, partitionCount, List.of(
                col("t").forwardFill(limit).as("text forward"),
                col("t").backwardFill(limit).as("text backward"),
                col("n").forwardFill(limit),
                rowIndex().as("index"),
                col("n").backwardFill(1).as("one backward"),
                col("n").forwardFill().as("all forward"),
                col("r").forwardFill(Long.MAX_VALUE).as("real forward"),
                col("f").backwardFill(limit).as("flag backward")),
                List.of(
                        filled(column(rows, TEXT), limit),
                        filled(column(rows, TEXT).reversed(), limit).reversed(),
                        filled(column(rows, NUMBER), limit),
                        LongStream.range(0, rows.size()).mapToObj(n -> (Object) n).toList(),
                        filled(column(rows, NUMBER).reversed(), 1).reversed(),
                        filled(column(rows, NUMBER)),
                        filled(column(rows, REAL)),
                        filled(column(rows, FLAG).reversed(), limit).reversed()));
    }

    private static void assertColumns(
            List<List<Object>> rows, int partitionCount, List<Expr> columns, List<List<Object>> expected) {
        try (InlineEngine engine = new InlineEngine()) {
            DataFrame frame = frame(rows, partitionCount, engine).select(columns.toArray(Expr[]::new));
            List<List<Object>> found = Results.rows(frame);
            assertThat(found).hasSameSizeAs(rows);
            for (int c = 0; c < columns.size(); c++) {
                assertThat(column(found, c)).as(columns.get(c).toString()).isEqualTo(expected.get(c));
            }
        }
    }

    private static DataFrame frame(List<List<Object>> rows, int partitionCount, InlineEngine engine) {
        return FakeSource.of("rows.csv", "t: UTF8", "n: LONG", "r: FLOAT64", "f: BOOL")
                .withRows(rows)
                .inPartitions(partitionCount)
                .frame(engine);
    }

    private static List<Object> column(List<List<Object>> rows, int column) {
        return rows.stream().map(row -> row.get(column)).collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
    }

    /// Null where the value is null; goes on behind it.
    private static List<Object> running(
            List<List<Object>> rows, int column, BinaryOperator<Object> operator, Object start) {
        List<Object> result = new ArrayList<>();
        Object total = start;
        for (Object value : column(rows, column)) {
            if (value != null) {
                total = total == null ? value : operator.apply(total, value);
            }
            result.add(value == null ? null : total);
        }
        return result;
    }

    private static List<Object> counts(List<List<Object>> rows, int column) {
        List<Object> values = column(rows, column);
        return IntStream.rangeClosed(1, rows.size())
                .mapToObj(end -> (Object) values.subList(0, end).stream().filter(Objects::nonNull).count())
                .toList();
    }

    private static List<Object> forward(List<List<Object>> rows, int column) {
        return filled(column(rows, column));
    }

    private static List<Object> backward(List<List<Object>> rows, int column) {
        return filled(column(rows, column).reversed()).reversed();
    }

    private static List<Object> filled(List<Object> values) {
        List<Object> result = new ArrayList<>();
        for (Object value : values) {
            result.add(value != null || result.isEmpty() ? value : result.getLast());
        }
        return result;
    }

    /// Value by value: how many nulls were filled since the last one that was given.
    private static List<Object> filled(List<Object> values, int limit) {
        List<Object> result = new ArrayList<>();
        Object last = null;
        int filled = 0;
        for (Object value : values) {
            filled = value == null ? filled + 1 : 0;
            last = value == null ? last : value;
            result.add(filled <= limit ? last : null);
        }
        return result;
    }

    private static List<Object> shifted(List<List<Object>> rows, int column, int distance, Object fill) {
        List<Object> result = new ArrayList<>(Collections.nCopies(rows.size(), fill));
        for (int row = Math.max(0, distance); row < rows.size() + Math.min(0, distance); row++) {
            result.set(row, rows.get(row - distance).get(column));
        }
        return result;
    }

    private static List<Object> differences(List<Object> left, List<Object> right) {
        List<Object> result = new ArrayList<>();
        for (int row = 0; row < left.size(); row++) {
            boolean isNull = left.get(row) == null || right.get(row) == null;
            result.add(isNull ? null : (Long) left.get(row) - (Long) right.get(row));
        }
        return result;
    }

    @Provide
    Arbitrary<List<List<Object>>> rows() {
        return rows(0.4);
    }

    @Provide
    Arbitrary<List<List<Object>>> sparseRows() {
        return rows(0.85);
    }

    private static Arbitrary<List<List<Object>>> rows(double nulls) {
        Arbitrary<Object> texts =
                Arbitraries.of("", "a", "ab", "a text longer than a view", "b").map(t -> (Object) t).injectNull(nulls);
        Arbitrary<Object> numbers = Arbitraries.longs().between(-2, 2).map(n -> (Object) n).injectNull(nulls);
        Arbitrary<Object> reals =
                Arbitraries.of(-2.0, -1.0, 0.0, 1.0, 2.0, 3.0, Double.NaN).map(n -> (Object) n).injectNull(nulls);
        Arbitrary<Object> flags = Arbitraries.of(true, false).map(f -> (Object) f).injectNull(nulls);
        return Combinators.combine(texts, numbers, reals, flags).as((t, n, r, f) -> Arrays.asList(t, n, r, f)).list()
                .ofMaxSize(40);
    }

    @Provide
    Arbitrary<Integer> partitionCounts() {
        return Arbitraries.of(1, 2, 7, 60);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void manyBatchesJoinUp(int partitionCount) {
        List<List<Object>> rows = IntStream.range(0, 20_000)
                .mapToObj(i -> Arrays.<Object>asList(i % 5_000 == 3 ? "text number " + i : null, (long) i, 0.5,
                        i == 9_999))
                .toList();
        try (InlineEngine engine = new InlineEngine()) {
            List<List<Object>> found = Results.rows(frame(rows, partitionCount, engine)
                    .select(
                            col("n").cumulative().sum().as("sum"), col("n").shift(9_000).as("before"),
                            col("n").shift(-4_097).as("behind"), col("t").forwardFill(),
                            col("t").cumulative().max().as("max"),
                            col("f").cumulative().max().as("flag"))
                    .filter(col("sum").remainder(1_000).eq(0).or(col("before").eq(7))));
            List<List<Object>> expected = new ArrayList<>();
            for (long n = 0, sum = 0; n < 20_000; sum += ++n) {
                if (sum % 1_000 == 0 || n == 9_007) {
                    Object before = n < 9_000 ? null : n - 9_000;
                    Object behind = n + 4_097 < 20_000 ? n + 4_097 : null;
                    Object text = n < 3 ? null : "text number " + ((n - 3) / 5_000 * 5_000 + 3);
                    Object max = n % 5_000 != 3 ? null : text;
                    expected.add(Arrays.asList(sum, before, behind, text, max, n >= 9_999));
                }
            }
            assertThat(found).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 50})
    void limitsReachOverBatchesAndPartitions(int partitionCount) {
        List<List<Object>> rows = IntStream.range(0, 20_000)
                .mapToObj(i -> Arrays.<Object>asList("t", i % 10_000 == 3 ? (Object) (long) i : null, 0.5, true))
                .toList();
        try (InlineEngine engine = new InlineEngine()) {
            DataFrame frame = frame(rows, partitionCount, engine)
                    .select(col("n").forwardFill(9_000).as("forward"), col("n").backwardFill(4_500).as("backward"));
            List<List<Object>> expected = new ArrayList<>();
            for (long i = 0; i < 20_000; i++) {
                Object forward = i < 3 || (i - 3) % 10_000 > 9_000 ? null : (i - 3) / 10_000 * 10_000 + 3;
                long next = (i + 9_996) / 10_000 * 10_000 + 3;
                Object backward = next - i > 4_500 || next >= 20_000 ? null : next;
                expected.add(Arrays.asList(forward, backward));
            }
            assertThat(Results.rows(frame)).isEqualTo(expected);
        }
    }

    @Test
    void limitsOfFillsAreSaidAndChecked() {
        try (InlineEngine engine = new InlineEngine()) {
            DataFrame frame = frame(List.of(), 1, engine);
            Expr filled = col("n").forwardFill(2);

            assertThat(filled).hasToString("col(\"n\").forwardFill(2)").isNotEqualTo(col("n").forwardFill());
            assertThat(col("n").backwardFill(1L << 40)).hasToString("col(\"n\").backwardFill(1099511627776L)");
            assertThat(frame.select(filled, col("t").backwardFill(1), col("r").forwardFill()).explain()).contains(
                    "ordered fill forward of n up to 2, fill backward of t up to 1, fill forward of r");
            assertThatThrownBy(() -> col("n").forwardFill(0))
                    .isInstanceOf(LazuliException.class)
                    .hasMessage(
                            "forwardFill(0): the limit is how many nulls in a row are filled, so it must be at least 1. Leave it out to fill all.")
                    .extracting(e -> ((LazuliException) e).code())
                    .isEqualTo(ErrorCode.USER);
            assertThatThrownBy(() -> frame.backwardFill(-3, "n"))
                    .hasMessage(
                            "backwardFill(-3): the limit is how many nulls in a row are filled, so it must be at least 1. Leave it out to fill all.");
            assertThatThrownBy(() -> frame.groupBy("t").agg(count()).forwardFill(2, "count"))
                    .hasMessage(
                            "col(\"count\").forwardFill(2) needs rows in an order, but those of the groups of rows.csv come in none. Sort them first: .sort(...).");
        }
    }

    @Test
    void aSumThatOverflowsBetweenPartitionsFailsWhereItDoes() {
        List<List<Object>> rows = IntStream.of(1, 1, -1, -1)
                .mapToObj(sign -> Arrays.<Object>asList("t", sign * (Long.MAX_VALUE / 2 + 1), 1.0, true))
                .toList();
        try (InlineEngine engine = new InlineEngine()) {
            for (int partitions : new int[] {1, 2, 4}) {
                DataFrame frame = frame(rows, partitions, engine).select(col("n").cumulative().sum().as("sum"));
                assertThatThrownBy(() -> Results.rows(frame))
                        .hasMessage(
                                "Overflow: the running sum 4611686018427387904 + 4611686018427387904 does not fit LONG. Cast an operand to FLOAT64.");
            }
            // the second half alone goes below the least LONG by one, but not from where it starts
            List<List<Object>> fits = List.of(rows.get(0), rows.get(2), rows.get(2), rows.get(2));
            assertThat(Results.rows(frame(fits, 2, engine).select(col("n").cumulative().sum().as("sum"))))
                    .containsExactly(List.of(1L << 62), List.of(0L), List.of(-1L << 62), List.of(Long.MIN_VALUE));
        }
    }

    @Test
    void whatGivesNoOrderIsRefused() {
        try (InlineEngine engine = new InlineEngine()) {
            DataFrame frame = frame(List.of(), 2, engine);
            DataFrame groups = frame.groupBy("t").agg(count());
            assertThatThrownBy(() -> groups.filter(col("count").gt(1)).withColumns(col("count").shift(1).as("x")))
                    .hasMessage(
                            "col(\"count\").shift(1) needs rows in an order, but those of the groups of rows.csv come in none. Sort them first: .sort(...).");
            assertThatThrownBy(() -> frame.join(groups).on("t").select(rowIndex().as("x")))
                    .hasMessage(
                            "rowIndex() needs rows in an order, but those of the join of rows.csv and rows.csv come in none. Sort them first: .sort(...).");
            assertThat(groups.sort("t").withColumns(col("count").cumulative().sum().as("x")).count()).isZero();
        }
    }

    @Test
    void misplacedCallsSayWhereTheyBelong() {
        try (InlineEngine engine = new InlineEngine()) {
            DataFrame frame = frame(List.of(), 1, engine);
            assertThatThrownBy(() -> frame.filter(col("n").cumulative().sum().gt(3)))
                    .hasMessage(
                            "col(\"n\").cumulative().sum() depends on the order of all rows, so it stands only in select(...) and withColumns(...). Make it a column there, such as .withColumns(col(\"n\").cumulative().sum().as(\"x\")), and use col(\"x\").");
            assertThatThrownBy(() -> frame.select(col("n").diff().cumulative().sum().as("x")))
                    .hasMessage(
                            "col(\"n\").minus(col(\"n\").shift(1)).cumulative().sum() holds another value that depends on the order of rows, col(\"n\").shift(1). Make the inner one a column first: .withColumns(col(\"n\").shift(1).as(\"x\")).");
            assertThatThrownBy(() -> frame.select(col("t").cumulative().sum().as("x")))
                    .hasMessage("col(\"t\").cumulative().sum() needs a number, but col(\"t\") is UTF8.");
            assertThatThrownBy(() -> frame.select(col("n").shift(2)))
                    .hasMessage(
                            "Expression col(\"n\").shift(2) has no name of its own. Give it one: col(\"n\").shift(2).as(\"...\").");
        }
    }
}
