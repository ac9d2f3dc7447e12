package io.lazuli.dataframe.internal.column;

import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/// A borrowed view of some rows of one column: of a block, or of scratch memory. It owns nothing.
///
/// Row 0 is at byte 0 of `values` and at bit 0 of the bitmaps. Values of null rows are initialised but meaningless.
///
/// @param validity bit set = not null; [#NO_NULLS] if no row is null
/// @param values   bits (BOOL), 4 or 8 bytes a row, or [Views] (UTF8)
/// @param data     the bytes of long texts; [#NO_DATA] for other kinds
public record Column(DataType type, int length, MemorySegment validity, MemorySegment values, MemorySegment data) {
    public static final MemorySegment NO_NULLS = MemorySegment.NULL;
    public static final MemorySegment NO_DATA = MemorySegment.NULL;

    public Column {
        Objects.requireNonNull(type, "type is null");
        Objects.requireNonNull(validity, "validity is null");
        Objects.requireNonNull(values, "values is null");
        Objects.requireNonNull(data, "data is null");
    }

    public Column(DataType type, int length, MemorySegment validity, MemorySegment values) {
        this(type, length, validity, values, NO_DATA);
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
        return new Column(type, length, validity, values, data);
    }

    public int intAt(int row) {
        return values.get(Layouts.INT, (long) row * 4);
    }

    public long longAt(int row) {
        return values.get(Layouts.LONG, (long) row * 8);
    }

    public double doubleAt(int row) {
        return values.get(Layouts.DOUBLE, (long) row * 8);
    }

    public boolean booleanAt(int row) {
        return Bits.get(values, row);
    }

    public String stringAt(int row) {
        return Views.string(values, row, data);
    }

    /// The rows from `start`, which are `length` many. Bitmaps at odd positions are shifted into `scratch`.
    public Column slice(int start, int length, Scratch scratch) {
        MemorySegment slicedValues = kind() == Kind.BOOL
                ? sliceBits(values, start, length, scratch)
                : values.asSlice((long) start * kind().width(), (long) length * kind().width());
        MemorySegment slicedValidity = mayHaveNulls() ? sliceBits(validity, start, length, scratch) : NO_NULLS;
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
