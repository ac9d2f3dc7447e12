package io.lazuli.dataframe.internal.physical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.internal.column.TestColumns;
import io.lazuli.dataframe.internal.physical.FakeTasks.Input;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.Argument;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// Runs, bounds, cuts and merges together sort as a stable sort of the whole does.
class SortTest {
    private static final List<DataType> TYPES = RandomTables.ALL_TYPES;
    private static final List<Integer> ALL = IntStream.range(0, TYPES.size()).boxed().toList();

    @Property(tries = 150)
    void sortOverPartitions_equalsAStableSortOfAllRows(
            @ForAll long seed,
            @ForAll @IntRange(max = 6000) int rowCount,
            @ForAll @IntRange(min = 1, max = 3) int columnCount,
            @ForAll("cardinalities") int cardinality,
            @ForAll("nullShares") double nullShare,
            @ForAll("partitionCounts") int partitionCount,
            @ForAll("partitionCounts") int rangeCount) {
        RandomTables tables = new RandomTables(seed, cardinality, nullShare);
        List<List<Object>> rows = tables.rows(TYPES, rowCount);
        SortOrder order = order(tables, columnCount);
        try (FakeTasks tasks = FakeTasks.create()) {
            List<Block> runs = runs(tasks, tasks.blocks(TYPES, rows, partitionCount, tables.random()), order, -1);
            Block bounds = tasks.run(new SortBounds(order, rangeCount), Input.whole(runs));
            List<Block> cut = cut(tasks, runs, bounds, order, rangeCount);
            List<List<Object>> sorted = new ArrayList<>();
            for (int range = 0; range < rangeCount; range++) {
                sorted.addAll(TestColumns.rows(merge(tasks, cut, order, range, List.of())));
            }
            assertThat(sorted).isEqualTo(rows.stream().sorted(ReferenceOrder.of(order)).toList());
        }
    }

    @Property(tries = 60)
    void limitOfASort_isItsHead(
            @ForAll long seed,
            @ForAll @IntRange(max = 3000) int rowCount,
            @ForAll @IntRange(max = 200) int limit,
            @ForAll("cardinalities") int cardinality,
            @ForAll("partitionCounts") int partitionCount) {
        RandomTables tables = new RandomTables(seed, cardinality, 0.1);
        List<List<Object>> rows = tables.rows(TYPES, rowCount);
        SortOrder order = order(tables, 2);
        try (FakeTasks tasks = FakeTasks.create()) {
            List<Block> runs = runs(tasks, tasks.blocks(TYPES, rows, partitionCount, tables.random()), order, limit);
            assertThat(runs).allMatch(run -> run.rowCount() <= limit);
            Block top = merge(tasks, runs, order, Argument.WHOLE, List.of(new Pipeline.Head(limit)));
            List<List<Object>> expected = rows.stream().sorted(ReferenceOrder.of(order)).limit(limit).toList();
            assertThat(TestColumns.rows(top)).isEqualTo(expected);
        }
    }

    @Provide
    Arbitrary<Integer> cardinalities() {
        return Arbitraries.of(1, 6, 200, 1_000_000);
    }

    @Provide
    Arbitrary<Double> nullShares() {
        return Arbitraries.of(0.0, 0.1, 1.0);
    }

    @Provide
    Arbitrary<Integer> partitionCounts() {
        return Arbitraries.of(1, 2, 7);
    }

    @Test
    void limitOverManyRows_prunesToTheBest() {
        List<DataType> types = List.of(DataType.LONG, DataType.INT);
        // mixes up the order; every value occurs three times, so ties must go by row
        List<List<Object>> rows = LongStream.range(0, 200_000)
                .mapToObj(row -> List.<Object>of(row * 7919 % 66_667, (int) row))
                .toList();
        SortOrder order = new SortOrder(List.of(new SortOrder.Column(0, true, false)));
        try (FakeTasks tasks = FakeTasks.create()) {
            Pipeline top = new Pipeline(
                    new Pipeline.Blocks(0, List.of(0, 1)), List.of(), new Pipeline.SortedRun(types, order, 1000));
            Block best = tasks.run(top, Input.whole(tasks.block(types, rows)));
            List<List<Object>> expected = rows.stream().sorted(ReferenceOrder.of(order)).limit(1000).toList();
            assertThat(TestColumns.rows(best)).isEqualTo(expected);
        }
    }

