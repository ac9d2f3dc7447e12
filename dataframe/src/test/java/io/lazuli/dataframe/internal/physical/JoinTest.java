package io.lazuli.dataframe.internal.physical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.ColumnBlocks;
import io.lazuli.dataframe.internal.column.TestColumns;
import io.lazuli.dataframe.internal.physical.FakeTasks.Input;
import io.lazuli.dataframe.internal.operator.join.JoinKind;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Joins by a shared table and by slices give what two nested loops give.
class JoinTest {
    private static final List<DataType> TYPES = RandomTables.ALL_TYPES;
    private static final List<Integer> ALL = IntStream.range(0, TYPES.size()).boxed().toList();

    @Property(tries = 150)
    void lookingUpInASharedTable_keepsTheOrderOfNestedLoops(
            @ForAll long seed,
            @ForAll @IntRange(max = 300) int leftCount,
            @ForAll @IntRange(max = 300) int rightCount,
            @ForAll @IntRange(max = 3) int keyCount,
            @ForAll("cardinalities") int cardinality,
            @ForAll("sharedKinds") JoinKind kind) {
        RandomTables tables = new RandomTables(seed, cardinality, 0.1);
        List<List<Object>> left = tables.rows(TYPES, leftCount);
        List<List<Object>> right = tables.rows(TYPES, rightCount);
        List<Integer> keys = tables.random().ints(keyCount, 0, TYPES.size()).boxed().toList();
        try (FakeTasks tasks = FakeTasks.create()) {
            Block table = buildTable(tasks, tasks.block(TYPES, right), keys);
            Pipeline join = new Pipeline(
                    new Pipeline.Blocks(0, ALL), List.of(new Pipeline.Probe(1, matching(keys, kind))),
                    new Pipeline.Collect(resultTypes(kind)));
            Block joined = tasks.run(join, Input.whole(tasks.block(TYPES, left)), Input.whole(table));
            assertThat(TestColumns.rows(joined)).isEqualTo(nestedLoops(left, right, keys, kind));
        }
    }

    @Property(tries = 150)
    void aTableThatWentToAnotherProcess_answersAsTheOneThatStayed(
            @ForAll long seed,
            @ForAll @IntRange(max = 300) int leftCount,
            @ForAll @IntRange(max = 300) int rightCount,
            @ForAll @IntRange(max = 3) int keyCount,
            @ForAll("cardinalities") int cardinality,
            @ForAll("sharedKinds") JoinKind kind) {
        RandomTables tables = new RandomTables(seed, cardinality, 0.1);
        List<Integer> keys = tables.random().ints(keyCount, 0, TYPES.size()).boxed().toList();
        assertAnswersAsTheOneThatStayed(tables, leftCount, rightCount, keys, kind);
    }

    @ParameterizedTest
    @MethodSource("columns")
    void aTableThatWentToAnotherProcess_findsKeysOfEveryType(int key) {
        for (int cardinality : new int[] {2, 1_000_000}) {
            RandomTables tables = new RandomTables(key, cardinality, 0.2);
            assertAnswersAsTheOneThatStayed(tables, 200, 2 * Batch.ROWS, List.of(key), JoinKind.LEFT);
            assertAnswersAsTheOneThatStayed(tables, 200, 50, List.of(key, (key + 1) % TYPES.size()), JoinKind.INNER);
        }
    }

    private static IntStream columns() {
        return IntStream.range(0, TYPES.size());
    }

    /// Before it is looked up in, the table that stayed is gone.
    private static void assertAnswersAsTheOneThatStayed(
            RandomTables tables, int leftCount, int rightCount, List<Integer> keys, JoinKind kind) {
        List<List<Object>> left = tables.rows(TYPES, leftCount);
        try (FakeTasks tasks = FakeTasks.create()) {
            Pipeline build = new Pipeline(new Pipeline.Blocks(0, ALL), List.of(), new Pipeline.BuildTable(TYPES, keys));
            Block stayed = tasks.run(build, Input.whole(tasks.block(TYPES, tables.rows(TYPES, rightCount))));
            Pipeline join = new Pipeline(
                    new Pipeline.Blocks(0, ALL), List.of(new Pipeline.Probe(1, matching(keys, kind))),
                    new Pipeline.Collect(resultTypes(kind)));
            Input rows = Input.whole(tasks.block(TYPES, left));
            List<List<Object>> expected = TestColumns.rows(tasks.run(join, rows, Input.whole(stayed)));
            Block there = tasks.sent(build, stayed);
            Block further = tasks.sent(build, there);
            assertThat(TestColumns.rows(tasks.run(join, rows, Input.whole(further)))).isEqualTo(expected);
        }
    }

