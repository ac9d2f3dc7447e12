package io.lazuli.dataframe.internal.physical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.internal.column.TestColumns;
import io.lazuli.dataframe.internal.physical.Aggregation.Call;
import io.lazuli.dataframe.internal.physical.Aggregation.Function;
import io.lazuli.dataframe.internal.physical.FakeTasks.Input;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
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

/// Partial groups in slices, merged and finished, give what a map of lists gives, however rows are divided.
class GroupByTest {
    private static final List<DataType> TYPES = RandomTables.ALL_TYPES;

    @Property(tries = 150)
    void groupByOverPartitions_equalsReference(
            @ForAll long seed,
            @ForAll @IntRange(max = 9000) int rowCount,
            @ForAll @IntRange(min = 1, max = 4) int keyCount,
            @ForAll("cardinalities") int cardinality,
            @ForAll("nullShares") double nullShare,
            @ForAll("partitionCounts") int partitionCount) {
        RandomTables tables = new RandomTables(seed, cardinality, nullShare);
        List<List<Object>> rows = tables.rows(TYPES, rowCount);
        List<Integer> keys = tables.random().ints(keyCount, 0, TYPES.size()).boxed().toList();
        Aggregation all = aggregation(keys);
        assertGroups(seed % 2 == 0 ? all : withoutValues(all), rows, partitionCount, 5, tables.random());
    }

    /// Partitions larger than the sample that decides whether rows or partial groups are sent, with more groups than are worth it in
    /// some and few in others.
    @Property(tries = 3)
    void manyGroups_equalReference(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int keyCount) {
        RandomTables many = new RandomTables(seed, 1_000_000, 0.01);
        List<List<Object>> rows = new ArrayList<>(new RandomTables(seed + 1, 12, 0.1).rows(TYPES, 18_000));
        rows.addAll(many.rows(TYPES, 18_000));
        List<Integer> keys = many.random().ints(keyCount, 1, TYPES.size()).boxed().toList();
        assertGroups(withoutValues(aggregation(keys)), rows, 2, 5, many.random());
    }

    /// Without the functions whose state is all values of a group.
    private static Aggregation withoutValues(Aggregation aggregation) {
        List<Function> ofValues = List.of(Function.MEDIAN, Function.QUANTILE, Function.COUNT_DISTINCT);
        return new Aggregation(
                aggregation.keys(),
                aggregation.keyTypes(),
                aggregation.calls().stream().filter(call -> !ofValues.contains(call.function())).toList());
    }

    @Property(tries = 30)
    void aggregationWithoutKeys_isOneGroup(
            @ForAll long seed, @ForAll @IntRange(max = 200) int rowCount,
            @ForAll("partitionCounts") int partitionCount) {
        RandomTables tables = new RandomTables(seed, 50, 0.3);
        assertGroups(aggregation(List.of()), tables.rows(TYPES, rowCount), partitionCount, 1, tables.random());
    }

    @Provide
    Arbitrary<Integer> cardinalities() {
        return Arbitraries.of(1, 3, 40, 1_000_000);
    }

    @Provide
    Arbitrary<Double> nullShares() {
        return Arbitraries.of(0.0, 0.01, 0.4, 1.0);
    }

    @Provide
    Arbitrary<Integer> partitionCounts() {
        return Arbitraries.of(1, 2, 7);
    }

    /// All functions that are exact, over every type they take. Sums of LONG would overflow here; see the contract test.
    private static Aggregation aggregation(List<Integer> keys) {
        List<Call> calls = new ArrayList<>();
        calls.add(call(Function.COUNT_ROWS, DataType.LONG));
        calls.add(call(Function.SUM, DataType.LONG, 1));
        calls.add(call(Function.MEAN, DataType.FLOAT64, 1));
        calls.add(call(Function.MEAN, DataType.FLOAT64, 2));
        calls.add(call(Function.MEDIAN, DataType.FLOAT64, 3));
        calls.add(call(Function.QUANTILE, 0.9, DataType.FLOAT64, 3));
        calls.add(call(Function.ANY, DataType.BOOL, 0));
        calls.add(call(Function.ALL, DataType.BOOL, 0));
        for (int c = 0; c < TYPES.size(); c++) {
            calls.add(call(Function.COUNT, DataType.LONG, c));
            calls.add(call(Function.MIN, TYPES.get(c), c));
            calls.add(call(Function.MAX, TYPES.get(c), c));
            calls.add(call(Function.FIRST, TYPES.get(c), c));
            calls.add(call(Function.LAST, TYPES.get(c), c));
            calls.add(call(Function.MIN_BY, TYPES.get(c), c, 3));
            calls.add(call(Function.MAX_BY, DataType.UTF8, 4, c));
            calls.add(call(Function.COUNT_DISTINCT, DataType.LONG, c));
            calls.add(call(Function.APPROX_COUNT_DISTINCT, DataType.LONG, c));
        }
        return new Aggregation(keys, keys.stream().map(TYPES::get).toList(), calls);
    }

