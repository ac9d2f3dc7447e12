package io.lazuli.dataframe.internal.physical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.BlockBuilder;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.TestColumns;
import io.lazuli.dataframe.internal.operator.join.JoinKind;
import io.lazuli.dataframe.internal.physical.Aggregation.Call;
import io.lazuli.dataframe.internal.physical.Aggregation.Function;
import io.lazuli.dataframe.internal.physical.FakeTasks.Input;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Joins of sides that are many times as large as the memory of their task: right, and within the limit. Inputs are outside of the
/// limit, as results that were spilled are.
class JoinMemoryTest {
    private static final long LIMIT = 7 << 20;
    private static final List<DataType> TYPES = List.of(
            DataType.LONG, DataType.LONG, DataType.LONG, DataType.LONG, DataType.LONG);

    private MemoryAccountant inputs;
    private Reservation memory;

    @BeforeEach
    void open() {
        inputs = MemoryAccountant.create(1L << 30);
        memory = inputs.reserve("inputs", 0);
    }

    @AfterEach
    void close() {
        memory.close();
        inputs.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"INNER", "FULL", "SEMI", "RIGHT_ANTI"})
    void aSliceOfTenTimesTheMemory_isJoinedInPasses(JoinKind kind) {
        int leftCount = 10_000;
        int rightCount = 1_900_000;
        // far apart, so that they are hashed; the left side has every seventh of them, and as many others
        IntToLongFunction rightKey = row -> row * 1_000_003L;
        IntToLongFunction leftKey = row -> row % 2 == 0 ? row * 7L * 1_000_003L : -1 - row;
        try (FakeTasks tasks = FakeTasks.withLimit(LIMIT)) {
            Block left = block(leftCount, leftKey);
            Block right = block(rightCount, rightKey);
            assertThat(right.byteSize()).isGreaterThan(10 * LIMIT);
            Totals expected = expected(kind, leftCount, leftKey, rightCount, rightKey);

            Totals found = totals(tasks, kind, left, right);

            assertThat(found).isEqualTo(expected);
            assertThat(tasks.peakBytes()).isBetween(LIMIT / 2, LIMIT);
            left.release();
            right.release();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aKeyThatHalfOfAllRowsHave_costsNoMemory(JoinKind kind) {
        int leftCount = 1_000;
        int rightCount = 100_000;
        IntToLongFunction leftKey = row -> row % 2 == 0 ? 7 : row * 1_000_003L;
        IntToLongFunction rightKey = row -> row % 2 == 0 ? 7 : row * 3_000_009L;
        try (FakeTasks tasks = FakeTasks.withLimit(LIMIT)) {
            Block left = block(leftCount, leftKey);
            Block right = block(rightCount, rightKey);

            Totals found = totals(tasks, kind, left, right);

            assertThat(found).isEqualTo(expected(kind, leftCount, leftKey, rightCount, rightKey));
            left.release();
            right.release();
        }
    }

    @Test
    void aSharedTableThatDoesNotFit_saysSo() {
        try (FakeTasks tasks = FakeTasks.withLimit(LIMIT)) {
            Block right = block(150_000, row -> row * 1_000_003L);
            Pipeline build = new Pipeline(
                    new Pipeline.Blocks(0, List.of(0, 1, 2, 3)), List.of(),
                    new Pipeline.BuildTable(TYPES.subList(0, 4), List.of(0)));
            assertThatThrownBy(() -> tasks.run(build, Input.whole(right)))
                    .isInstanceOfSatisfying(LazuliException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE));
            right.release();
        }
    }

    @Test
    void memoryForNotEvenABatch_isAnErrorThatSaysWhatToDo() {
        try (FakeTasks tasks = FakeTasks.withLimit(2_000_000)) {
            Block left = block(10, row -> row);
            Block right = block(100_000, row -> row * 1_000_003L);
            assertThatThrownBy(() -> totals(tasks, JoinKind.INNER, left, right))
                    .isInstanceOfSatisfying(LazuliException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE))
                    .hasMessageContaining("Raise the memory limit");
            left.release();
            right.release();
        }
    }

    /// Row count, and count and sum of the row numbers of either side.
    private record Totals(long rows, long leftRows, long leftSum, long rightRows, long rightSum) {}

    /// Column 0 is the key, column 1 the row number.
    private Block block(int rowCount, IntToLongFunction key) {
        BlockBuilder rows = new BlockBuilder(memory, TYPES, rowCount);
        long[] keys = new long[Batch.ROWS];
        long[] numbers = new long[Batch.ROWS];
        for (int start = 0; start < rowCount; start += Batch.ROWS) {
            int length = Math.min(Batch.ROWS, rowCount - start);
            for (int i = 0; i < length; i++) {
                keys[i] = key.applyAsLong(start + i);
                numbers[i] = start + i;
            }
            Column numbered = column(numbers, length);
            rows.append(new Batch(length, List.of(column(keys, length), numbered, numbered, numbered, numbered)));
        }
        return rows.finish();
    }

    private static Column column(long[] values, int length) {
        return new Column(DataType.LONG, length, Column.NO_NULLS, MemorySegment.ofArray(values));
    }

    private static Totals totals(FakeTasks tasks, JoinKind kind, Block left, Block right) {
        boolean hasLeft = kind.givesPairs() || kind.left() != JoinKind.Alone.NONE;
        boolean hasRight = kind.givesPairs() || kind.right() != JoinKind.Alone.NONE;
        Pipeline.Matching matching = new Pipeline.Matching(
                kind, List.of(0), List.of(0), hasLeft ? List.of(1) : List.of(), hasRight ? List.of(1) : List.of());
        List<Call> calls = new ArrayList<>();
        calls.add(new Call(Function.COUNT_ROWS, List.of(), List.of(), 0, DataType.LONG, "count"));
        for (int column = 0; column < (hasLeft ? 1 : 0) + (hasRight ? 1 : 0); column++) {
            calls.add(new Call(Function.COUNT, List.of(column), List.of(DataType.LONG), 0, DataType.LONG, "count"));
            calls.add(new Call(Function.SUM, List.of(column), List.of(DataType.LONG), 0, DataType.LONG, "sum"));
        }
        Aggregation aggregation = new Aggregation(List.of(), List.of(), calls);
        Block partial = tasks.run(
                new Pipeline(
                        new Pipeline.JoinedSlices(0, 1, TYPES, matching), List.of(),
                        new Pipeline.PartialGroups(aggregation, 1)),
                Input.whole(left), Input.whole(right));
        Block merged = tasks.run(
                new Pipeline(
                        new Pipeline.MergedGroups(0, aggregation), List.of(),
                        new Pipeline.Collect(aggregation.resultTypes())),
                Input.whole(partial));
        List<Object> row = TestColumns.rows(merged).getFirst();
        long[] numbers = row.stream().mapToLong(value -> value == null ? 0 : (long) value).toArray();
        int right0 = hasLeft ? 3 : 1;
        return new Totals(
                numbers[0],
                hasLeft ? numbers[1] : 0,
                hasLeft ? numbers[2] : 0,
                hasRight ? numbers[right0] : 0,
                hasRight ? numbers[right0 + 1] : 0);
    }

    /// By sorting the keys of either side and counting equal ones.
    private static Totals expected(
            JoinKind kind, int leftCount, IntToLongFunction leftKey, int rightCount, IntToLongFunction rightKey) {
        Side left = Side.of(leftCount, leftKey);
        Side right = Side.of(rightCount, rightKey);
        Totals pairs = kind.givesPairs() ? left.pairs(right) : new Totals(0, 0, 0, 0, 0);
        Totals ofLeft = left.alone(kind.left(), right);
        Totals ofRight = right.alone(kind.right(), left);
        return new Totals(
                pairs.rows + ofLeft.rows + ofRight.rows,
                pairs.leftRows + ofLeft.rows,
                pairs.leftSum + ofLeft.leftSum,
                pairs.rightRows + ofRight.rows,
                pairs.rightSum + ofRight.leftSum);
    }

    /// Count and sum of the row numbers of each key.
    private record Side(Map<Long, long[]> keys) {
        static Side of(int count, IntToLongFunction key) {
            Map<Long, long[]> keys = new HashMap<>();
            for (int row = 0; row < count; row++) {
                long[] totals = keys.computeIfAbsent(key.applyAsLong(row), ignored -> new long[2]);
                totals[0]++;
                totals[1] += row;
            }
            return new Side(keys);
        }

        Totals pairs(Side right) {
            long rows = 0;
            long leftSum = 0;
            long rightSum = 0;
            for (var entry : keys.entrySet()) {
                long[] mine = entry.getValue();
                long[] others = right.keys.getOrDefault(entry.getKey(), new long[2]);
                rows += mine[0] * others[0];
                leftSum += mine[1] * others[0];
                rightSum += others[1] * mine[0];
            }
            return new Totals(rows, rows, leftSum, rows, rightSum);
        }

        Totals alone(JoinKind.Alone wanted, Side other) {
            long rows = 0;
            long sum = 0;
            for (var entry : keys.entrySet()) {
                boolean isMatched = other.keys.containsKey(entry.getKey());
                if (wanted != JoinKind.Alone.NONE && isMatched == (wanted == JoinKind.Alone.MATCHED)) {
                    rows += entry.getValue()[0];
                    sum += entry.getValue()[1];
                }
            }
            return new Totals(rows, rows, sum, 0, 0);
        }
    }
}
