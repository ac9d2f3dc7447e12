package io.lazuli.tests.oracle;

import static io.lazuli.dataframe.Expressions.all;
import static io.lazuli.dataframe.Expressions.any;
import static io.lazuli.dataframe.Expressions.approxCountDistinct;
import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.corr;
import static io.lazuli.dataframe.Expressions.count;
import static io.lazuli.dataframe.Expressions.countDistinct;
import static io.lazuli.dataframe.Expressions.covar;
import static io.lazuli.dataframe.Expressions.first;
import static io.lazuli.dataframe.Expressions.fold;
import static io.lazuli.dataframe.Expressions.fromEpochMicros;
import static io.lazuli.dataframe.Expressions.kurtosis;
import static io.lazuli.dataframe.Expressions.last;
import static io.lazuli.dataframe.Expressions.lit;
import static io.lazuli.dataframe.Expressions.max;
import static io.lazuli.dataframe.Expressions.maxBy;
import static io.lazuli.dataframe.Expressions.mean;
import static io.lazuli.dataframe.Expressions.median;
import static io.lazuli.dataframe.Expressions.min;
import static io.lazuli.dataframe.Expressions.minBy;
import static io.lazuli.dataframe.Expressions.product;
import static io.lazuli.dataframe.Expressions.quantile;
import static io.lazuli.dataframe.Expressions.sem;
import static io.lazuli.dataframe.Expressions.skew;
import static io.lazuli.dataframe.Expressions.std;
import static io.lazuli.dataframe.Expressions.sum;
import static io.lazuli.dataframe.Expressions.var;
import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.dataframe.Expr;
import io.lazuli.dataframe.internal.physical.Aggregation.Function;
import io.lazuli.dataframe.internal.plan.rule.RuleSet;
import io.lazuli.dataframe.io.CsvReadOptions;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.scheduler.EngineOptions;
import io.lazuli.scheduler.LocalEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every aggregate promises of partitions and workers. Whole numbers, decimals, durations, counts, extremes and ranks are the
/// same to the bit however rows are divided; floating sums are the same to the bit for one plan with any number of threads,
/// and within 2 n eps sum|x| however rows are divided.
///
/// A new function does not compile here until it says which of its forms promise what.
class AggregatePartitionsTest {
    private static final int ROWS = 20_000;
    private static final List<Integer> PARTITIONS = List.of(1, 2, 7, 20);
    private static final double EPSILON = Math.ulp(1.0);

    @TempDir
    static Path folder;

    /// The rows of group "total", and of each key.
    private static final Map<String, Group> GROUPS = new LinkedHashMap<>();

    /// Sums that tolerances are made of: over the values of `d` that are finite, and over pairs with `e`.
    private static final class Group {
        private long count;
        private double magnitudes;
        private double squares;
        private double otherSquares;

        /// 2 n eps
        private double error() {
            return 2 * count * EPSILON;
        }
    }

    /// A form of a function: over which column, and how far results may be apart where rows are divided otherwise.
    private record Call(Expr expr, ToDoubleFunction<Group> tolerance) {
        static Call exact(Expr expr) {
            return new Call(expr, group -> 0);
        }
    }

