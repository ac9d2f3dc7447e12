package io.lazuli.dataframe;

import static io.lazuli.dataframe.Expressions.coalesce;
import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.count;
import static io.lazuli.dataframe.Expressions.countDistinct;
import static io.lazuli.dataframe.Expressions.lit;
import static io.lazuli.dataframe.Expressions.max;
import static io.lazuli.dataframe.Expressions.sum;
import static io.lazuli.dataframe.Expressions.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.internal.column.TestColumns;
import io.lazuli.dataframe.internal.lowering.Lowering;
import io.lazuli.dataframe.internal.lowering.Measurements;
import io.lazuli.dataframe.internal.lowering.Sizing;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.dataframe.internal.plan.rule.Optimizer;
import io.lazuli.dataframe.internal.plan.rule.Rule;
import io.lazuli.dataframe.internal.plan.rule.RuleSet;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.memory.Block;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.Table;

/// Rules never change a result: random chains of calls over random tables give the same rows with and without them, whatever the
/// number of partitions.
class OptimizedPlansTest {
    /// One call, on a frame with the columns k (UTF8), a (LONG) and b (LONG); it gives these columns again.
    private enum Step {
        FILTER_KEY {
            @Override
            DataFrame on(DataFrame frame, DataFrame other) {
                return frame.filter(col("k").ne("x"));
            }
        },
        FILTER_VALUE {
            @Override
            DataFrame on(DataFrame frame, DataFrame other) {
                return frame.filter(col("a").gt(0).or(col("b").isNull()));
            }
        },
        FILTER_COMPUTED {
            @Override
            DataFrame on(DataFrame frame, DataFrame other) {
                return frame.filter(col("a").plus(col("b")).le(3).and(col("b").ne(2)));
            }
        },
        FILTER_ALTERNATIVES {
            @Override
            DataFrame on(DataFrame frame, DataFrame other) {
                return frame.filter(col("k").eq("y")
                        .and(col("a").gt(0))
                        .or(col("k").eq("y").and(col("b").isNull())));
            }
        },
        FILTER_PREFIX {
            @Override
            DataFrame on(DataFrame frame, DataFrame other) {
                return frame.filter(col("k").str().startsWith("a key"));
            }
        },
        FILTER_CONSTANT {
            @Override
            DataFrame on(DataFrame frame, DataFrame other) {
                Expr isTrue = lit(1).plus(1).eq(lit("2").cast(DataType.LONG));
                return frame.filter(isTrue.and(col("a").le(1).not().not()).or(col("b").eq(lit(3).modulo(2)).not()));
            }
        },
        COMPUTE_CONSTANT {
            @Override
            DataFrame on(DataFrame frame, DataFrame other) {
                return frame.withColumns(
                        when(lit("x").str().upper().eq("X")).then(col("a")).otherwise(col("b").plus(Long.MAX_VALUE))
                                .as("a"),
                        when(col("b").isNull()).then(lit("3").cast(DataType.LONG)).otherwise(col("b")).as("b"));
            }
        },
        COMPUTE {
            @Override
            DataFrame on(DataFrame frame, DataFrame other) {
                return frame.withColumns(col("b").as("a"), coalesce(col("a"), lit(0)).plus(1).as("b"));
            }
        },
        REORDER {
            @Override
            DataFrame on(DataFrame frame, DataFrame other) {
                return frame.select(col("b").as("a"), col("a").as("b"), col("k")).select("k", "a", "b");
            }
        },
        GROUP {
            @Override
            DataFrame on(DataFrame frame, DataFrame other) {
                return frame.groupBy("k").agg(sum("a").as("a"), count().plus(coalesce(max("b"), lit(0))).as("b"));
            }
        },
        GROUP_DISTINCT {
            @Override
            DataFrame on(DataFrame frame, DataFrame other) {
                return frame.groupBy("k").dropNullKeys().agg(countDistinct("a").as("a"), max("b").as("b"));
            }
        },
        TOP {
            @Override
            DataFrame on(DataFrame frame, DataFrame other) {
                return frame.groupBy("k").top(2, col("b").desc().nullsFirst(), col("a").asc());
            }
        },
        LAST_OF_GROUPS {
            @Override
            DataFrame on(DataFrame frame, DataFrame other) {
                return frame.sort("a", "b", "k").groupBy("k").tail(2);
            }
        },
        DISTINCT {
            @Override
            DataFrame on(DataFrame frame, DataFrame other) {
                return frame.distinct();
            }
        },
        GROUP_BY_MORE {
            @Override
            DataFrame on(DataFrame frame, DataFrame other) {
                return frame.groupBy("a", "k").agg(sum("b").as("b")).select("k", "a", "b");
            }
        },
        COUNT {
            @Override
            DataFrame on(DataFrame frame, DataFrame other) {
                return frame.agg(count().as("a"), count().as("b")).select(lit("x").as("k"), col("a"), col("b"));
            }
        },
        JOIN {
            @Override
            DataFrame on(DataFrame frame, DataFrame other) {
                return frame.select("k", "a").join(other.select("k", "b")).on("k");
            }
        },
        LEFT_JOIN {
            @Override
            DataFrame on(DataFrame frame, DataFrame other) {
                return frame.select("k", "a").leftJoin(other.drop("a")).on("k");
            }
        },
        RIGHT_JOIN {
            @Override
            DataFrame on(DataFrame frame, DataFrame other) {
                return frame.select("k", "a").rightJoin(other.drop("a")).on("k");
            }
        },
        FULL_JOIN {
            @Override
            DataFrame on(DataFrame frame, DataFrame other) {
                return frame.select("k", "a").fullJoin(other.drop("a")).on("k");
            }
        },
        SEMI_JOIN {
            @Override
            DataFrame on(DataFrame frame, DataFrame other) {
                return frame.semiJoin(other).leftOn("a").rightOn("b");
            }
        },
        ANTI_JOIN {
            @Override
            DataFrame on(DataFrame frame, DataFrame other) {
                return frame.antiJoin(other).on("k", "a");
            }
        },
        CROSS_JOIN {
            @Override
            DataFrame on(DataFrame frame, DataFrame other) {
                return frame.sort("k", "a", "b").limit(2).select("k", "a")
                        .crossJoin(other.select("b").sort("b").limit(1));
            }
        },
        SORT {
            @Override
            DataFrame on(DataFrame frame, DataFrame other) {
                return frame.sort(col("b").desc(), col("a").asc(), col("k").asc());
            }
        },
        SORT_KEY {
            @Override
            DataFrame on(DataFrame frame, DataFrame other) {
                return frame.sort("k");
            }
        },
        LIMIT_ALL {
            @Override
            DataFrame on(DataFrame frame, DataFrame other) {
                return frame.limit(1_000_000);
            }
        },
        FIRST {
            @Override
            DataFrame on(DataFrame frame, DataFrame other) {
                return frame.sort(col("k").asc(), col("a").desc().nullsFirst(), col("b").asc()).limit(3);
            }
        },
        LAST {
            @Override
            DataFrame on(DataFrame frame, DataFrame other) {
                return frame.sort(col("b").asc(), col("a").desc(), col("k").asc()).tail(3);
            }
        },
        ORDERED {
            @Override
            DataFrame on(DataFrame frame, DataFrame other) {
                return frame.sort("k", "a", "b")
                        .withColumns(col("b").shift(1).as("a"), col("a").plus(1).cumulative().max().as("b"));
            }
        },
        MAP_OVERLAP {
            @Override
            DataFrame on(DataFrame frame, DataFrame other) {
                return frame.sort("k", "a", "b").mapOverlap(frame.schema(), 1, 2, OptimizedPlansTest::neighbours);
            }
        },
        CONCAT {
            @Override
            DataFrame on(DataFrame frame, DataFrame other) {
                return frame.concat(other.select("b", "k", "a"));
            }
        },
        REPARTITION {
            @Override
            DataFrame on(DataFrame frame, DataFrame other) {
                return frame.repartition(2);
            }
        };