    /// @param inputs columns of [#TYPES]
    private static Call call(Function function, DataType result, Integer... inputs) {
        return call(function, 0, result, inputs);
    }

    private static Call call(Function function, double parameter, DataType result, Integer... inputs) {
        List<DataType> types = Stream.of(inputs).map(TYPES::get).toList();
        return new Call(function, List.of(inputs), types, parameter, result, function.code() + List.of(inputs));
    }

    private static void assertGroups(
            Aggregation aggregation, List<List<Object>> rows, int partitionCount, int sliceCount, Random random) {
        try (FakeTasks tasks = FakeTasks.create()) {
            List<Block> inputs = tasks.blocks(TYPES, rows, partitionCount, random);
            List<List<Object>> results = groupBy(tasks, aggregation, inputs, sliceCount);
            assertThat(byKey(aggregation, results)).isEqualTo(ReferenceAggregation.run(aggregation, rows));
        }
    }

    private static List<List<Object>> groupBy(FakeTasks tasks, Aggregation aggregation, List<Block> inputs,
            int sliceCount) {
        List<Block> partials = inputs.stream().map(input -> partial(tasks, aggregation, input, sliceCount)).toList();
        return merged(tasks, aggregation, partials, sliceCount);
    }

    private static List<List<Object>> merged(FakeTasks tasks, Aggregation aggregation, List<Block> partials,
            int sliceCount) {
        Pipeline merge = new Pipeline(
                new Pipeline.MergedGroups(0, aggregation), List.of(), new Pipeline.Collect(aggregation.resultTypes()));
        return IntStream.range(0, sliceCount)
                .mapToObj(slice -> tasks.run(merge, new Input(partials, slice)))
                .flatMap(block -> TestColumns.rows(block).stream())
                .toList();
    }

    private static Block partial(FakeTasks tasks, Aggregation aggregation, Block input, int sliceCount) {
        List<Integer> all = IntStream.range(0, TYPES.size()).boxed().toList();
        Pipeline pipeline = new Pipeline(
                new Pipeline.Blocks(0, all), List.of(), new Pipeline.PartialGroups(aggregation, sliceCount));
        return tasks.run(pipeline, Input.whole(input));
    }

    private static Map<List<Object>, List<Object>> byKey(Aggregation aggregation, List<List<Object>> results) {
        Map<List<Object>, List<Object>> byKey = new LinkedHashMap<>();
        int keyCount = aggregation.keys().size();
        for (List<Object> row : results) {
            List<Object> old = byKey.put(row.subList(0, keyCount), row.subList(keyCount, row.size()));
            assertThat(old).as("key %s occurs once", row.subList(0, keyCount)).isNull();
        }
        return byKey;
    }

    @Test
    void manyGroupsByText_areAllFound() {
        Aggregation aggregation = new Aggregation(
                List.of(4), List.of(DataType.UTF8), List.of(call(Function.SUM, DataType.LONG, 1)));
        List<List<Object>> rows = new ArrayList<>();
        for (int row = 0; row < 200_000; row++) {
            List<Object> values = new ArrayList<>(Collections.nCopies(TYPES.size(), null));
            values.set(1, row);
            values.set(4, "id%010d".formatted(row % 100_000));
            rows.add(values);
        }
        assertGroups(aggregation, rows, 2, 8, new Random(1));
    }