    private static List<Call> calls(Function function) {
        return switch (function) {
            case COUNT_ROWS -> List.of(Call.exact(count()));
            case COUNT -> of("ildmtb", c -> count(c));
            case SUM -> Stream.concat(of("ilbmp", c -> sum(c)).stream(),
                    Stream.of(new Call(sum("d"), g -> g.error() * g.magnitudes))).toList();
            case MEAN -> Stream.concat(of("ilb", c -> mean(c)).stream(),
                    Stream.of(new Call(mean("d"),
                            g -> g.error() * g.magnitudes / g.count + ulps(g.magnitudes / g.count))))
                    .toList();
            case MIN -> of("ildmtbpz", c -> min(c));
            case MAX -> of("ildmtbpz", c -> max(c));
            case FIRST -> of("ildmtbpz", c -> first(c));
            case LAST -> of("ildmtbpz", c -> last(c));
            case COUNT_DISTINCT -> of("ildmtbpz", c -> countDistinct(c));
            case MIN_BY -> of("ildmtbpz", c -> minBy(col(c), col("t")));
            case MAX_BY -> of("ildmtbpz", c -> maxBy(col("t"), col(c)));
            case APPROX_COUNT_DISTINCT -> of("ildmtbpz", c -> approxCountDistinct(c));
            case ANY -> of("b", c -> any(c));
            case ALL -> of("b", c -> all(c));
            case MEDIAN -> of("ild", c -> median(c));
            case QUANTILE -> of("ild", c -> quantile(c, 0.3));
            case VARIANCE -> List.of(new Call(var("d"), g -> 4 * g.error() * g.squares / g.count),
                    new Call(var("d", 0), g -> 4 * g.error() * g.squares / g.count));
            case STDDEV -> List.of(new Call(std("d"), g -> 4 * g.error() * Math.sqrt(g.squares / g.count)));
            case STANDARD_ERROR -> List.of(new Call(sem("d"),
                    g -> 4 * g.error() * Math.sqrt(g.squares) / g.count));
            // they are of the size of 1 and of 20
            case SKEWNESS -> List.of(new Call(skew("d"), g -> 8 * g.error()), new Call(skew("e"), g -> 8 * g.error()));
            case KURTOSIS -> List.of(new Call(kurtosis("d"), g -> 160 * g.error()));
            case COVARIANCE -> List.of(new Call(covar("d", "e"),
                    g -> 4 * g.error() * Math.sqrt(g.squares * g.otherSquares) / g.count));
            case CORRELATION -> List.of(new Call(corr("d", "e"), g -> 8 * g.error()));
            case FOLD -> List.of(Call.exact(fold(Marked.class, new Best(Long.MIN_VALUE, 0),
                    (best, row) -> best.with(row.l(), 1), (left, right) -> left.with(right.value(), right.count()),
                    String.class, best -> best.toString())));
            case PRODUCT -> List.of(new Call(product("f"), g -> 2 * g.error()));
        };
    }

    /// Two columns of the rows; where `i` is null they are left out.
    record Marked(int i, long l) {}

    record Best(long value, long count) {
        Best with(long other, long more) {
            return new Best(Math.max(value, other), count + more);
        }
    }

    private static double ulps(double value) {
        return 2 * Math.ulp(value);
    }

    private static List<Call> of(String columns, java.util.function.Function<String, Expr> function) {
        return Arrays.stream(columns.split("")).map(column -> Call.exact(function.apply(column))).toList();
    }

