package io.lazuli.dataframe.internal.arrow;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/// Small Arrow streams that claim to be large, or are so when somebody believes them.
public final class ArrowBombs {
    private static final int INT = 2;
    private static final int TEXT = 5;
    private static final int DECIMAL = 7;
    private static final int STRUCT = 13;
    private static final int FIXED_BYTES = 15;
    private static final int TEXT_VIEW = 24;
    private static final int LZ4 = 0;
    private static final int ZSTD = 1;

    private ArrowBombs() {}

    /// Writes them to a folder; returns what their errors have to say.
    public static Map<Path, String> write(Path folder) throws IOException {
        Map<Path, String> bombs = new LinkedHashMap<>();
        put(bombs, folder, "metadata-size", prefix(Integer.MAX_VALUE), "says it has 2147483647 bytes");
        put(bombs, folder, "body-size", join(schema(INT), message(3, w -> records(w, 1, -1, 0, 8), 1L << 62, 0)),
                "says it has");
        put(bombs, folder, "rows", batch(INT, Integer.MAX_VALUE, -1, new byte[0], 0, 0, 0, 0),
                "where 17179869176 are needed");
        put(bombs, folder, "buffer", batch(INT, 1, -1, new byte[8], 0, 0, 0, 1L << 60), "lies beyond the 8 bytes");
        put(bombs, folder, "zstd", batch(INT, 1, ZSTD, claim(1L << 40), 0, 0, 0, 64),
                "says it has 1099511627776 when decompressed");
        put(bombs, folder, "lz4", batch(INT, 1, LZ4, claim(1L << 31), 0, 0, 0, 64),
                "says it has 2147483648 when decompressed");
        put(bombs, folder, "zstd-lie", batch(INT, 100_000, ZSTD, claim(1 << 20), 0, 0, 0, 64), "does not decompress");
        put(bombs, folder, "texts", batch(TEXT, 1, -1, offsets(Integer.MAX_VALUE), 0, 0, 0, 8, 8, 0),
                "a text from byte 0 to 2147483647 of 0");
        put(bombs, folder, "negative", batch(TEXT, 1, -1, offsets(-5), 0, 0, 0, 8, 8, 0),
                "a text from byte 0 to -5 of 0");
        put(bombs, folder, "views", views(1000, 1 << 20), "overlap");
        put(bombs, folder, "nulls", nullsWithoutBits(), "a buffer has 0 bytes where 1 are needed");
        put(bombs, folder, "laughs", laughs(30, 100), "more than the 65,536 columns");
        put(bombs, folder, "wide", wide(200_000), "more than the 65,536 columns");
        put(bombs, folder, "names", names(2000, 1 << 20), "the names of its columns overlap");
        put(bombs, folder, "same-bytes", sameBytes(200, 1 << 20), "overlap in a batch of 1048576");
        put(bombs, folder, "fixed", batch(FIXED_BYTES, 1, -1, new byte[8], 0, 0, 0, 8),
                "a buffer has 8 bytes where 2147483647 are needed");
        put(bombs, folder, "fixed-rows", batch(FIXED_BYTES, Integer.MAX_VALUE, -1, new byte[8], 0, 0, 0, 8),
                "a buffer has 8 bytes where 4611686014132420609 are needed");
        put(bombs, folder, "decimal", batch(DECIMAL, 1, -1, new byte[8], 0, 0, 0, 8),
                "a buffer has 8 bytes where 16 are needed");
        put(bombs, folder, "digits", batch(DECIMAL, 1, -1, claim(Long.MAX_VALUE), 0, 0, 0, 16),
                "a value has more digits than decimal(18, 2) holds");
        put(bombs, folder, "utf8", batch(TEXT, 1, -1, badText(), 0, 0, 0, 8, 8, 3),
                "a text is not UTF-8: byte 1 of its 3 is 0xFF");
        return bombs;
    }

    private interface Header {
        int write(FlatWriter out);
    }

    private static void put(Map<Path, String> bombs, Path folder, String name, byte[] bytes, String expected)
            throws IOException {
        bombs.put(Files.write(folder.resolve(name + ".arrow"), bytes), expected);
    }

    private static byte[] prefix(int size) {
        return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(-1).putInt(size).array();
    }

    private static byte[] message(int kind, Header header, long bodySize, int bodyBytes, byte... body)
            throws IOException {
        FlatWriter out = new FlatWriter();
        int place = header.write(out);
        out.startTable(5);
        out.int64(3, bodySize);
        out.place(2, place);
        out.int16(0, 4);
        out.int8(1, kind);
        byte[] metadata = out.finish(out.endTable());
        return join(prefix(metadata.length), metadata, Arrays.copyOf(body, bodyBytes));
    }

    private static byte[] schema(int type) throws IOException {
        return message(1, out -> schemaOf(out, field(out, "a", type)), 0, 0);
    }

    private static int schemaOf(FlatWriter out, int... fields) {
        int list = out.tables(fields);
        out.startTable(4);
        out.place(1, list);
        return out.endTable();
    }

    private static int field(FlatWriter out, String name, int type, int... children) {
        return field(out, out.text(name), type, children);
    }

