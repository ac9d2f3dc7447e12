package io.lazuli.dataframe.internal.column;

import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/// Columns from Java values and back (Boolean, Integer, Long, Double, String; null is a null row; BINARY as [#bytes] says), with
/// the memory they live in. Closing fails if anything is left of that memory, so a test that ends with [#close] has ended at the baseline.
///
/// ```
///   try (TestColumns columns = TestColumns.open()) {
///       Batch batch = columns.batch(columns.of(DataType.INT, 1, null, 3), columns.of(DataType.UTF8, "a", "b", null));
///       assertThat(TestColumns.rows(batch)).containsExactly(...);
///   }
/// ```
///
/// Null rows hold hostile values (a text of 2 GB far outside, the least integer), because nobody may care what stands there.
public final class TestColumns implements AutoCloseable {
    private static final long LIMIT = 1L << 30;

    private final MemoryAccountant accountant = MemoryAccountant.create(LIMIT);
    private final Reservation memory = accountant.reserve("test", 0);
    private final Scratch scratch = new Scratch(memory);

    private TestColumns() {}

    public static TestColumns open() {
        return new TestColumns();
    }

    public MemoryAccountant accountant() {
        return accountant;
    }

    public Reservation memory() {
        return memory;
    }

    /// Scratch memory for the code under test; the columns made here do not live in it.
    public Scratch scratch() {
        return scratch;
    }

    @Override
    public void close() {
        memory.close();
        accountant.close();
    }

    public Column of(DataType type, Object... values) {
        return of(type, Arrays.asList(values));
    }

    public Column of(DataType type, List<?> values) {
        int length = values.size();
        MemorySegment validity = values.stream().allMatch(Objects::nonNull) ? Column.NO_NULLS : bits(length);
        for (int row = 0; validity != Column.NO_NULLS && row < length; row++) {
            Bits.set(validity, row, values.get(row) != null);
        }
        MemorySegment segment = memory.allocate(Kind.of(type).byteSize(length)).segment();
        return switch (Kind.of(type)) {
            case BOOL -> new Column(type, length, validity, setBooleans(segment, values));
            case INT -> new Column(type, length, validity, setInts(segment, values));
            case LONG -> new Column(type, length, validity, setLongs(segment, values));
            case DOUBLE -> new Column(type, length, validity, setDoubles(segment, values));
            case UTF8 -> new Column(type, length, validity, segment, setTexts(segment, values));
        };
    }

    /// A coded text column; its dictionary has the texts in the order in which they first come.
    public Column coded(List<?> values) {
        return coded(values, dictionary(values));
    }

    /// The distinct texts of some values.
    public TextDictionary dictionary(List<?> values) {
        List<?> entries = values.stream().filter(Objects::nonNull).distinct().toList();
        Column texts = of(DataType.UTF8, entries);
        return TextDictionary.of(texts.values(), texts.data(), entries.size());
    }

    /// A column of texts that are all entries of `dictionary`.
    public Column coded(List<?> values, TextDictionary dictionary) {
        MemorySegment codes = memory.allocate(Kind.INT.byteSize(values.size())).segment();
        for (int row = 0; row < values.size(); row++) {
            codes.set(Layouts.INT, row * 4L, values.get(row) == null ? 0 : code(dictionary, values.get(row)));
        }
        MemorySegment validity = of(DataType.UTF8, values).validity();
        return Column.coded(DataType.UTF8, values.size(), validity, codes, dictionary, new Scratch(memory));
    }

    private static int code(TextDictionary dictionary, Object text) {
        for (int code = 0; code < dictionary.size(); code++) {
            if (Views.string(dictionary.views(), code, dictionary.data()).equals(text)) {
                return code;
            }
        }
        throw new IllegalArgumentException("no entry '" + text + "'");
    }

    /// The same rows, but standing at row `offset` of a longer column, as a view of a block's slice would.
    public Column sliced(int offset, DataType type, List<?> values) {
        List<Object> longer = new ArrayList<>(Collections.nCopies(offset, filler(type)));
        longer.addAll(values);
        longer.add(filler(type));
        return of(type, longer).slice(offset, values.size(), new Scratch(memory));
    }

    private static Object filler(DataType type) {
        return switch (Kind.of(type)) {
            case BOOL -> true;
            case INT -> -1;
            case LONG -> -1L;
            case DOUBLE -> -1.0;
            case UTF8 -> "neither of the slice nor inline";
        };
    }

    public Batch batch(Column... columns) {
        return new Batch(columns.length == 0 ? 0 : columns[0].length(), List.of(columns));
    }