    @Test
    void aTableForWhichThereIsNoMemoryThere_isRefused() {
        List<List<Object>> rows = IntStream.range(0, 50_000).mapToObj(row -> List.<Object>of(row * 1_000_003)).toList();
        List<DataType> types = List.of(DataType.INT);
        Pipeline build = new Pipeline(new Pipeline.Blocks(0, List.of(0)), List.of(), new Pipeline.BuildTable(types,
                List.of(0)));
        try (FakeTasks here = FakeTasks.create();
                FakeTasks there = FakeTasks.withLimit(1 << 16)) {
            Block packed = build.pack(here.run(build, Input.whole(here.block(types, rows))));
            assertThatThrownBy(() -> there.unpack(build, packed))
                    .isInstanceOfSatisfying(LazuliException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE));
            packed.release();
        }
    }

    @Test
    void columns_areNotPacked() {
        Pipeline collect = new Pipeline(
                new Pipeline.Blocks(0, List.of(0)), List.of(), new Pipeline.Collect(List.of(DataType.INT)));
        Block object = Block.object("no table", 0, List.of());
        assertThatThrownBy(() -> collect.pack(object)).isInstanceOf(LazuliException.class).hasMessage(
                "Operation %s returns an object of one process, and another process asks for it. Let the operation pack and unpack it.",
                collect.name());
        object.release();
    }

    @Property(tries = 200)
    void joiningSlicesOfBothSides_givesTheRowsOfNestedLoops(
            @ForAll long seed,
            @ForAll @IntRange(max = 300) int leftCount,
            @ForAll @IntRange(max = 300) int rightCount,
            @ForAll @IntRange(min = 1, max = 3) int keyCount,
            @ForAll @IntRange(min = 1, max = 5) int sliceCount,
            @ForAll("cardinalities") int cardinality,
            @ForAll JoinKind kind) {
        RandomTables tables = new RandomTables(seed, cardinality, 0.1);
        List<List<Object>> left = tables.rows(TYPES, leftCount);
        List<List<Object>> right = tables.rows(TYPES, rightCount);
        List<Integer> keys = tables.random().ints(keyCount, 0, TYPES.size()).boxed().toList();
        try (FakeTasks tasks = FakeTasks.create()) {
            List<Block> leftSlices = sliced(tasks, tasks.blocks(TYPES, left, 3, tables.random()), keys, sliceCount);
            List<Block> rightSlices = sliced(tasks, tasks.blocks(TYPES, right, 2, tables.random()), keys, sliceCount);
            Pipeline join = new Pipeline(
                    new Pipeline.JoinedSlices(0, 1, TYPES, matching(keys, kind)), List.of(),
                    new Pipeline.Collect(resultTypes(kind)));
            List<List<Object>> joined = new ArrayList<>();
            for (int slice = 0; slice < sliceCount; slice++) {
                Block block = tasks.run(join, new Input(leftSlices, slice), new Input(rightSlices, slice));
                joined.addAll(TestColumns.rows(block));
            }
            assertThat(joined).containsExactlyInAnyOrderElementsOf(nestedLoops(left, right, keys, kind));
        }
    }

    /// Keys that a direct index takes, some of them null, and lookups far outside of it.
    @Property(tries = 60)
    void wholeNumbersCloseTogether_areFoundAsOthersAre(
            @ForAll long seed,
            @ForAll @IntRange(max = 200) int rightCount,
            @ForAll @IntRange(min = 1, max = 400) int span,
            @ForAll("wholeNumbers") DataType type,
            @ForAll JoinKind kind) {
        Random random = new Random(seed);
        long smallest = random.nextBoolean() ? -3 : type == DataType.INT ? Integer.MIN_VALUE : Long.MIN_VALUE;
        List<List<Object>> right = numbers(random, type, rightCount, smallest, span);
        List<List<Object>> left = numbers(random, type, 100, smallest, span);
        left.add(List.of(type == DataType.INT ? (Object) Integer.MAX_VALUE : Long.MAX_VALUE, 1));
        left.add(List.of(type == DataType.INT ? (Object) Integer.MIN_VALUE : Long.MIN_VALUE, 2));
        List<DataType> types = List.of(type, DataType.INT);
        try (FakeTasks tasks = FakeTasks.create()) {
            List<Integer> both = List.of(0, 1);
            Pipeline.Matching matching = new Pipeline.Matching(
                    kind, List.of(0), List.of(0), hasLeft(kind) ? both : List.of(), hasRight(kind) ? both : List.of());
            List<DataType> results = new ArrayList<>(hasLeft(kind) ? types : List.of());
            results.addAll(hasRight(kind) ? types : List.of());
            Block joined = tasks.run(
                    new Pipeline(
                            new Pipeline.JoinedSlices(0, 1, types, matching), List.of(), new Pipeline.Collect(results)),
                    Input.whole(tasks.block(types, left)), Input.whole(tasks.block(types, right)));
            assertThat(TestColumns.rows(joined))
                    .containsExactlyInAnyOrderElementsOf(nestedLoops(left, right, List.of(0), kind));
        }
    }

    private static List<List<Object>> numbers(Random random, DataType type, int count, long smallest, int span) {
        List<List<Object>> rows = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            long number = smallest + random.nextInt(span);
            Object key = type == DataType.INT ? (Object) (int) number : number;
            rows.add(Arrays.asList(random.nextInt(20) == 0 ? null : key, row));
        }
        return rows;
    }

    @Provide
    Arbitrary<DataType> wholeNumbers() {
        return Arbitraries.of(DataType.INT, DataType.LONG);
    }

    /// Those of which no right row stands alone.
    @Provide
    Arbitrary<JoinKind> sharedKinds() {
        return Arbitraries.of(JoinKind.INNER, JoinKind.LEFT, JoinKind.SEMI, JoinKind.ANTI);
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
                    1, new Pipeline.Matching(JoinKind.INNER, List.of(0), List.of(0), List.of(1), List.of(1)));
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
                    1, new Pipeline.Matching(JoinKind.INNER, List.of(0), List.of(0), List.of(0), List.of(0)));
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

    /// All columns of the sides that the kind gives.
    private static Pipeline.Matching matching(List<Integer> keys, JoinKind kind) {
        return new Pipeline.Matching(kind, keys, keys, hasLeft(kind) ? ALL : List.of(),
                hasRight(kind) ? ALL : List.of());
    }

    private static List<DataType> resultTypes(JoinKind kind) {
        List<DataType> types = new ArrayList<>(hasLeft(kind) ? TYPES : List.of());
        types.addAll(hasRight(kind) ? TYPES : List.of());
        return types;
    }

    private static boolean hasLeft(JoinKind kind) {
        return kind.givesPairs() || kind.left() != JoinKind.Alone.NONE;
    }

    private static boolean hasRight(JoinKind kind) {
        return kind.givesPairs() || kind.right() != JoinKind.Alone.NONE;
    }

    private static List<List<Object>> nestedLoops(
            List<List<Object>> left, List<List<Object>> right, List<Integer> keys, JoinKind kind) {
        List<List<Object>> joined = new ArrayList<>();
        for (List<Object> row : left) {
            List<List<Object>> matches = right.stream().filter(other -> matches(row, other, keys)).toList();
            for (List<Object> match : kind.givesPairs() ? matches : List.<List<Object>>of()) {
                joined.add(both(row, match));
            }
            if (isAlone(kind.left(), matches.isEmpty())) {
                joined.add(kind.givesPairs() ? both(row, Collections.nCopies(row.size(), null)) : row);
            }
        }
        for (List<Object> row : right) {
            if (isAlone(kind.right(), left.stream().noneMatch(other -> matches(other, row, keys)))) {
                joined.add(kind.givesPairs() ? both(Collections.nCopies(row.size(), null), row) : row);
            }
        }
        return joined;
    }

    private static boolean isAlone(JoinKind.Alone alone, boolean isUnmatched) {
        return switch (alone) {
            case NONE -> false;
            case MATCHED -> !isUnmatched;
            case UNMATCHED -> isUnmatched;
        };
    }

    private static List<Object> both(List<Object> left, List<Object> right) {
        List<Object> both = new ArrayList<>(left);
        both.addAll(right);
        return both;
    }

    private static boolean matches(List<Object> left, List<Object> right, List<Integer> keys) {
        return keys.stream().allMatch(key -> left.get(key) != null
                && RandomTables.asKey(left.get(key))
                        .equals(RandomTables.asKey(right.get(key) == null ? List.of() : right.get(key))));
    }
}
