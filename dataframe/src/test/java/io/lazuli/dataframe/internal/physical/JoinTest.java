package io.lazuli.dataframe.internal.physical;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.ColumnBlocks;
import io.lazuli.dataframe.internal.column.TestColumns;
import io.lazuli.dataframe.internal.physical.FakeTasks.Input;
import io.lazuli.dataframe.internal.physical.Pipeline.JoinKind;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.memory.Block;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// Joins by a shared table and by slices give what two nested loops give.
class JoinTest {
    private static final List<DataType> TYPES = RandomTables.ALL_TYPES;
    private static final List<Integer> ALL = IntStream.range(0, TYPES.size()).boxed().toList();

    @Property(tries = 100)
    void probingASharedTable_keepsTheOrderOfNestedLoops(
            @ForAll long seed,
            @ForAll @IntRange(max = 300) int leftCount,
            @ForAll @IntRange(max = 300) int rightCount,
            @ForAll @IntRange(min = 1, max = 3) int keyCount,
            @ForAll("cardinalities") int cardinality,
            @ForAll JoinKind kind) {
        RandomTables tables = new RandomTables(seed, cardinality, 0.1);
        List<List<Object>> left = tables.rows(TYPES, leftCount);
        List<List<Object>> right = tables.rows(TYPES, rightCount);
        List<Integer> keys = tables.random().ints(keyCount, 0, TYPES.size()).boxed().toList();
        try (FakeTasks tasks = FakeTasks.create()) {
            Block table = buildTable(tasks, tasks.block(TYPES, right), keys);
            Pipeline join = join(new Pipeline.Blocks(0, ALL), true, keys, kind);
            Block joined = tasks.run(join, Input.whole(tasks.block(TYPES, left)), Input.whole(table));
            assertThat(TestColumns.rows(joined)).isEqualTo(nestedLoops(left, right, keys, kind));
        }
    }

    @Property(tries = 60)
    void joiningSlicesOfBothSides_givesTheRowsOfNestedLoops(
            @ForAll long seed,
            @ForAll @IntRange(max = 300) int leftCount,
            @ForAll @IntRange(max = 300) int rightCount,
            @ForAll("cardinalities") int cardinality,
            @ForAll JoinKind kind) {
        RandomTables tables = new RandomTables(seed, cardinality, 0.1);
        List<List<Object>> left = tables.rows(TYPES, leftCount);
        List<List<Object>> right = tables.rows(TYPES, rightCount);
        List<Integer> keys = tables.random().ints(2, 0, TYPES.size()).boxed().toList();
        try (FakeTasks tasks = FakeTasks.create()) {
            List<Block> leftSlices = sliced(tasks, tasks.blocks(TYPES, left, 3, tables.random()), keys, 4);
            List<Block> rightSlices = sliced(tasks, tasks.blocks(TYPES, right, 2, tables.random()), keys, 4);
            Pipeline join = join(new Pipeline.Blocks(0, ALL), false, keys, kind);
            List<List<Object>> joined = new ArrayList<>();
            for (int slice = 0; slice < 4; slice++) {
                Block block = tasks.run(join, new Input(leftSlices, slice), new Input(rightSlices, slice));
                joined.addAll(TestColumns.rows(block));
            }
            assertThat(joined).containsExactlyInAnyOrderElementsOf(nestedLoops(left, right, keys, kind));
        }
    }

    @Provide
    Arbitrary<Integer> cardinalities() {
        return Arbitraries.of(1, 5, 100, 1_000_000);
    }

    @Test
    void hotKey_givesAllPairsInFullBatches() {
        List<DataType> types = List.of(DataType.INT, DataType.INT);
        List<List<Object>> left = List.of(List.of(7, 1), List.of(8, 2), List.of(7, 3));
        List<List<Object>> right = new ArrayList<>(Collections.nCopies(10_000, List.of(7, 0)));
        right.set(5_000, List.of(8, 9));
        try (FakeTasks tasks = FakeTasks.create()) {
            Block table = buildTable(tasks, tasks.block(types, right), List.of(0));
            Pipeline.Probe probe = new Pipeline.Probe(
                    1, true, List.of(0), List.of(0), JoinKind.INNER, List.of(1), List.of(1));
            Pipeline join = new Pipeline(
                    new Pipeline.Blocks(0, List.of(0, 1)), List.of(probe), new Pipeline.Collect(types));
            Block joined = tasks.run(join, Input.whole(tasks.block(types, left)), Input.whole(table));
            assertThat(joined.rowCount()).isEqualTo(9_999 * 2 + 1).isGreaterThan(4 * Batch.ROWS);
            assertThat(TestColumns.rows(joined).get(9_999)).containsExactly(2, 9);
        }
    }