        abstract DataFrame on(DataFrame frame, DataFrame other);
    }

    /// In place of a, what b is in the row before; in place of b, what a is in the row after the next.
    private static Table neighbours(Table table) {
        return Table.create(table.column("k"), shifted(table.longColumn("b"), -1, "a"),
                shifted(table.longColumn("a"), 2, "b"));
    }

    private static LongColumn shifted(LongColumn column, int rows, String name) {
        LongColumn shifted = LongColumn.create(name, column.size());
        for (int row = Math.max(0, -rows); row < column.size() - Math.max(0, rows); row++) {
            shifted.set(row, column.getLong(row + rows));
        }
        return shifted;
    }

    @Property(tries = 300)
    void rulesKeepTheRows(
            @ForAll("rows") List<List<Object>> left,
            @ForAll("rows") List<List<Object>> right,
            @ForAll("steps") List<Step> steps,
            @ForAll("partitionCounts") int partitionCount) {
        DataFrame plain = chain(left, right, steps, 1, 1 << 30);
        DataFrame partitioned = chain(left, right, steps, partitionCount, partitionCount % 2 == 0 ? 1 << 30 : 10);

        List<List<Object>> expected = rows(plain.plan(), List.of());

        assertThat(rows(plain.plan(), RuleSet.DEFAULT)).as(plain.explain()).isEqualTo(expected);
        assertThat(rows(partitioned.plan(), RuleSet.DEFAULT)).as(partitioned.explain()).isEqualTo(expected);
    }

