package io.lazuli.dataframe.internal.column;

import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A borrowed view of some rows of one column: of a block, or of scratch memory. It owns nothing. Confined to one thread where it
/// is coded, else immutable.
///
/// Row 0 is at byte 0 of [#values] and at bit 0 of the bitmaps. Values of null rows are initialised but meaningless.
///
/// A text column may be *coded*: an int a row, which names an entry of a [TextDictionary]. Whoever knows codes works on these; to
/// all others it looks like any text column, whose views are gathered when somebody first asks for them.
///
/// ```
///   coded   codes | 1 | 0 | 1 |    dictionary | "jfk" | "lax" |        values | "lax" | "jfk" | "lax" |  made on demand
/// ```
public final class Column {
    public static final MemorySegment NO_NULLS = MemorySegment.NULL;
    public static final MemorySegment NO_DATA = MemorySegment.NULL;

    private final DataType type;
    private final int length;
    private final MemorySegment validity;
    /// Null until the views of a coded column are asked for.
    private @Nullable MemorySegment values;
    private final MemorySegment data;
    /// Null where the column is not coded.
    private final @Nullable Coded coded;

    /// @param scratch where views are made; null for the heap, which is for edges
    private record Coded(MemorySegment codes, TextDictionary dictionary, @Nullable Scratch scratch) {}

    /// @param validity bit set = not null; [#NO_NULLS] if no row is null
    /// @param values   bits (BOOL), 4 or 8 bytes a row, or [Views] (UTF8)
    /// @param data     the bytes of long texts; [#NO_DATA] for other kinds
    public Column(DataType type, int length, MemorySegment validity, MemorySegment values, MemorySegment data) {
        this(type, length, validity, values, data, null);
    }

    public Column(DataType type, int length, MemorySegment validity, MemorySegment values) {
        this(type, length, validity, values, NO_DATA);
    }

    private Column(
            DataType type, int length, MemorySegment validity, @Nullable MemorySegment values, MemorySegment data,
            @Nullable Coded coded) {
        this.type = Objects.requireNonNull(type, "type is null");
        this.length = length;
        this.validity = Objects.requireNonNull(validity, "validity is null");
        this.values = values;
        this.data = Objects.requireNonNull(data, "data is null");
        this.coded = coded;
    }

    /// A coded text column.
    ///
    /// @param codes   an int a row, below the size of the dictionary; 0 for null rows
    /// @param scratch where views are made if they are asked for
    public static Column coded(
            DataType type, int length, MemorySegment validity, MemorySegment codes, TextDictionary dictionary,
            Scratch scratch) {
        return new Column(type, length, validity, null, NO_DATA, new Coded(codes, dictionary, scratch));
    }

    /// As [#coded], for edges: views are made on the heap.
    public static Column codedOnHeap(
            DataType type, int length, MemorySegment validity, MemorySegment codes, TextDictionary dictionary) {
        return new Column(type, length, validity, null, NO_DATA, new Coded(codes, dictionary, null));
    }

    public DataType type() {
        return type;
    }

    public int length() {
        return length;
    }

    public MemorySegment validity() {
        return validity;
    }

    public MemorySegment data() {
        return coded == null ? data : coded.dictionary.data();
    }

    public MemorySegment values() {
        if (values == null) {
            values = views(Objects.requireNonNull(coded, "a column has values or codes"));
        }
        return values;
    }

    private MemorySegment views(Coded coded) {
        MemorySegment views = coded.scratch == null
                ? MemorySegment.ofArray(new long[2 * length])
                : coded.scratch.values(Kind.UTF8, length);
        coded.dictionary.take(coded.codes, length, views);
        return views;
    }

    public boolean isCoded() {
        return coded != null;
    }

    /// An int a row. Only of a coded column.
    public MemorySegment codes() {
        return Objects.requireNonNull(coded, "the column is not coded").codes;
    }

    /// What the codes name. Only of a coded column.
    public TextDictionary dictionary() {
        return Objects.requireNonNull(coded, "the column is not coded").dictionary;
    }

    /// The views that [#entry] counts in: those of the dictionary or of the rows. Reading a coded column by these makes no views.
    public MemorySegment entries() {
        return coded == null || coded.dictionary.size() == 0 ? values() : coded.dictionary.views();
    }

    /// Which of [#entries] is a row's.
    public int entry(int row) {
        return coded == null || coded.dictionary.size() == 0 ? row : coded.codes.get(Layouts.INT, row * 4L);
    }

    public Kind kind() {
        return Kind.of(type);
    }

    public boolean mayHaveNulls() {
        return validity != NO_NULLS;
    }

    /// For edges and slow paths; kernels work on whole words.
    public boolean isNull(int row) {
        return mayHaveNulls() && !Bits.get(validity, row);
    }

    public Column withType(DataType type) {
        return new Column(type, length, validity, values, data, coded);
    }

    public int intAt(int row) {
        return values().get(Layouts.INT, (long) row * 4);
    }

    public long longAt(int row) {
        return values().get(Layouts.LONG, (long) row * 8);
    }

    public double doubleAt(int row) {
        return values().get(Layouts.DOUBLE, (long) row * 8);
    }

    public boolean booleanAt(int row) {
        return Bits.get(values(), row);
    }

    public String stringAt(int row) {
        return coded == null
                ? Views.string(values(), row, data)
                : Views.string(coded.dictionary.views(), coded.codes.get(Layouts.INT, row * 4L), data());
    }

    /// Bytes of the texts that are longer than a view.
    public long longTextBytes() {
        MemorySegment views = values();
        long bytes = 0;
        for (int row = 0; row < length; row++) {
            int size = Views.length(views, row);
            bytes += size > Views.INLINE && !isNull(row) ? size : 0;
        }
        return bytes;
    }

    /// The rows from `start`, which are `length` many. Bitmaps at odd positions are shifted into `scratch`.
    public Column slice(int start, int length, Scratch scratch) {
        MemorySegment slicedValidity = mayHaveNulls() ? sliceBits(validity, start, length, scratch) : NO_NULLS;
        if (coded != null) {
            MemorySegment codes = coded.codes.asSlice(start * 4L, length * 4L);
            return coded(type, length, slicedValidity, codes, coded.dictionary, scratch);
        }
        MemorySegment slicedValues = kind() == Kind.BOOL
                ? sliceBits(values(), start, length, scratch)
                : values().asSlice((long) start * kind().width(), (long) length * kind().width());
        return new Column(type, length, slicedValidity, slicedValues, data);
    }

    private static MemorySegment sliceBits(MemorySegment bits, int start, int length, Scratch scratch) {
        if ((start & 63) == 0) {
            return bits.asSlice(start / 8, Bits.byteSize(length));
        }
        MemorySegment shifted = scratch.bits(length);
        Bits.copy(bits, start, shifted, 0, length);
        return shifted;
    }
}