    @Test
    void groupsThatDoNotFit_areFlushedAndMergedToTheSame() {
        // half of what the groups would like, and more than their partial rows need
        assertFlushes(200_000, List.of(1, 4), 26 << 20, List.of(call(Function.COUNT_ROWS, DataType.LONG)));
    }

    @Test
    void groupsWithValuesThatDoNotFit_areFlushedAndMergedToTheSame() {
        List<Call> calls = List.of(
                call(Function.MEDIAN, DataType.FLOAT64, 3), call(Function.COUNT_DISTINCT, DataType.LONG, 3),
                call(Function.COUNT_DISTINCT, DataType.LONG, 4), call(Function.FIRST, DataType.UTF8, 4),
                call(Function.LAST, DataType.FLOAT64, 3));
        assertFlushes(40_000, List.of(1), 24 << 20, calls);
    }

    @Test
    void groupingThatHardlyReduces_isFlushedThoughThereIsMemory() {
        assertFlushes(300_000, List.of(1), 1 << 30, List.of(call(Function.COUNT_ROWS, DataType.LONG)));
    }

    /// Every key comes twice, the second time after all others.
    private static void assertFlushes(int keyCount, List<Integer> keys, long limit, List<Call> calls) {
        Aggregation aggregation = new Aggregation(keys, keys.stream().map(TYPES::get).toList(), calls);
        List<List<Object>> rows = new ArrayList<>();
        for (int row = 0; row < 2 * keyCount; row++) {
            rows.add(Arrays.asList(null, row % keyCount, null, row * 0.5, "k" + row % keyCount, null, null, null, null,
                    null));
        }
        try (FakeTasks roomy = FakeTasks.create(); FakeTasks tight = FakeTasks.withLimit(limit)) {
            Block flushed = partial(tight, aggregation, roomy.block(TYPES, rows), 1);
            assertThat(flushed.rowCount()).as("rows, with keys that were flushed and came again")
                    .isGreaterThan(keyCount);
            assertThat(byKey(aggregation, merged(roomy, aggregation, List.of(flushed), 1)))
                    .isEqualTo(ReferenceAggregation.run(aggregation, rows));
        }
    }

    @Test
    void sliceTenTimesTheMemory_isMergedInPasses() {
        int keyCount = 40_000;
        long limit = 8 << 20;
        List<DataType> types = List.of(DataType.INT, DataType.UTF8);
        Aggregation longest = new Aggregation(
                List.of(0), List.of(DataType.INT),
                List.of(new Call(Function.MAX, List.of(1), List.of(DataType.UTF8), 0, DataType.UTF8, "max")));
        Aggregation check = new Aggregation(
                List.of(), List.of(),
                List.of(call(Function.COUNT_ROWS, DataType.LONG),
                        new Call(Function.SUM, List.of(0), List.of(DataType.INT), 0, DataType.LONG, "sum")));
        String text = "x".repeat(2100);
        try (FakeTasks roomy = FakeTasks.create(); FakeTasks tight = FakeTasks.withLimit(limit)) {
            List<Block> partials = new ArrayList<>();
            for (int part = 0; part < 2; part++) {
                List<List<Object>> rows = new ArrayList<>();
                for (int key = part; key < keyCount; key++) {
                    rows.add(List.of(key, text));
                }
                partials.add(roomy.block(types, rows));
            }
            assertThat(partials.getFirst().byteSize()).isGreaterThan(10 * limit);
            Block sums = tight.run(
                    new Pipeline(new Pipeline.MergedGroups(0, longest), List.of(),
                            new Pipeline.PartialGroups(check, 1)),
                    Input.whole(partials));
            assertThat(TestColumns.rows(sums).getFirst())
                    .startsWith((long) keyCount)
                    .contains(keyCount * (keyCount - 1L) / 2);
        }
    }

