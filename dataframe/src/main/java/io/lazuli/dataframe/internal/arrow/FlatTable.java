package io.lazuli.dataframe.internal.arrow;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// A table of FlatBuffers, in which Arrow describes its messages: fields by number, each of which may be absent.
///
/// ```
///   vtable [ its size | table size | place of field 0 | of field 1 | ... ]
///   table  [ distance to its vtable | fields ... ]
/// ```
///
/// Nothing is copied or allocated for what the bytes claim; whatever points out of them is an IndexOutOfBoundsException.
///
/// Source: FlatBuffers internals, flatbuffers.dev.
record FlatTable(ByteBuffer bytes, int position) {
    /// The table that a message is.
    static FlatTable root(byte[] message) {
        ByteBuffer bytes = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        return new FlatTable(bytes, bytes.getInt(0));
    }

    /// Where a field's value is; 0 if it is absent.
    private int place(int field) {
        int vtable = position - bytes.getInt(position);
        int entry = 4 + 2 * field;
        int offset = entry < (bytes.getShort(vtable) & 0xFFFF) ? bytes.getShort(vtable + entry) & 0xFFFF : 0;
        return offset == 0 ? 0 : position + offset;
    }

    boolean has(int field) {
        return place(field) != 0;
    }

    boolean bool(int field) {
        return int8(field) != 0;
    }

    int int8(int field) {
        int place = place(field);
        return place == 0 ? 0 : bytes.get(place);
    }

    int int16(int field, int absent) {
        int place = place(field);
        return place == 0 ? absent : bytes.getShort(place);
    }

    int int32(int field) {
        int place = place(field);
        return place == 0 ? 0 : bytes.getInt(place);
    }

    long int64(int field) {
        int place = place(field);
        return place == 0 ? 0 : bytes.getLong(place);
    }

    /// Errors: IllegalStateException if it is absent.
    FlatTable table(int field) {
        int place = place(field);
        if (place == 0) {
            throw new IllegalStateException("field " + field + " of a message is missing");
        }
        return new FlatTable(bytes, Math.addExact(place, bytes.getInt(place)));
    }

    /// Empty if it is absent.
    String text(int field) {
        int place = place(field);
        if (place == 0) {
            return "";
        }
        int start = Math.addExact(place, bytes.getInt(place));
        int length = bytes.getInt(start);
        requireRoom(start, length, 1);
        return new String(bytes.array(), start + 4, length, StandardCharsets.UTF_8);
    }

    /// Elements of a vector whose elements take `width` bytes.
    int length(int field, int width) {
        int place = place(field);
        if (place == 0) {
            return 0;
        }
        int start = Math.addExact(place, bytes.getInt(place));
        int length = bytes.getInt(start);
        requireRoom(start, length, width);
        return length;
    }

    private void requireRoom(int start, int length, int width) {
        if (length < 0 || (long) length * width > bytes.limit() - start - 4L) {
            throw new IllegalStateException("a message has a list of " + length + " elements that it has no room for");
        }
    }

    /// A table in a vector of tables.
    FlatTable element(int field, int index) {
        int place = elements(field) + 4 * index;
        return new FlatTable(bytes, Math.addExact(place, bytes.getInt(place)));
    }

    /// Word `word` of a vector of longs, or of structs that consist of longs.
    long word(int field, int word) {
        return bytes.getLong(elements(field) + 8 * word);
    }

    private int elements(int field) {
        int place = place(field);
        return Math.addExact(place, bytes.getInt(place)) + 4;
    }
}