    @Test
    void bounds_divideUnequalRunsEvenly() {
        List<DataType> types = List.of(DataType.INT);
        SortOrder order = new SortOrder(List.of(new SortOrder.Column(0, false, false)));
        try (FakeTasks tasks = FakeTasks.create()) {
            Block large = tasks.block(types, IntStream.range(0, 40_000).mapToObj(i -> List.<Object>of(i)).toList());
            Block small =
                    tasks.block(types, IntStream.range(0, 400).mapToObj(i -> List.<Object>of(1_000_000 + i)).toList());
            Block bounds = tasks.run(new SortBounds(order, 4), Input.whole(List.of(large, small)));
            Block cut = tasks.run(new CutRun(order, 4), Input.whole(large), Input.whole(bounds));
            assertThat(bounds.rowCount()).isEqualTo(3);
            for (int range = 0; range < 4; range++) {
                assertThat(cut.sliceEnd(range) - cut.sliceStart(range)).isBetween(9_000L, 11_000L);
            }
        }
    }

    @Test
    void oneHotKeyIsDividedAmongAllRanges() {
        List<DataType> types = List.of(DataType.INT, DataType.INT);
        SortOrder order = new SortOrder(List.of(new SortOrder.Column(0, true, false)));
        List<List<Object>> rows = IntStream.range(0, 30_000).mapToObj(row -> List.<Object>of(7, row)).toList();
        try (FakeTasks tasks = FakeTasks.create()) {
            List<Block> blocks = List.of(
                    tasks.block(types, rows.subList(0, 5_000)), tasks.block(types, List.of()),
                    tasks.block(types, rows.subList(5_000, 30_000)));
            List<Block> runs = blocks.stream().map(block -> tasks.run(sort(types, order), Input.whole(block))).toList();
            Block bounds = tasks.run(new SortBounds(order, 4), Input.whole(runs));
            List<Block> cut = cut(tasks, runs, bounds, order, 4);
            List<List<Object>> sorted = new ArrayList<>();
            for (int range = 0; range < 4; range++) {
                Pipeline merge =
                        new Pipeline(new Pipeline.MergedRuns(0, order), List.of(), new Pipeline.Collect(types));
                Block merged = tasks.run(merge, new Input(cut, range));
                assertThat(merged.rowCount()).isBetween(7_000L, 8_000L);
                sorted.addAll(TestColumns.rows(merged));
            }
            assertThat(sorted).isEqualTo(rows);
        }
    }

    @Test
    void aPartitionThatDoesNotFitTwiceIsSortedInRuns() {
        List<DataType> types = List.of(DataType.LONG, DataType.UTF8, DataType.INT);
        SortOrder order = new SortOrder(List.of(new SortOrder.Column(0, false, false)));
        List<List<Object>> rows = IntStream.range(0, 300_000)
                .mapToObj(row -> Arrays.<Object>asList(row * 7919L % 66_667, row % 9 == 0 ? null : "row", row))
                .toList();
        // 29 bytes a row are 8.7 MB; all of them at once, with indexes, growth and the result, would take more than 30 MB
        try (FakeTasks tasks = FakeTasks.withLimit(24 << 20)) {
            Block sorted = tasks.run(sort(types, order), Input.whole(tasks.block(types, rows)));
            assertThat(TestColumns.rows(sorted))
                    .isEqualTo(rows.stream().sorted(ReferenceOrder.of(order)).toList());
        }
        try (FakeTasks tasks = FakeTasks.withLimit(14 << 20)) {
            Block block = tasks.block(types, rows);
            assertThatThrownBy(() -> tasks.run(sort(types, order), Input.whole(block)))
                    .isInstanceOfSatisfying(LazuliException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE));
        }
    }

    private static Pipeline sort(List<DataType> types, SortOrder order) {
        List<Integer> all = IntStream.range(0, types.size()).boxed().toList();
        return new Pipeline(new Pipeline.Blocks(0, all), List.of(), new Pipeline.SortedRun(types, order, -1));
    }

    private static List<Block> cut(FakeTasks tasks, List<Block> runs, Block bounds, SortOrder order, int rangeCount) {
        return IntStream.range(0, runs.size())
                .mapToObj(run -> tasks.runPartition(
                        run, new CutRun(order, rangeCount), Input.whole(runs.get(run)), Input.whole(bounds)))
                .toList();
    }

    private static SortOrder order(RandomTables tables, int columnCount) {
        return new SortOrder(tables.random()
                .ints(columnCount, 0, TYPES.size())
                .mapToObj(c -> new SortOrder.Column(c, tables.random().nextBoolean(), tables.random().nextBoolean()))
                .toList());
    }

    private static List<Block> runs(FakeTasks tasks, List<Block> blocks, SortOrder order, long limit) {
        Pipeline sort = new Pipeline(
                new Pipeline.Blocks(0, ALL), List.of(), new Pipeline.SortedRun(TYPES, order, limit));
        return blocks.stream().map(block -> tasks.run(sort, Input.whole(block))).toList();
    }

    private static Block merge(FakeTasks tasks, List<Block> runs, SortOrder order, int slice,
            List<Pipeline.Step> steps) {
        Pipeline merge = new Pipeline(new Pipeline.MergedRuns(0, order), steps, new Pipeline.Collect(TYPES));
        return tasks.run(merge, new Input(runs, slice));
    }
}
