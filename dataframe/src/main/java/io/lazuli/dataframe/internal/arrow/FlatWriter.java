package io.lazuli.dataframe.internal.arrow;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Builds a message of FlatBuffers from its end to its beginning, as whatever refers must come before what it refers to. Places
/// are distances from the end. See [FlatTable].
final class FlatWriter {
    private ByteBuffer bytes = ByteBuffer.allocate(1 << 10).order(ByteOrder.LITTLE_ENDIAN);
    /// Bytes written so far.
    private int size;
    /// Places of the fields of the table that is being written, 0 where a field is absent; and of its end.
    private int[] fields = new int[0];
    private int tableEnd;

    int text(String value) {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        align(4, text.length + 1);
        push(1).put(at(), (byte) 0);
        push(text.length).put(at(), text);
        push(4).putInt(at(), text.length);
        return size;
    }

    /// A vector of tables or texts.
    int tables(int... places) {
        align(4, 4 * places.length);
        for (int i = places.length - 1; i >= 0; i--) {
            putPlace(places[i]);
        }
        push(4).putInt(at(), places.length);
        return size;
    }

    /// A vector of `count` structs, or of numbers, that consist of these longs.
    int words(int count, long... words) {
        align(8, 8 * words.length);
        for (int i = words.length - 1; i >= 0; i--) {
            push(8).putLong(at(), words[i]);
        }
        push(4).putInt(at(), count);
        return size;
    }

    /// Begins a table; what it refers to has been written by now.
    void startTable(int fieldCount) {
        fields = new int[fieldCount];
        tableEnd = size;
    }

    void int8(int field, int value) {
        push(1).put(at(), (byte) value);
        fields[field] = size;
    }

    void int16(int field, int value) {
        align(2, 2);
        push(2).putShort(at(), (short) value);
        fields[field] = size;
    }

    void int32(int field, int value) {
        align(4, 4);
        push(4).putInt(at(), value);
        fields[field] = size;
    }

    void int64(int field, long value) {
        align(8, 8);
        push(8).putLong(at(), value);
        fields[field] = size;
    }

    void place(int field, int place) {
        align(4, 4);
        putPlace(place);
        fields[field] = size;
    }

    int endTable() {
        align(4, 4);
        push(4);
        int table = size;
        align(2, 2);
        for (int field = fields.length - 1; field >= 0; field--) {
            push(2).putShort(at(), (short) (fields[field] == 0 ? 0 : table - fields[field]));
        }
        push(2).putShort(at(), (short) (table - tableEnd));
        push(2).putShort(at(), (short) (4 + 2 * fields.length));
        bytes.putInt(bytes.capacity() - table, size - table);
        return table;
    }

    /// The message, whose bytes are a multiple of eight.
    byte[] finish(int root) {
        align(8, 4);
        putPlace(root);
        byte[] message = new byte[size];
        bytes.get(at(), message);
        return message;
    }

    private void putPlace(int place) {
        push(4).putInt(at(), size - place);
    }

    /// Fills up so that `count` further bytes end at a multiple of `width` from the end.
    private void align(int width, int count) {
        int fill = -(size + count) & width - 1;
        for (int i = 0; i < fill; i++) {
            push(1).put(at(), (byte) 0);
        }
    }

    private int at() {
        return bytes.capacity() - size;
    }

    private ByteBuffer push(int count) {
        if (size + count > bytes.capacity()) {
            ByteBuffer bigger =
                    ByteBuffer.allocate(Math.max(2 * bytes.capacity(), 2 * (size + count)))
                            .order(ByteOrder.LITTLE_ENDIAN);
            bigger.put(bigger.capacity() - size, bytes, at(), size);
            bytes = bigger;
        }
        size += count;
        return bytes;
    }
}
