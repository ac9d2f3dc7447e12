package io.lazuli.dataframe.internal.parquet;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// Writes Thrift's compact protocol, see [ThriftReader]. Fields of a struct must come with ascending ids.
final class ThriftWriter {
    private static final int TRUE = 1;
    private static final int FALSE = 2;
    private static final int I32 = 5;
    private static final int I64 = 6;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int STRUCT = 12;

    private byte[] bytes = new byte[256];
    private int size;
    /// The last id of the struct that is being written.
    private int lastId;

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    void int32(int id, int value) {
        header(id, I32);
        zigzag(value);
    }

    void int64(int id, long value) {
        header(id, I64);
        zigzag(value);
    }

    void bool(int id, boolean value) {
        header(id, value ? TRUE : FALSE);
    }

    void binary(int id, byte[] value) {
        header(id, BINARY);
        binary(value);
    }

    void text(int id, String value) {
        binary(id, value.getBytes(StandardCharsets.UTF_8));
    }

    void struct(int id, Runnable fields) {
        header(id, STRUCT);
        struct(fields);
    }

    /// A struct without a field around it: the whole message, or an element of a list.
    void struct(Runnable fields) {
        int outer = lastId;
        lastId = 0;
        fields.run();
        put(0);
        lastId = outer;
    }

    <T> void structs(int id, List<T> elements, Consumer<T> fields) {
        list(id, STRUCT, elements.size());
        elements.forEach(element -> struct(() -> fields.accept(element)));
    }

    void int32s(int id, int... values) {
        list(id, I32, values.length);
        for (int value : values) {
            zigzag(value);
        }
    }

    void int64s(int id, List<Long> values) {
        list(id, I64, values.size());
        values.forEach(this::zigzag);
    }

    void bools(int id, List<Boolean> values) {
        list(id, TRUE, values.size());
        values.forEach(value -> put(value ? TRUE : FALSE));
    }

    void binaries(int id, List<byte[]> values) {
        list(id, BINARY, values.size());
        values.forEach(this::binary);
    }

    private void list(int id, int elementType, int count) {
        header(id, LIST);
        if (count < 15) {
            put(count << 4 | elementType);
        } else {
            put(0xF0 | elementType);
            varInt(count);
        }
    }

    private void header(int id, int type) {
        put(id - lastId << 4 | type);
        lastId = id;
    }

    private void binary(byte[] value) {
        varInt(value.length);
        reserve(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
    }

    private void zigzag(long value) {
        varInt(value << 1 ^ value >> 63);
    }

    private void varInt(long value) {
        long rest = value;
        for (; (rest & ~0x7FL) != 0; rest >>>= 7) {
            put((int) rest & 0x7F | 0x80);
        }
        put((int) rest);
    }

    private void put(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    private void reserve(int count) {
        if (size + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + count, 2 * bytes.length));
        }
    }
}
