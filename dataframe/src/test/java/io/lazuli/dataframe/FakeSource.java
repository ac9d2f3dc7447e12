package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.column.Views;
import io.lazuli.dataframe.internal.source.BatchReader;
import io.lazuli.dataframe.internal.source.ColumnRange;
import io.lazuli.dataframe.internal.source.ScanRequest;
import io.lazuli.dataframe.internal.source.Source;
import io.lazuli.dataframe.internal.source.Split;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.Token;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Rows in memory that pretend to be a file: as many partitions as one likes, down to none. It ignores predicates, as a source
/// may. Values are Boolean, Integer (INT, DATE), Long (LONG, TIMESTAMP), Double, String or null.
public record FakeSource(String name, Schema schema, List<List<Object>> rows, int partitionCount,
        long decodedBytes, boolean tellsRanges) implements Source {
    private static final int BATCH_ROWS = 3;

    /// An empty table; columns are written as `name: type`, such as `v1: INT`.
    public static FakeSource of(String name, String... columns) {
        List<Field> fields = Stream.of(columns)
                .map(column -> column.split(": "))
                .map(parts -> new Field(parts[0], type(parts[1])))
                .toList();
        return new FakeSource(name, new Schema(fields), List.of(), 1, 1000, false);
    }

    /// A constant of [DataType], or `decimal(9,2)`.
    private static DataType type(String text) {
        if (!text.startsWith("decimal(")) {
            return DataType.Simple.valueOf(text);
        }
        String[] numbers = text.substring("decimal(".length(), text.length() - 1).split(",");
        return DataType.decimal(Integer.parseInt(numbers[0].strip()), Integer.parseInt(numbers[1].strip()));
    }

    public FakeSource row(Object... values) {
        List<List<Object>> longer = new ArrayList<>(rows);
        longer.add(Collections.unmodifiableList(Arrays.asList(values)));
        return withRows(longer);
    }

    public FakeSource withRows(List<List<Object>> newRows) {
        return new FakeSource(name, schema, List.copyOf(newRows), partitionCount, decodedBytes, tellsRanges);
    }

    public FakeSource inPartitions(int count) {
        return new FakeSource(name, schema, rows, count, decodedBytes, tellsRanges);
    }

    /// The size it pretends to have.
    public FakeSource ofBytes(long bytes) {
        return new FakeSource(name, schema, rows, partitionCount, bytes, tellsRanges);
    }

    /// As files whose metadata has the bounds of whole numbers.
    public FakeSource tellingRanges() {
        return new FakeSource(name, schema, rows, partitionCount, decodedBytes, true);
    }

    @Override
    public Optional<ColumnRange> range(int column) {
        List<Long> values = rows.stream()
                .map(row -> row.get(column))
                .filter(value -> value instanceof Integer || value instanceof Long)
                .map(value -> ((Number) value).longValue())
                .toList();
        return tellsRanges && !values.isEmpty()
                ? Optional.of(new ColumnRange(
                        Optional.of(Collections.min(values)), Optional.of(Collections.max(values)), -1, false))
                : Optional.empty();
    }

    public DataFrame frame() {
        return DataFrame.scan(this, name);
    }

    public DataFrame frame(InlineEngine engine) {
        return frame().withEngine(engine);
    }

    @Override
    public Token token() {
        return Token.of("fake", name, schema, rows, partitionCount);
    }

    @Override
    public Estimate estimate(ScanRequest request) {
        return new Estimate(Math.max(rows.size(), decodedBytes / 10),
                decodedBytes * request.columns().size() / Math.max(1, schema.size()));
    }

    /// Rows `start` to `end`.
    public record Part(int start, int end) implements Split {}

    @Override
    public List<Split> splits(ScanRequest request) {
        return IntStream.range(0, partitionCount)
                .<Split>mapToObj(
                        p -> new Part(rows.size() * p / partitionCount, rows.size() * (p + 1) / partitionCount))
                .toList();
    }

    @Override
    public BatchReader open(Split split, ScanRequest request, Scratch scratch) {
        return new Reader((Part) split, request, scratch);
    }

    private final class Reader implements BatchReader {
        private final Part part;
        private final ScanRequest request;
        private final Scratch scratch;
        /// The first row that was not read yet.
        private int position;

        Reader(Part part, ScanRequest request, Scratch scratch) {
            this.part = part;
            this.request = request;
            this.scratch = scratch;
            this.position = part.start();
        }

        @Override
        public Optional<Batch> next() {
            int end = Math.min(part.end(), position + BATCH_ROWS);
            if (position == end) {
                return Optional.empty();
            }
            List<List<Object>> taken = rows.subList(position, end);
            position = end;
            List<Column> columns = request.columns().stream()
                    .map(c -> column(schema.field(c).type(), taken.stream().map(row -> row.get(c)).toList()))
                    .toList();
            return Optional.of(new Batch(taken.size(), columns));
        }

        private Column column(DataType type, List<Object> values) {
            Kind kind = Kind.of(type);
            MemorySegment validity = scratch.bits(values.size());
            MemorySegment segment = scratch.values(kind, values.size());
            MemorySegment data =
                    scratch.allocate(values.stream().mapToLong(v -> v instanceof String s ? 4L * s.length() : 0).sum());
            segment.fill((byte) 0);
            long used = 0;
            for (int row = 0; row < values.size(); row++) {
                Bits.set(validity, row, values.get(row) != null);
                switch (values.get(row)) {
                    case null -> {}
                    case Boolean value -> Bits.set(segment, row, value);
                    case Integer value -> segment.set(Layouts.INT, row * 4L, value);
                    case Long value -> segment.set(Layouts.LONG, row * 8L, value);
                    case Double value -> segment.set(Layouts.DOUBLE, row * 8L, value);
                    case String value ->
                        used += setText(segment, row, data, used, value.getBytes(StandardCharsets.UTF_8));
                    default -> throw new IllegalArgumentException("a value of " + values.get(row).getClass());
                }
            }
            return new Column(type, values.size(), validity, segment, kind == Kind.UTF8 ? data : Column.NO_DATA);
        }

        private static long setText(MemorySegment views, int row, MemorySegment data, long used, byte[] text) {
            if (text.length <= Views.INLINE) {
                Views.setInline(views, row, MemorySegment.ofArray(text), 0, text.length);
                return 0;
            }
            MemorySegment.copy(text, 0, data, Layouts.BYTE, used, text.length);
            Views.setReference(views, row, data, used, text.length);
            return text.length;
        }

        @Override
        public void close() {}
    }
}
