package io.lazuli.dataframe.internal.physical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.column.TestColumns;
import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.physical.FakeTasks.Input;
import io.lazuli.dataframe.internal.source.BatchReader;
import io.lazuli.dataframe.internal.source.ScanRequest;
import io.lazuli.dataframe.internal.source.Source;
import io.lazuli.dataframe.internal.source.Split;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.Token;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What a pipeline does apart from its operators: order, early stop, cancelling, closing.
class PipelineTest {
    private static final List<DataType> INT = List.of(DataType.INT);
    private static final BoundExpr VALUE = new BoundExpr.Input(0, DataType.INT);

    @Test
    void filterProjectAndHead_keepTheOrderOfRows() {
        BoundExpr isEven = new BoundExpr.Compare(
                BoundExpr.CompareOperator.EQ,
                new BoundExpr.Arithmetic(BoundExpr.ArithmeticOperator.REMAINDER, VALUE, literal(2)),
                literal(0));
        BoundExpr plusOne = new BoundExpr.Arithmetic(BoundExpr.ArithmeticOperator.ADD, VALUE, literal(1));
        Pipeline pipeline = new Pipeline(
                new Pipeline.Blocks(0, List.of(0)),
                List.of(new Pipeline.Filter(isEven), new Pipeline.Project(List.of(plusOne)), new Pipeline.Head(5000)),
                new Pipeline.Collect(INT));
        try (FakeTasks tasks = FakeTasks.create()) {
            List<Block> inputs = List.of(ints(tasks, 0, 9_001), ints(tasks, 9_001, 9_001), ints(tasks, 9_001, 20_000));
            Block result = tasks.run(pipeline, Input.whole(inputs));
            List<List<Object>> expected = IntStream.range(0, 5000).mapToObj(i -> List.<Object>of(2 * i + 1)).toList();
            assertThat(TestColumns.rows(result)).isEqualTo(expected);
        }
    }

    @Test
    void head_stopsTheScanAndClosesItsReader() {
        CountingSource source = new CountingSource(new ArrayList<>(), 10);
        Pipeline pipeline = scan(source, List.of(new Pipeline.Head(Batch.ROWS + 1)));
        try (FakeTasks tasks = FakeTasks.create()) {
            assertThat(tasks.run(pipeline).rowCount()).isEqualTo(Batch.ROWS + 1);
        }
        assertThat(source.events()).containsExactly("next", "next", "close");
    }

    @Test
    void headOfNothing_readsNothing() {
        CountingSource source = new CountingSource(new ArrayList<>(), 10);
        try (FakeTasks tasks = FakeTasks.create()) {
            assertThat(tasks.run(scan(source, List.of(new Pipeline.Head(0)))).rowCount()).isZero();
        }
        assertThat(source.events()).containsExactly("close");
    }

    @Test
    void cancelling_endsBeforeTheNextBatchAndClosesTheReader() {
        CountingSource source = new CountingSource(new ArrayList<>(), 10);
        try (FakeTasks tasks = FakeTasks.create()) {
            tasks.cancel();
            assertThatThrownBy(() -> tasks.run(scan(source, List.of())))
                    .isInstanceOf(LazuliException.class)
                    .extracting(e -> ((LazuliException) e).code())
                    .isEqualTo(ErrorCode.CANCELLED);
        }
        assertThat(source.events()).containsExactly("close");
    }

    private static BoundExpr literal(int value) {
        return new BoundExpr.Literal(DataType.INT, Optional.of(value));
    }

    private static Block ints(FakeTasks tasks, int start, int end) {
        return tasks.block(INT, IntStream.range(start, end).mapToObj(i -> List.<Object>of(i)).toList());
    }

    private static Pipeline scan(Source source, List<Pipeline.Step> steps) {
        ScanRequest request = new ScanRequest(List.of(0), Optional.empty());
        return new Pipeline(new Pipeline.Scan(source, request, source.splits(request)), steps,
                new Pipeline.Collect(INT));
    }

    private record WholeSplit() implements Split {}

    /// Batches of whatever stands in memory, and a record of what was asked for.
    private record CountingSource(List<String> events, int batchCount) implements Source {
        @Override
        public String name() {
            return "counting";
        }

        @Override
        public Schema schema() {
            return Schema.of(new Field("x", DataType.INT));
        }

        @Override
        public Estimate estimate(ScanRequest request) {
            return new Estimate((long) batchCount * Batch.ROWS, 4L * batchCount * Batch.ROWS);
        }

        @Override
        public List<Split> splits(ScanRequest request) {
            return List.of(new WholeSplit());
        }

        @Override
        public BatchReader open(Split split, ScanRequest request, Scratch scratch) {
            return new CountingReader(this, scratch);
        }

        @Override
        public Token token() {
            return Token.random();
        }
    }

    private static final class CountingReader implements BatchReader {
        private final CountingSource source;
        private final Scratch scratch;
        private int given;

        CountingReader(CountingSource source, Scratch scratch) {
            this.source = source;
            this.scratch = scratch;
        }

        @Override
        public Optional<Batch> next() {
            source.events().add("next");
            if (given++ == source.batchCount()) {
                return Optional.empty();
            }
            MemorySegment values = scratch.allocate(Batch.ROWS * 4L);
            Column column = new Column(
                    DataType.INT, Batch.ROWS, Column.NO_NULLS, values);
            return Optional.of(new Batch(Batch.ROWS, List.of(column)));
        }

        @Override
        public void close() {
            source.events().add("close");
        }
    }
}