    /// No rule leans on another, and none finds anything in what it made.
    @Property(tries = 100)
    void eachRuleAloneKeepsTheRowsAndComesToAnEnd(
            @ForAll("rows") List<List<Object>> left,
            @ForAll("rows") List<List<Object>> right,
            @ForAll("steps") List<Step> steps) {
        DataFrame frame = chain(left, right, steps, 2, 10);
        List<List<Object>> expected = rows(frame.plan(), List.of());

        for (Rule rule : RuleSet.DEFAULT) {
            LogicalPlan better = Optimizer.optimize(frame.plan(), List.of(rule)).plan();

            assertThat(better.schema()).as(rule.name()).isEqualTo(frame.plan().schema());
            assertThat(better.nodes().filter(node -> rule.apply(node).isPresent())).as(rule.name()).isEmpty();
            assertThat(rows(better, List.of())).as(rule.name()).isEqualTo(expected);
        }
    }

    /// Whatever is taken for small, and however many slices become one.
    @Property(tries = 200)
    void measuringKeepsTheRows(
            @ForAll("rows") List<List<Object>> left,
            @ForAll("rows") List<List<Object>> right,
            @ForAll("steps") List<Step> steps,
            @ForAll("partitionCounts") int partitionCount,
            @ForAll("sizings") Sizing sizing) {
        DataFrame plain = chain(left, right, steps, 1, 1 << 30);
        LogicalPlan partitioned = chain(left, right, steps, partitionCount, 10).plan();

        List<List<Object>> expected = rows(plain.plan(), List.of());

        assertThat(measuredRows(Optimizer.optimize(partitioned, RuleSet.DEFAULT).plan(), sizing)).isEqualTo(expected);
    }

    private static List<List<Object>> measuredRows(LogicalPlan plan, Sizing sizing) {
        List<List<Object>> rows = new ArrayList<>();
        try (InlineEngine engine = new InlineEngine();
                Stages stages = new Stages(
                        plan, Optional.empty(), engine, JobOptions.DEFAULTS, Measurements.none(sizing));
                Job job = stages.submit(stages.prepare())) {
            take(job, rows);
        }
        return Results.sorted(rows);
    }

    private static void take(Job job, List<List<Object>> rows) {
        for (int partition = 0; partition < job.partitionCount(); partition++) {
            Block block = job.take(partition);
            rows.addAll(TestColumns.rows(block));
            block.release();
        }
    }

    private static DataFrame chain(
            List<List<Object>> left, List<List<Object>> right, List<Step> steps, int partitionCount, long bytes) {
        DataFrame frame = table("left", left, partitionCount, bytes);
        DataFrame other = table("right", right, partitionCount, bytes);
        for (Step step : steps) {
            frame = step.on(frame, other);
        }
        return frame;
    }

    private static DataFrame table(String name, List<List<Object>> rows, int partitionCount, long bytes) {
        return FakeSource.of(name, "k: UTF8", "a: LONG", "b: LONG")
                .withRows(rows)
                .inPartitions(partitionCount)
                .ofBytes(bytes)
                .frame();
    }

    private static List<List<Object>> rows(LogicalPlan plan, List<Rule> rules) {
        List<List<Object>> rows = new ArrayList<>();
        try (InlineEngine engine = new InlineEngine();
                Job job = engine.submit(Lowering.lower(Optimizer.optimize(plan, rules).plan()), JobOptions.DEFAULTS)) {
            take(job, rows);
        }
        return Results.sorted(rows);
    }

    /// Tables of nothing, of some rows and of all; tasks of a row, of some and of all.
    @Provide
    Arbitrary<Sizing> sizings() {
        return Combinators
                .combine(Arbitraries.of(0L, 5L, 150L), Arbitraries.of(1L, 40L, 1L << 40))
                .as(Sizing::new);
    }

    @Provide
    Arbitrary<List<List<Object>>> rows() {
        Arbitrary<Object> keys =
                Arbitraries.of("x", "y", "a key that is longer than a view").map(k -> (Object) k).injectNull(0.1);
        Arbitrary<Object> numbers = Arbitraries.longs().between(-2, 4).map(n -> (Object) n).injectNull(0.2);
        return Combinators.combine(keys, numbers, numbers).as((k, a, b) -> Arrays.asList(k, a, b)).list().ofMaxSize(12);
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Arbitraries.of(Step.class).list().ofMaxSize(6);
    }

    @Provide
    Arbitrary<Integer> partitionCounts() {
        return Arbitraries.of(1, 2, 3, 7);
    }
}
