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
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// How a key of several columns is packed into `width` longs, so that equal keys are equal words:
///
/// | kind | bits | null |
/// |---|---|---|
/// | BOOL, INT, LONG | 1, 32, 64 | a bit of its own, the value 0 |
/// | DOUBLE | 64 | [Lanes#NULL] |
/// | UTF8 | 128: the view | the head [Lanes#NULL] |
/// | UTF8, coded | as many as its codes in [TextCodes] need, at most 32 | a bit of its own, the code 0 |
///
/// Null bits are left out as long as no null was met where they would cost a word, as for a single LONG or two INTs.
///
/// Narrow codes make small words: two columns of a hundred texts each are a number below 2^14, which has a slot of its own in
/// [DirectSlots].
///
/// @param bits up to the highest that is taken
record KeyLayout(List<Field> fields, int bits, boolean hasNullBits) {
    private static final int NONE = -1;
    /// Entries of a dictionary up to which its codes are taken over: more of them cost more than they save.
    private static final int MOST_CODES = 1 << 17;
    /// Bits that take the code of any text.
    static final int WIDEST_CODE = 32;

    /// One column of the key: the word and bit where its value starts, and where its null bit is ([#NONE] if there is none).
    ///
    /// @param codeBits of a coded column, 0 of others
    record Field(DataType type, int codeBits, int word, int shift, int nullBit) {
        boolean isCoded() {
            return codeBits > 0;
        }

        /// Numbers below this are codes of texts; the two largest ones are of none, see [CodeMap].
        int codeCount() {
            return codeCount(codeBits);
        }

        private static int codeCount(int bits) {
            return bits == WIDEST_CODE ? Integer.MAX_VALUE : (1 << bits) - 2;
        }

        long codeMask() {
            return (1L << codeBits) - 1;
        }

        Kind kind() {
            return Kind.of(type);
        }

        /// Whether the value has its word, or words, for itself.
        boolean isWhole() {
            return bits(type, codeBits) >= Long.SIZE;
        }

        /// Whether all codes of the other field have room in this one, which is coded if that is.
        boolean takes(Field other) {
            return isCoded() == other.isCoded() && codeBits >= other.codeBits;
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

    /// Longs of a key.
    int width() {
        return Math.max(1, Math.ceilDiv(bits, Long.SIZE));
    }

    /// A layout for keys such as these columns. With null bits if they are needed or free.
    ///
    /// @param codeBits of each column, 0 where it is not to be coded
    static KeyLayout of(List<Column> keys, int[] codeBits, boolean hasNulls) {
        List<DataType> types = keys.stream().map(Column::type).toList();
        KeyLayout withNulls = pack(types, codeBits, true);
        if (hasNulls || keys.stream().anyMatch(Column::mayHaveNulls)) {
            return withNulls;
        }
        KeyLayout withoutNulls = pack(types, codeBits, false);
        return withNulls.width() == withoutNulls.width() ? withNulls : withoutNulls;
    }

    /// Whether keys that ask for `other` can be packed like this, if perhaps wider.
    boolean takes(KeyLayout other) {
        return (hasNullBits || !other.hasNullBits)
                && IntStream.range(0, fields.size())
                        .allMatch(c -> fields.get(c).takes(other.fields.get(c)));
    }

    static boolean isWorthCoding(Column key) {
        return key.isCoded() && key.dictionary().size() <= MOST_CODES;
    }

    /// Bits for so many texts and a few more.
    static int codeBits(int textCount) {
        int codes = textCount + textCount / 4;
        return Math.min(Integer.SIZE - Integer.numberOfLeadingZeros(codes + 1), WIDEST_CODE);
    }

    private static KeyLayout pack(List<DataType> types, int[] codeBits, boolean nullBits) {
        Packer packer = new Packer();
        int[] starts = new int[types.size()];
        // wide fields first, so that the narrow ones share what is left
        IntStream.range(0, starts.length)
                .boxed()
                .sorted(Comparator.comparing(c -> -bits(types.get(c), codeBits[c])))
                .forEach(c -> starts[c] = packer.place(bits(types.get(c), codeBits[c])));
        List<Field> fields = new ArrayList<>();
        for (int c = 0; c < starts.length; c++) {
            int nullBit = nullBits && needsNullBit(types.get(c), codeBits[c]) ? packer.place(1) : NONE;
            fields.add(new Field(types.get(c), codeBits[c], starts[c] >>> 6, starts[c] & 63, nullBit));
        }
        boolean complete = nullBits
                || IntStream.range(0, types.size()).noneMatch(c -> needsNullBit(types.get(c), codeBits[c]));
        return new KeyLayout(List.copyOf(fields), packer.bits(), complete);
    }

    private static int bits(DataType type, int codeBits) {
        return switch (Kind.of(type)) {
            case BOOL -> 1;
            case INT -> 32;
            case LONG, DOUBLE -> 64;
            case UTF8 -> codeBits > 0 ? codeBits : 128;
        };
    }

    private static boolean needsNullBit(DataType type, int codeBits) {
        return switch (Kind.of(type)) {
            case BOOL, INT, LONG -> true;
            case DOUBLE -> false;
            case UTF8 -> codeBits > 0;
        };
    }

    /// Gives out bits of words, first fit.
    private static final class Packer {
        /// Bits taken of each word.
        final List<Integer> used = new ArrayList<>();

        int bits() {
            return used.isEmpty() ? 0 : (used.size() - 1) * Long.SIZE + used.getLast();
        }

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
    List<Column> unpack(GroupRows rows, int start, int length, List<KeyTexts> texts, Scratch scratch) {
        List<Column> columns = new ArrayList<>();
        MemorySegment keys = rows.segment().asSlice(start * rows.stride() + rows.keyStart());
        for (int c = 0; c < fields.size(); c++) {
            columns.add(unpack(keys, rows.stride(), length, fields.get(c), texts.get(c), scratch));
        }
        return columns;
    }

    private Column unpack(
            MemorySegment keys, long stride, int length, Field field, KeyTexts texts, Scratch scratch) {
        long first = field.word * 8L;
        if (field.isCoded()) {
            MemorySegment codes = scratch.values(Kind.INT, length);
            unpackCodes(keys, first, stride, field.shift, (int) field.codeMask(), length, codes);
            MemorySegment validity = validity(keys, stride, length, field, scratch);
            return Column.coded(field.type, length, validity, codes, texts.codes(), scratch);
        }
        MemorySegment values = scratch.values(field.kind(), length);
        switch (field.kind()) {
            case BOOL -> unpackBits(keys, first, stride, field.shift, length, values);
            case INT -> unpackInts(keys, first, stride, field.shift, length, values);
            case LONG, DOUBLE -> unpackLongs(keys, first, stride, length, values);
            case UTF8 -> unpackViews(keys, first, stride, length, values);
        }
        MemorySegment data = field.kind() == Kind.UTF8 ? texts.pool().data() : Column.NO_DATA;
        return new Column(field.type, length, validity(keys, stride, length, field, scratch), values, data);
    }

    private MemorySegment validity(MemorySegment keys, long stride, int length, Field field, Scratch scratch) {
        boolean hasMarker = !needsNullBit(field.type, field.codeBits);
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

    private static void unpackCodes(
            MemorySegment keys, long at, long stride, int shift, int mask, int length, MemorySegment values) {
        for (int row = 0; row < length; row++, at += stride) {
            values.set(Layouts.INT, row * 4L, (int) (keys.get(Layouts.LONG, at) >>> shift) & mask);
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