    /// A block of these columns, which the caller releases.
    public Block block(Column... columns) {
        List<DataType> types = Arrays.stream(columns).map(Column::type).toList();
        BlockBuilder builder = new BlockBuilder(memory, types, 0);
        builder.append(batch(columns));
        return builder.finish();
    }

    /// The values of a column, null for null rows.
    public static List<Object> values(Column column) {
        List<Object> values = new ArrayList<>();
        for (int row = 0; row < column.length(); row++) {
            values.add(value(column, row));
        }
        return values;
    }

    public static Object value(Column column, int row) {
        if (column.isNull(row)) {
            return null;
        }
        return switch (column.kind()) {
            case BOOL -> column.booleanAt(row);
            case INT -> column.intAt(row);
            case LONG -> column.longAt(row);
            case DOUBLE -> column.doubleAt(row);
            case UTF8 -> column.type() == DataType.BINARY ? bytesAt(column, row) : column.stringAt(row);
        };
    }

    private static Object bytesAt(Column column, int row) {
        byte[] bytes = new byte[Views.length(column.values(), row)];
        MemorySegment from = Views.bytes(column.values(), row, column.data());
        MemorySegment.copy(from, Layouts.BYTE, Views.start(column.values(), row), bytes, 0, bytes.length);
        return bytes(bytes);
    }

    /// The value of a BINARY row: the text that the bytes are, or a ByteBuffer where they are none.
    public static Object bytes(byte[] value) {
        String text = new String(value, StandardCharsets.UTF_8);
        return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), value) ? text : ByteBuffer.wrap(value);
    }

    /// The bytes of a text, or of what [#bytes] gave.
    public static byte[] toBytes(Object value) {
        return value instanceof ByteBuffer bytes ? bytes.array() : ((String) value).getBytes(StandardCharsets.UTF_8);
    }

    /// The rows of a batch, each the list of its values.
    public static List<List<Object>> rows(Batch batch) {
        List<List<Object>> rows = new ArrayList<>();
        for (int row = 0; row < batch.rowCount(); row++) {
            List<Object> values = new ArrayList<>();
            for (Column column : batch.columns()) {
                values.add(value(column, row));
            }
            rows.add(values);
        }
        return rows;
    }

    /// The rows of a block.
    public static List<List<Object>> rows(Block block) {
        return rows(ColumnBlocks.view(block));
    }

    private MemorySegment bits(int length) {
        return memory.allocate(Bits.byteSize(length)).segment();
    }

    private static MemorySegment setBooleans(MemorySegment segment, List<?> values) {
        for (int row = 0; row < values.size(); row++) {
            Bits.set(segment, row, !Boolean.FALSE.equals(values.get(row)));
        }
        return segment;
    }

    private static MemorySegment setInts(MemorySegment segment, List<?> values) {
        for (int row = 0; row < values.size(); row++) {
            segment.set(Layouts.INT, row * 4L, values.get(row) instanceof Integer value ? value : Integer.MIN_VALUE);
        }
        return segment;
    }

    private static MemorySegment setLongs(MemorySegment segment, List<?> values) {
        for (int row = 0; row < values.size(); row++) {
            segment.set(Layouts.LONG, row * 8L, values.get(row) instanceof Long value ? value : Long.MIN_VALUE);
        }
        return segment;
    }

    private static MemorySegment setDoubles(MemorySegment segment, List<?> values) {
        for (int row = 0; row < values.size(); row++) {
            segment.set(Layouts.DOUBLE, row * 8L, values.get(row) instanceof Double value ? value : Double.NaN);
        }
        return segment;
    }

    private MemorySegment setTexts(MemorySegment views, List<?> values) {
        List<byte[]> texts = new ArrayList<>();
        for (Object value : values) {
            texts.add(value instanceof String || value instanceof ByteBuffer ? toBytes(value) : null);
        }
        int dataSize = texts.stream().filter(t -> t != null && t.length > Views.INLINE).mapToInt(t -> t.length).sum();
        MemorySegment data = dataSize == 0 ? Column.NO_DATA : memory.allocate(dataSize).segment();
        int used = 0;
        for (int row = 0; row < texts.size(); row++) {
            byte[] text = texts.get(row);
            if (text == null) {
                Views.set(views, row, Integer.MAX_VALUE | 0x61616161L << 32, 0x7FFFFFFFL << 32);
            } else if (text.length <= Views.INLINE) {
                Views.setInline(views, row, MemorySegment.ofArray(text), 0, text.length);
            } else {
                MemorySegment.copy(text, 0, data, Layouts.BYTE, used, text.length);
                Views.setReference(views, row, data, used, text.length);
                used += text.length;
            }
        }
        return data;
    }
}