    @BeforeAll
    static void writeRows() throws IOException {
        SplittableRandom random = new SplittableRandom(11);
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            rows.add(row(row, random));
        }
        for (int partitions : PARTITIONS) {
            Path files = Files.createDirectory(folder.resolve("p" + partitions));
            int[] cuts = random.ints(partitions - 1L, 0, ROWS).sorted().toArray();
            for (int p = 0; p < partitions; p++) {
                // the second of many is empty
                int start = p == 0 ? 0 : p == 1 && partitions > 2 ? cuts[1] : cuts[p - 1];
                int end = p == partitions - 1 ? ROWS : p == 0 && partitions > 2 ? cuts[1] : cuts[p];
                List<String> lines = new ArrayList<>(List.of("g,i,l,d,e,f,m,t,b,p,z"));
                lines.addAll(rows.subList(start, Math.max(start, end)));
                Files.write(files.resolve("part-%02d.csv".formatted(p)), lines);
            }
        }
    }

    /// A key, then a value of each type, some of them null; `z` has zeros of both signs and NaN.
    private static String row(int row, SplittableRandom random) {
        String key = switch (random.nextInt(6)) {
            case 0 -> "";
            case 1 -> "hot " + row / 5_000;
            default -> "hot";
        };
        double d = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(-6, 7));
        double e = random.nextDouble() + d / 7;
        boolean isNull = random.nextInt(10) == 0;
        for (String name : List.of("total", key)) {
            Group group = GROUPS.computeIfAbsent(name, ignored -> new Group());
            group.count++;
            group.magnitudes += isNull ? 0 : Math.abs(d);
            group.squares += isNull ? 0 : d * d;
            group.otherSquares += isNull ? 0 : e * e;
        }
        return String.join(",", key, isNull ? "" : Integer.toString(random.nextInt(-1000, 1000)),
                Long.toString(random.nextLong(-1L << 49, 1L << 49)), isNull ? "" : Double.toString(d),
                Double.toString(e), Double.toString(1 + random.nextInt(-8, 9) * 0x1p-14),
                random.nextInt(-99_999, 99_999) + ".25", isNull ? "" : "text " + random.nextInt(300),
                Boolean.toString(random.nextInt(3) > 0), Long.toString(random.nextLong(-1L << 40, 1L << 40)),
                List.of("0.0", "-0.0", "NaN", "0.0").get(random.nextInt(4)));
    }

    private static DataFrame rows(int partitions) {
        CsvReadOptions options = CsvReadOptions.DEFAULTS.withType("g", DataType.UTF8).withType("i", DataType.INT)
                .withType("l", DataType.LONG).withType("d", DataType.FLOAT64).withType("e", DataType.FLOAT64)
                .withType("f", DataType.FLOAT64).withType("m", DataType.UTF8).withType("t", DataType.UTF8)
                .withType("b", DataType.BOOL).withType("p", DataType.LONG).withType("z", DataType.FLOAT64);
        return DataFrame.readCsv(folder.resolve("p" + partitions).toString(), options).withColumns(
                col("m").cast(DataType.decimal(9, 2)).as("m"),
                fromEpochMicros(col("p")).minus(lit(LocalDateTime.of(1970, 1, 1, 0, 0))).as("p"));
    }

    @ParameterizedTest
    @EnumSource(Function.class)
    void resultsDependOnNeitherPartitionsNorThreads(Function function) {
        List<Call> calls = calls(function);
        Expr[] exprs = new Expr[calls.size()];
        Arrays.setAll(exprs, i -> calls.get(i).expr().as("a" + i));
        for (boolean isGrouped : List.of(true, false)) {
            Map<String, Object[]> undivided = Map.of();
            for (int partitions : PARTITIONS) {
                DataFrame rows = rows(partitions);
                DataFrame frame = isGrouped ? rows.groupBy("g").agg(exprs) : rows.agg(exprs);
                Map<String, Object[]> results = results(frame, 1, isGrouped);
                for (int threads : List.of(2, 4)) {
                    check(results(frame, threads, isGrouped), results, calls, true);
                }
                if (partitions == 1) {
                    undivided = results;
                }
                check(results, undivided, calls, false);
            }
        }
    }

    private static Map<String, Object[]> results(DataFrame frame, int threads, boolean isGrouped) {
        Map<String, Object[]> results = new LinkedHashMap<>();
        try (LocalEngine engine = LocalEngine.open(EngineOptions.defaults().withThreads(threads))) {
            for (Object[] row : FrameRun.of(frame, engine, RuleSet.DEFAULT).rows()) {
                String key = !isGrouped ? "total" : row[0] == null ? "" : (String) row[0];
                results.put(key, isGrouped ? Arrays.copyOfRange(row, 1, row.length) : row);
            }
        }
        return results;
    }

    private static void check(
            Map<String, Object[]> found, Map<String, Object[]> expected, List<Call> calls, boolean isOnePlan) {
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        expected.forEach((key, cells) -> {
            for (int c = 0; c < cells.length; c++) {
                double tolerance = isOnePlan ? 0 : calls.get(c).tolerance().applyAsDouble(GROUPS.get(key));
                String place = calls.get(c).expr() + " of group '" + key + "'";
                if (tolerance == 0) {
                    // boxed doubles are equal if their bits are
                    assertThat(found.get(key)[c]).as(place).isEqualTo(cells[c]);
                } else {
                    double difference = Math.abs((Double) found.get(key)[c] - (Double) cells[c]);
                    assertThat(difference).as(place).isLessThanOrEqualTo(tolerance);
                }
            }
        });
    }
}
