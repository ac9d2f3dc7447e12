package io.lazuli.dataframe.internal.physical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.internal.column.TestColumns;
import io.lazuli.dataframe.internal.physical.FakeTasks.Input;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The first rows of each group, of partitions and then of slices, are those that sorting all rows stably gives; where later rows are
/// preferred, those that sorting them stably from the last to the first gives.
class TopRowsTest {
    /// The last column tells each row from all others.
    private static final List<DataType> TYPES =
            Stream.concat(RandomTables.ALL_TYPES.stream(), Stream.of(DataType.LONG)).toList();
    private static final int NUMBER = TYPES.size() - 1;
    private static final SortOrder NO_ORDER = new SortOrder(List.of());

    @Property(tries = 150)
    void firstRowsOverPartitions_equalReference(
            @ForAll long seed,
            @ForAll @IntRange(max = 6000) int rowCount,
            @ForAll @IntRange(max = 2) int sortCount,
            @ForAll boolean prefersLater,
            @ForAll("counts") int count,
            @ForAll("cardinalities") int cardinality,
            @ForAll("partitionCounts") int partitionCount) {
        RandomTables tables = new RandomTables(seed, cardinality, 0.1);
        Random random = tables.random();
        List<List<Object>> rows = numbered(tables.rows(RandomTables.ALL_TYPES, rowCount));
        List<Integer> keys = random.ints(1 + random.nextInt(2), 0, NUMBER).boxed().toList();
        SortOrder order = new SortOrder(random.ints(sortCount, 0, NUMBER)
                .mapToObj(column -> new SortOrder.Column(column, random.nextBoolean(), random.nextBoolean()))
                .toList());
        try (FakeTasks tasks = FakeTasks.create()) {
            List<Block> inputs = tasks.blocks(TYPES, rows, partitionCount, random);
            Top top = new Top(keys, order, prefersLater, count);
            assertThat(numbers(top(tasks, tasks, top, inputs, 5))).isEqualTo(numbers(reference(rows, top)));
        }
    }

    /// What is asked for.
    private record Top(List<Integer> keys, SortOrder order, boolean prefersLater, int count) {}

    @Provide
    Arbitrary<Integer> counts() {
        return Arbitraries.of(1, 2, 5, 40);
    }

    @Provide
    Arbitrary<Integer> cardinalities() {
        return Arbitraries.of(1, 5, 60, 1_000_000);
    }

    @Provide
    Arbitrary<Integer> partitionCounts() {
        return Arbitraries.of(1, 2, 7);
    }

    private static List<List<Object>> numbered(List<List<Object>> rows) {
        return IntStream.range(0, rows.size())
                .mapToObj(i -> Stream.concat(rows.get(i).stream(), Stream.of((long) i)).toList())
                .toList();
    }

    private static List<Object> numbers(List<List<Object>> rows) {
        return rows.stream().map(row -> row.get(NUMBER)).sorted().toList();
    }

    private static List<List<Object>> reference(List<List<Object>> rows, Top top) {
        Map<List<Object>, List<List<Object>>> groups = new LinkedHashMap<>();
        (top.prefersLater ? rows.reversed() : rows).forEach(row -> groups
                .computeIfAbsent(RandomTables.asKeys(new ArrayList<>(pick(row, top.keys))), key -> new ArrayList<>())
                .add(row));
        Comparator<List<Object>> comparator = ReferenceOrder.of(top.order);
        return groups.values().stream().flatMap(group -> group.stream().sorted(comparator).limit(top.count)).toList();
    }

    private static List<Object> pick(List<Object> row, List<Integer> columns) {
        List<Object> picked = new ArrayList<>();
        columns.forEach(column -> picked.add(row.get(column)));
        return picked;
    }