    @Test
    void hotKeyBeforeHead_isNotGoneThrough() {
        List<DataType> types = List.of(DataType.INT);
        List<List<Object>> same = Collections.nCopies(20_000, List.of(7));
        try (FakeTasks tasks = FakeTasks.create()) {
            Block table = buildTable(tasks, tasks.block(types, same), List.of(0));
            Pipeline.Probe probe = new Pipeline.Probe(
                    1, true, List.of(0), List.of(0), JoinKind.INNER, List.of(0), List.of(0));
            Pipeline join = new Pipeline(
                    new Pipeline.Blocks(0, List.of(0)),
                    List.of(probe, new Pipeline.Head(5)),
                    new Pipeline.Collect(List.of(DataType.INT, DataType.INT)));
            // 400 million pairs, were they all made
            Block joined = tasks.run(join, Input.whole(tasks.block(types, same)), Input.whole(table));
            assertThat(joined.rowCount()).isEqualTo(5);
        }
    }

    @Test
    void hashSlices_keepRowsInOrderAndKeysTogether() {
        List<DataType> types = List.of(DataType.INT, DataType.INT);
        Random random = new Random(3);
        List<List<Object>> rows =
                IntStream.range(0, 20_000).mapToObj(row -> List.<Object>of(random.nextInt(500), row)).toList();
        try (FakeTasks tasks = FakeTasks.create()) {
            Pipeline pipeline = new Pipeline(
                    new Pipeline.Blocks(0, List.of(0, 1)), List.of(), new Pipeline.HashSlices(types, List.of(0), 7));
            Block sliced = tasks.run(pipeline, Input.whole(tasks.block(types, rows)));
            List<List<Object>> all = TestColumns.rows(sliced);
            assertThat(all).hasSameSizeAs(rows);
            assertThat(new HashSet<>(all)).isEqualTo(new HashSet<>(rows));
            int[] sliceOfKey = new int[500];
            Arrays.fill(sliceOfKey, -1);
            for (int slice = 0; slice < 7; slice++) {
                List<List<Object>> part = all.subList((int) sliced.sliceStart(slice), (int) sliced.sliceEnd(slice));
                assertThat(part).as("slice %d", slice).hasSizeBetween(1_500, 4_500).isSortedAccordingTo(
                        (a, b) -> Integer.compare((int) a.get(1), (int) b.get(1)));
                for (List<Object> row : part) {
                    int key = (int) row.getFirst();
                    assertThat(sliceOfKey[key]).isIn(-1, slice);
                    sliceOfKey[key] = slice;
                }
            }
        }
    }

    private static Block buildTable(FakeTasks tasks, Block rows, List<Integer> keys) {
        List<DataType> types = ColumnBlocks.types(rows);
        List<Integer> columns = IntStream.range(0, types.size()).boxed().toList();
        return tasks.run(
                new Pipeline(new Pipeline.Blocks(0, columns), List.of(), new Pipeline.BuildTable(types, keys)),
                Input.whole(rows));
    }

    private static List<Block> sliced(FakeTasks tasks, List<Block> blocks, List<Integer> keys, int sliceCount) {
        Pipeline pipeline = new Pipeline(
                new Pipeline.Blocks(0, ALL), List.of(), new Pipeline.HashSlices(TYPES, keys, sliceCount));
        return blocks.stream().map(block -> tasks.run(pipeline, Input.whole(block))).toList();
    }

    /// All columns of the left side, then all of the right.
    private static Pipeline join(Pipeline.Origin origin, boolean shared, List<Integer> keys, JoinKind kind) {
        List<DataType> types = new ArrayList<>(TYPES);
        types.addAll(TYPES);
        Pipeline.Probe probe = new Pipeline.Probe(1, shared, keys, keys, kind, ALL, ALL);
        return new Pipeline(origin, List.of(probe), new Pipeline.Collect(types));
    }

    private static List<List<Object>> nestedLoops(
            List<List<Object>> left, List<List<Object>> right, List<Integer> keys, JoinKind kind) {
        List<List<Object>> joined = new ArrayList<>();
        for (List<Object> row : left) {
            List<List<Object>> matches = right.stream().filter(other -> matches(row, other, keys)).toList();
            if (matches.isEmpty() && kind == JoinKind.LEFT) {
                matches = List.of(Collections.nCopies(TYPES.size(), null));
            }
            for (List<Object> match : matches) {
                List<Object> both = new ArrayList<>(row);
                both.addAll(match);
                joined.add(both);
            }
        }
        return joined;
    }

    private static boolean matches(List<Object> left, List<Object> right, List<Integer> keys) {
        return keys.stream().allMatch(key -> left.get(key) != null
                && RandomTables.asKey(left.get(key))
                        .equals(RandomTables.asKey(right.get(key) == null ? List.of() : right.get(key))));
    }
}
