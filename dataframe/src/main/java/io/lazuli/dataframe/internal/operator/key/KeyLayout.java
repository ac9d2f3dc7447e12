package io.lazuli.dataframe.internal.operator.key;

import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.column.Views;
import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// How a key of several columns is packed into `width` longs, so that equal keys are equal words:
///
/// | kind | bits | null |
/// |---|---|---|
/// | BOOL, INT, LONG | 1, 32, 64 | a bit of its own, the value 0 |
/// | DOUBLE | 64 | [Lanes#NULL] |
/// | UTF8 | 128: the view | the head [Lanes#NULL] |
///
/// Null bits are left out as long as no null was met where they would cost a word, as for a single LONG or two INTs.
record KeyLayout(List<Field> fields, int width, boolean hasNullBits) {
    private static final int NONE = -1;

    /// One column of the key: the word and bit where its value starts, and where its null bit is ([#NONE] if there is none).
    record Field(DataType type, int word, int shift, int nullBit) {
        Kind kind() {
            return Kind.of(type);
        }

        /// Whether the value has its word, or words, for itself.
        boolean isWhole() {
            return bits(type) >= Long.SIZE;
        }

        boolean hasNullBit() {
            return nullBit != NONE;
        }

        int nullWord() {
            return nullBit >>> 6;
        }

        long nullMask() {
            return 1L << (nullBit & 63);
        }
    }

    /// The narrowest layout: with null bits if they are free.
    static KeyLayout of(List<DataType> types) {
        KeyLayout withNulls = of(types, true);
        KeyLayout withoutNulls = of(types, false);
        return withNulls.width == withoutNulls.width ? withNulls : withoutNulls;
    }

    KeyLayout withNullBits() {
        return of(fields.stream().map(Field::type).toList(), true);
    }

    private static KeyLayout of(List<DataType> types, boolean nullBits) {
        Packer packer = new Packer();
        int[] starts = new int[types.size()];
        // wide fields first, so that the narrow ones share what is left
        for (int bits : new int[] {128, 64, 32, 1}) {
            for (int c = 0; c < starts.length; c++) {
                if (bits(types.get(c)) == bits) {
                    starts[c] = packer.place(bits);
                }
            }
        }
        List<Field> fields = new ArrayList<>();
        for (int c = 0; c < starts.length; c++) {
            int nullBit = nullBits && needsNullBit(types.get(c)) ? packer.place(1) : NONE;
            fields.add(new Field(types.get(c), starts[c] >>> 6, starts[c] & 63, nullBit));
        }
        boolean complete = nullBits || types.stream().noneMatch(KeyLayout::needsNullBit);
        return new KeyLayout(List.copyOf(fields), Math.max(1, packer.used.size()), complete);
    }

    private static int bits(DataType type) {
        return switch (Kind.of(type)) {
            case BOOL -> 1;
            case INT -> 32;
            case LONG, DOUBLE -> 64;
            case UTF8 -> 128;
        };
    }

    private static boolean needsNullBit(DataType type) {
        return switch (Kind.of(type)) {
            case BOOL, INT, LONG -> true;
            case DOUBLE, UTF8 -> false;
        };
    }

    /// Gives out bits of words, first fit.
    private static final class Packer {
        /// Bits taken of each word.
        final List<Integer> used = new ArrayList<>();

        int place(int bits) {
            for (int word = 0; word < used.size(); word++) {
                int at = used.get(word);
                if (at + bits <= 64) {
                    used.set(word, at + bits);
                    return word * 64 + at;
                }
            }
            int word = used.size();
            for (int left = bits; left > 0; left -= 64) {
                used.add(Math.min(left, 64));
            }
            return word * 64;
        }
    }

    /// The keys of groups from `start`, which are `length` many, as columns in `scratch`.
    List<Column> unpack(GroupRows rows, int start, int length, List<TextPool> texts, Scratch scratch) {
        List<Column> columns = new ArrayList<>();
        MemorySegment keys = rows.segment().asSlice(start * rows.stride(), length * rows.stride());
        for (int c = 0; c < fields.size(); c++) {
            columns.add(unpack(keys, rows.stride(), length, fields.get(c), texts.get(c), scratch));
        }
        return columns;
    }

    private Column unpack(
            MemorySegment keys, long stride, int length, Field field, TextPool texts, Scratch scratch) {
        MemorySegment values = scratch.values(field.kind(), length);
        long first = field.word * 8L;
        switch (field.kind()) {
            case BOOL -> unpackBits(keys, first, stride, field.shift, length, values);
            case INT -> unpackInts(keys, first, stride, field.shift, length, values);
            case LONG, DOUBLE -> unpackLongs(keys, first, stride, length, values);
            case UTF8 -> unpackViews(keys, first, stride, length, values);
        }
        MemorySegment data = field.kind() == Kind.UTF8 ? texts.data() : Column.NO_DATA;
        return new Column(field.type, length, validity(keys, stride, length, field, scratch), values, data);
    }

    private MemorySegment validity(MemorySegment keys, long stride, int length, Field field, Scratch scratch) {
        boolean hasMarker = !needsNullBit(field.type);
        if (!hasMarker && !field.hasNullBit()) {
            return Column.NO_NULLS;
        }
        MemorySegment validity = scratch.bits(length);
        long at = (hasMarker ? field.word : field.nullWord()) * 8L;
        long mask = hasMarker ? Lanes.NULL : field.nullMask();
        int nulls = 0;
        for (int row = 0; row < length; row++, at += stride) {
            boolean isNull = (keys.get(Layouts.LONG, at) & mask) == mask;
            Bits.set(validity, row, !isNull);
            nulls += isNull ? 1 : 0;
        }
        return nulls == 0 ? Column.NO_NULLS : validity;
    }

    private static void unpackBits(MemorySegment keys, long at, long stride, int shift, int length,
            MemorySegment values) {
        for (int row = 0; row < length; row++, at += stride) {
            Bits.set(values, row, (keys.get(Layouts.LONG, at) >>> shift & 1) != 0);
        }
    }

    private static void unpackInts(MemorySegment keys, long at, long stride, int shift, int length,
            MemorySegment values) {
        for (int row = 0; row < length; row++, at += stride) {
            values.set(Layouts.INT, row * 4L, (int) (keys.get(Layouts.LONG, at) >>> shift));
        }
    }

    private static void unpackLongs(MemorySegment keys, long at, long stride, int length, MemorySegment values) {
        for (int row = 0; row < length; row++, at += stride) {
            values.set(Layouts.LONG, row * 8L, keys.get(Layouts.LONG, at));
        }
    }

    private static void unpackViews(MemorySegment keys, long at, long stride, int length, MemorySegment values) {
        for (int row = 0; row < length; row++, at += stride) {
            Views.set(values, row, keys.get(Layouts.LONG, at), keys.get(Layouts.LONG, at + 8));
        }
    }
}