    @Test
    void groupLargerThanTheMemory_hasItsMedianAndItsCountOfDifferentValues() {
        List<Call> calls = List.of(
                call(Function.MEDIAN, DataType.FLOAT64, 3), call(Function.COUNT_DISTINCT, DataType.LONG, 3),
                call(Function.COUNT_DISTINCT, DataType.LONG, 4));
        Aggregation aggregation = new Aggregation(List.of(1), List.of(DataType.INT), calls);
        Random random = new Random(7);
        List<List<Object>> rows = new ArrayList<>();
        for (int row = 0; row < 400_000; row++) {
            String text = "text number " + random.nextInt(200_000);
            rows.add(Arrays.asList(null, row == 0 ? 1 : 0, null, random.nextGaussian(), text, null, null, null, null,
                    null));
        }
        try (FakeTasks roomy = FakeTasks.create(); FakeTasks tight = FakeTasks.withLimit(5 << 19)) {
            List<Block> partials = roomy.blocks(TYPES, rows, 3, random).stream()
                    .map(block -> partial(roomy, aggregation, block, 1))
                    .toList();
            assertThat(byKey(aggregation, merged(tight, aggregation, partials, 1)))
                    .isEqualTo(ReferenceAggregation.run(aggregation, rows));
        }
    }

    @Test
    void groupThatCannotBeMergedInMemory_isAnErrorThatSaysWhatToDo() {
        Aggregation aggregation =
                new Aggregation(List.of(), List.of(), List.of(call(Function.MAX, DataType.UTF8, 4)));
        List<Object> row = new ArrayList<>(Collections.nCopies(TYPES.size(), null));
        row.set(4, "x".repeat(3 << 20));
        try (FakeTasks roomy = FakeTasks.create(); FakeTasks tight = FakeTasks.withLimit(2 << 20)) {
            List<Block> partials = List.of(partial(roomy, aggregation, roomy.block(TYPES, List.of(row)), 1));
            assertThatThrownBy(() -> merged(tight, aggregation, partials, 1))
                    .isInstanceOf(LazuliException.class)
                    .hasMessage(
                            "Grouping in merge ran out of memory with 1 groups in the table and no more memory to be had. Raise the"
                                    + " memory limit, or group by fewer or coarser keys.")
                    .extracting(e -> ((LazuliException) e).code())
                    .isEqualTo(ErrorCode.RESOURCE);
        }
    }

    @Test
    void sumBeyondLong_namesTheAggregateAndTheWayOut() {
        Aggregation aggregation = new Aggregation(
                List.of(), List.of(), List.of(call(Function.SUM, DataType.LONG, 2)));
        List<Object> row = new ArrayList<>(Collections.nCopies(TYPES.size(), null));
        row.set(2, Long.MAX_VALUE);
        try (FakeTasks tasks = FakeTasks.create()) {
            List<Block> inputs = List.of(tasks.block(TYPES, List.of(row, row)));
            assertThatThrownBy(() -> groupBy(tasks, aggregation, inputs, 1))
                    .isInstanceOf(LazuliException.class)
                    .hasMessage(
                            "sum[2] is about 1.845e+19, beyond what a LONG holds (-9223372036854775808 to"
                                    + " 9223372036854775807). Cast the argument to FLOAT64 before summing.")
                    .extracting(e -> ((LazuliException) e).code())
                    .isEqualTo(ErrorCode.DATA);
        }
    }

    @Test
    void keysOfDifferentTasks_fallIntoTheSameSlice() {
        Aggregation aggregation = new Aggregation(List.of(2), List.of(DataType.LONG), List.of());
        try (FakeTasks tasks = FakeTasks.create()) {
            // one task packs the key in one word, the other, which meets a null, in two
            List<List<Object>> plain = longs(List.of(1L, 2L, 3L, 4L, 5L));
            List<List<Object>> withNull = longs(Arrays.asList(5L, null, 4L, 3L, 2L, 1L));
            List<Block> inputs = List.of(tasks.block(TYPES, plain), tasks.block(TYPES, withNull));
            List<List<Object>> results = groupBy(tasks, aggregation, inputs, 16);
            assertThat(new HashSet<>(results)).hasSize(6);
            assertThat(results).hasSize(6);
        }
    }

    private static List<List<Object>> longs(List<Long> values) {
        List<List<Object>> rows = new ArrayList<>();
        for (Long value : values) {
            List<Object> row = new ArrayList<>(Collections.nCopies(TYPES.size(), null));
            row.set(2, value);
            rows.add(row);
        }
        return rows;
    }
}