    private static List<List<Object>> top(
            FakeTasks partialTasks, FakeTasks tasks, Top top, List<Block> inputs, int slices) {
        List<Block> partials = inputs.stream()
                .map(input -> partialTasks.run(pipeline(top, slices, true), Input.whole(input)))
                .toList();
        return IntStream.range(0, slices)
                .mapToObj(slice -> tasks.run(pipeline(top, 1, false), new Input(partials, slice)))
                .flatMap(block -> TestColumns.rows(block).stream())
                .toList();
    }

    private static Pipeline pipeline(Top top, int slices, boolean isPartial) {
        List<Integer> all = IntStream.range(0, TYPES.size()).boxed().toList();
        return new Pipeline(
                new Pipeline.Blocks(0, all), List.of(),
                new Pipeline.TopRows(TYPES, top.keys, top.order, top.prefersLater, top.count, slices, isPartial));
    }

    /// Rows of few groups in ascending order of what is sorted by: each drives another one out.
    private static List<List<Object>> ascending(int rowCount) {
        List<List<Object>> rows = new ArrayList<>();
        for (int row = 0; row < rowCount; row++) {
            rows.add(List.of(true, row % 10, (long) row, 0.0, "a text that is longer than a view " + row, 0, 0L, 0L,
                    "", 0L, (long) row));
        }
        return rows;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void rowsThatWereDrivenOut_areForgottenOnTheWay(boolean prefersLater) {
        List<List<Object>> rows = ascending(300_000);
        SortOrder order = prefersLater ? NO_ORDER : new SortOrder(List.of(new SortOrder.Column(2, true, false)));
        Top top = new Top(List.of(1), order, prefersLater, 3);
        try (FakeTasks roomy = FakeTasks.create(); FakeTasks tight = FakeTasks.withLimit(60 << 20)) {
            List<Block> inputs = List.of(roomy.block(TYPES, rows));
            assertThat(numbers(top(tight, tight, top, inputs, 2))).isEqualTo(numbers(reference(rows, top)));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void rowsThatDoNotFit_areFlushedAndLookedAtAgain(boolean prefersLater) {
        int keyCount = 50_000;
        List<List<Object>> rows = new ArrayList<>();
        for (List<Object> row : ascending(2 * keyCount)) {
            List<Object> changed = new ArrayList<>(row);
            changed.set(2, (Long) row.get(2) % keyCount);
            rows.add(changed);
        }
        Top one = new Top(List.of(2), NO_ORDER, prefersLater, 1);
        try (FakeTasks roomy = FakeTasks.create(); FakeTasks tight = FakeTasks.withLimit(34 << 20)) {
            Block input = roomy.block(TYPES, rows);
            Pipeline partial = pipeline(one, 1, true);
            assertThat(roomy.run(partial, Input.whole(input)).rowCount()).isEqualTo(keyCount);
            Block flushed = tight.run(partial, Input.whole(input));
            assertThat(flushed.rowCount()).as("rows, with keys that were flushed and came again")
                    .isGreaterThan(keyCount);
            Block top = roomy.run(pipeline(one, 1, false), Input.whole(flushed));
            assertThat(numbers(TestColumns.rows(top))).isEqualTo(numbers(reference(rows, one)));
        }
    }

    @Test
    void rowsOfGroupsThatDoNotFit_areAnErrorThatSaysWhatToDo() {
        List<List<Object>> rows = ascending(100_000);
        try (FakeTasks roomy = FakeTasks.create(); FakeTasks tight = FakeTasks.withLimit(8 << 20)) {
            List<Block> inputs = List.of(roomy.block(TYPES, rows));
            assertThatThrownBy(() -> top(roomy, tight, new Top(List.of(2), NO_ORDER, false, 1), inputs, 1))
                    .isInstanceOf(LazuliException.class)
                    .hasMessageMatching(
                            "Finding the first or last rows of each group in top 1 of groups ran out of memory with [0-9,]+ rows kept and"
                                    + " no more memory to be had\\. Raise the memory limit, ask for fewer rows or columns, or group"
                                    + " by coarser keys\\.")
                    .extracting(e -> ((LazuliException) e).code())
                    .isEqualTo(ErrorCode.RESOURCE);
        }
    }
}