    private static int field(FlatWriter out, int text, int type, int... children) {
        int below = out.tables(children);
        out.startTable(2);
        switch (type) {
            case INT -> {
                out.int32(0, 64);
                out.int8(1, 1);
            }
            case DECIMAL -> {
                out.int32(0, 18);
                out.int32(1, 2);
            }
            case FIXED_BYTES -> out.int32(0, Integer.MAX_VALUE);
            default -> {}
        }
        int typeTable = out.endTable();
        out.startTable(7);
        out.place(0, text);
        out.place(3, typeTable);
        out.place(5, below);
        out.int8(1, 1);
        out.int8(2, type);
        return out.endTable();
    }

    /// @param buffers pairs of offset and size
    private static int records(FlatWriter out, long rowCount, int codec, long... buffers) {
        int nodes = out.words(1, rowCount, 0);
        int places = out.words(buffers.length / 2, buffers);
        int compression = 0;
        if (codec >= 0) {
            out.startTable(2);
            out.int8(0, codec);
            compression = out.endTable();
        }
        out.startTable(5);
        out.int64(0, rowCount);
        out.place(1, nodes);
        out.place(2, places);
        if (codec >= 0) {
            out.place(3, compression);
        }
        return out.endTable();
    }

    private static byte[] batch(int type, long rowCount, int codec, byte[] body, long... buffers) throws IOException {
        return join(schema(type),
                message(3, out -> records(out, rowCount, codec, buffers), body.length, body.length, body));
    }

    /// A compressed buffer that says how long it is.
    private static byte[] claim(long plainSize) {
        return ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(plainSize).array();
    }

    private static byte[] offsets(int end) {
        return ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putInt(0).putInt(end).array();
    }

    private static byte[] badText() {
        return ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putInt(0).putInt(3).put((byte) 'a')
                .put((byte) 0xFF)
                .put((byte) 'b').array();
    }

    /// A column of views with many data buffers, all of them the same bytes.
    private static byte[] views(int count, int size) throws IOException {
        long[] buffers = new long[2 * (2 + count)];
        buffers[3] = 16;
        for (int b = 2; b < 2 + count; b++) {
            buffers[2 * b + 1] = size;
        }
        Header header = out -> {
            int nodes = out.words(1, 1, 0);
            int places = out.words(2 + count, buffers);
            int counts = out.words(1, count);
            out.startTable(5);
            out.int64(0, 1);
            out.place(1, nodes);
            out.place(2, places);
            out.place(4, counts);
            return out.endTable();
        };
        return join(schema(TEXT_VIEW), message(3, header, size, size));
    }

    private static byte[] nullsWithoutBits() throws IOException {
        Header header = out -> {
            int nodes = out.words(1, 1, 1);
            int places = out.words(2, 0, 0, 0, 8);
            out.startTable(5);
            out.int64(0, 1);
            out.place(1, nodes);
            out.place(2, places);
            return out.endTable();
        };
        return join(schema(INT), message(3, header, 8, 8));
    }

    /// Structs in structs, each of which has one and the same struct many times.
    private static byte[] laughs(int depth, int width) throws IOException {
        return message(1, out -> {
            int below = field(out, "leaf", INT);
            for (int d = 0; d < depth; d++) {
                int[] children = new int[width];
                Arrays.fill(children, below);
                below = field(out, "s" + d, STRUCT, children);
            }
            return schemaOf(out, below);
        }, 0, 0);
    }

    private static byte[] wide(int count) throws IOException {
        return message(1,
                out -> schemaOf(out, IntStream.range(0, count).map(c -> field(out, "c" + c, INT)).toArray()), 0, 0);
    }

    /// Columns with long names, all of which lie in the same text: what is said to be their length is a part of it.
    private static byte[] names(int count, int size) throws IOException {
        StringBuilder lengths = new StringBuilder(size);
        for (int i = 0; i < size / 4; i++) {
            lengths.append((char) (i & 0x7F)).append((char) (i >>> 7 & 0x7F)).append((char) 8).append((char) 0);
        }
        return message(1, out -> {
            int text = out.text(lengths.toString());
            return schemaOf(out,
                    IntStream.range(0, count).map(f -> field(out, text - 4 - 4 * f, INT)).toArray());
        }, 0, 0);
    }

    /// Columns of which each has all bytes of the batch for its own.
    private static byte[] sameBytes(int count, int size) throws IOException {
        long rowCount = size / 8;
        Header header = out -> {
            long[] nodes = new long[2 * count];
            long[] buffers = new long[4 * count];
            for (int c = 0; c < count; c++) {
                nodes[2 * c] = rowCount;
                buffers[4 * c + 3] = size;
            }
            int nodesAt = out.words(count, nodes);
            int places = out.words(2 * count, buffers);
            out.startTable(5);
            out.int64(0, rowCount);
            out.place(1, nodesAt);
            out.place(2, places);
            return out.endTable();
        };
        return join(message(1,
                out -> schemaOf(out, IntStream.range(0, count).map(c -> field(out, "c" + c, INT)).toArray()), 0, 0),
                message(3, header, size, size));
    }

    private static byte[] join(byte[]... parts) throws IOException {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.write(part);
        }
        return joined.toByteArray();
    }
}
