package io.lazuli.dataframe.internal.physical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.ColumnBlocks;
import io.lazuli.dataframe.internal.operator.join.JoinKind;
import io.lazuli.dataframe.internal.physical.FakeTasks.Input;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.Argument;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Whoever reads what an exchange brought notices that a block of it is lost or comes twice.
class RowConservationTest {
    private static final List<DataType> TYPES = List.of(DataType.LONG, DataType.INT);
    private static final SortOrder ORDER = new SortOrder(List.of(new SortOrder.Column(0, false, false)));
    private static final Aggregation SUMS = new Aggregation(
            List.of(0), List.of(DataType.LONG), List.of(new Aggregation.Call(
                    Aggregation.Function.COUNT, List.of(1), List.of(DataType.INT), 0, DataType.LONG, "n")));

    /// Those who move rows.
    private enum Reader {
        BLOCKS(new Pipeline.Blocks(0, List.of(0, 1))),
        RUNS(new Pipeline.MergedRuns(0, ORDER)),
        GROUPS(new Pipeline.MergedGroups(0, SUMS)),
        JOIN(new Pipeline.JoinedSlices(
                0, 1, TYPES,
                new Pipeline.Matching(JoinKind.INNER, List.of(0), List.of(0), List.of(0, 1), List.of())));

        final Pipeline pipeline;

        Reader(Pipeline.Origin origin) {
            pipeline = new Pipeline(origin, List.of(), new Pipeline.Collect(TYPES));
        }
    }

    /// What was counted first, and what is read then; dependency 1 stays as it is.
    private static final class Changing implements TaskInputs {
        private final List<Block> counted;
        private final List<Block> read;
        private int asked;

        Changing(List<Block> counted, List<Block> read) {
            this.counted = counted;
            this.read = read;
        }

        @Override
        public int dependencyCount() {
            return 2;
        }

        @Override
        public List<Block> blocks(int dependency) {
            return dependency == 1 || asked++ == 0 ? counted : read;
        }

        @Override
        public int slice(int dependency) {
            return Argument.WHOLE;
        }
    }

    /// Sorted rows of keys that occur once, as sorted runs, partial groups of one row, or rows.
    private static Block rows(FakeTasks tasks, int first) {
        List<List<Object>> rows = IntStream.range(first, first + 3_000)
                .mapToObj(row -> Arrays.<Object>asList((long) row, row)).toList();
        return tasks.block(TYPES, rows);
    }

    private static Block partial(FakeTasks tasks, Block rows) {
        Pipeline groups = new Pipeline(
                new Pipeline.Blocks(0, List.of(0, 1)), List.of(), new Pipeline.PartialGroups(SUMS, 1));
        return tasks.run(groups, Input.whole(rows));
    }

    @ParameterizedTest
    @EnumSource
    void aBlockThatIsLostOrComesTwice_isNoticed(Reader reader) {
        try (FakeTasks tasks = FakeTasks.create()) {
            List<Block> blocks = IntStream.range(0, 3).mapToObj(b -> rows(tasks, 3_000 * b)).toList();
            List<Block> all =
                    reader == Reader.GROUPS ? blocks.stream().map(block -> partial(tasks, block)).toList() : blocks;

            Block whole = tasks.runOn(0, reader.pipeline, new Changing(all, all));
            assertThat(whole.rowCount()).isEqualTo(9_000);
            assertNoticed(tasks, reader, all, all.subList(0, 2), 6_000);
            assertNoticed(tasks, reader, all, List.of(all.get(0), all.get(1), all.get(1), all.get(2)), 12_000);
        }
    }

    /// A sink of which somebody says that more rows reached it.
    private record Losing(Pipeline.Sink kind, int lost) implements Operation {
        @Override
        public String name() {
            return "losing";
        }

        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            BatchSink sink = switch (kind) {
                case Pipeline.HashSlices slices -> new HashSlicesSink(
                        context.memory(), slices.types(), slices.keys(), slices.sliceCount());
                case Pipeline.SortedRun run -> new SortedRunSink(run, context.memory());
                default -> new CollectSink(new Pipeline.Collect(TYPES), context.memory());
            };
            Batch rows = ColumnBlocks.view(inputs.block(0));
            sink.accept(rows);
            Block block = sink.finish();
            try {
                RowConservation.checkKept(context, sink, rows.rowCount() + lost, block);
                return block;
            } catch (LazuliException e) {
                block.release();
                throw e;
            }
        }
    }

    private static Stream<Pipeline.Sink> sinks() {
        return Stream.of(
                new Pipeline.Collect(TYPES), new Pipeline.HashSlices(TYPES, List.of(0), 4),
                new Pipeline.SortedRun(TYPES, ORDER, -1));
    }

    @ParameterizedTest
    @MethodSource("sinks")
    void aSinkThatKeepsMoreOrFewerRowsThanCame_isNoticed(Pipeline.Sink sink) {
        try (FakeTasks tasks = FakeTasks.create()) {
            Input rows = Input.whole(rows(tasks, 0));
            assertThat(tasks.run(new Losing(sink, 0), rows).rowCount()).isEqualTo(3_000);
            for (int lost : new int[] {1, -1}) {
                assertThatThrownBy(() -> tasks.run(new Losing(sink, lost), rows))
                        .isInstanceOfSatisfying(LazuliException.class,
                                e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL))
                        .hasMessageStartingWith("losing kept 3,000 rows instead of %,d.".formatted(3_000 + lost));
            }
        }
    }

    private static void assertNoticed(
            FakeTasks tasks, Reader reader, List<Block> counted, List<Block> read, int found) {
        assertThatThrownBy(() -> tasks.runOn(0, reader.pipeline, new Changing(counted, read)))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL))
                .hasMessage(
                        "%s took from its inputs %,d rows instead of 9,000. Rows must be conserved: the result would be wrong and was dropped. Please report this with the plan."
                                .formatted(reader.pipeline.name(), found));
    }
}
