package io.lazuli.dataframe.internal.parquet;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/// Small Parquet files that claim to be large, or are so when somebody believes them.
public final class ParquetBombs {
    private static final int LARGE = 128 << 20;
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    static final int PLAIN = PageEncoding.PLAIN.id();
    static final int CODED = PageEncoding.RLE_DICTIONARY.id();

    static final Column LONG = new Column(PhysicalType.INT64, 0);

    private ParquetBombs() {}

    /// The only column of a file.
    record Column(PhysicalType type, int length) {}

    /// Writes them to a folder; returns what their errors have to say.
    public static Map<Path, String> write(Path folder) throws IOException {
        Map<Path, String> bombs = new LinkedHashMap<>();
        put(bombs, folder, "gzip-honest", page(Codec.GZIP, LARGE, gzip(LARGE)),
                "Reading column 'a' of row group 0, page 0, of Parquet file");
        put(bombs, folder, "gzip-lie", page(Codec.GZIP, LARGE, Arrays.copyOf(gzip(1 << 20), 1 << 20)), "in column 'a'");
        put(bombs, folder, "zstd-honest", page(Codec.ZSTD, LARGE, zstd(LARGE)),
                "Reading column 'a' of row group 0, page 0, of Parquet file");
        put(bombs, folder, "zstd-lie", page(Codec.ZSTD, LARGE, Arrays.copyOf(zstd(1 << 20), 1 << 20)),
                "in column 'a' of row group 0, page 0");
        put(bombs, folder, "zstd-ratio", page(Codec.ZSTD, Integer.MAX_VALUE, zstd(0)), "at most 589,888 are possible");
        put(bombs, folder, "lz4-lie", page(Codec.LZ4_RAW, LARGE, new byte[1 << 20]), "in column 'a'");
        put(bombs, folder, "lz4-frame-lie", page(Codec.LZ4, LARGE, new byte[1 << 20]), "in column 'a'");
        put(bombs, folder, "snappy-lie", page(Codec.SNAPPY, LARGE, snappyLie()), "in column 'a'");
        put(bombs, folder, "plain-lie", page(Codec.UNCOMPRESSED, Integer.MAX_VALUE, new byte[100]), "in column 'a'");
        put(bombs, folder, "dictionary-lie",
                dictionary(LONG, Codec.UNCOMPRESSED, new byte[100], 100, Integer.MAX_VALUE),
                "2147483647 values in a dictionary of 100 bytes");
        putFixed(bombs, folder);
        bombs.putAll(ParquetMultiples.write(folder));
        put(bombs, folder, "rows-lie", file(new byte[0], footer(1, Long.MAX_VALUE, 0, 0, Codec.ZSTD)),
                "9223372036854775807 rows");
        put(bombs, folder, "wide", file(new byte[0], footer(1_000_000, 0, 0, 0, Codec.ZSTD)),
                "more than the 65,536 columns");
        put(bombs, folder, "chunks", file(new byte[0], manyChunks(1_000_000)), "more than the 65,536 columns");
        put(bombs, folder, "nested-lists", file(new byte[0], nested(10_000_000, 0x19)), "nested more than 32 deep");
        put(bombs, folder, "nested-structs", file(new byte[0], nested(10_000_000, 0x1C)), "nested more than 32 deep");
        put(bombs, folder, "nested-maps", file(new byte[0], nested(10_000_000, 0x1B)), "nested more than 32 deep");
        put(bombs, folder, "footer-size", join(MAGIC, int32(Integer.MAX_VALUE), MAGIC), "does not end in a footer");
        put(bombs, folder, "long-header", page(Codec.UNCOMPRESSED, 8, new byte[8], 40 << 20),
                "a page header of more than");
        return bombs;
    }

    /// Values that say how long they all are.
    private static void putFixed(Map<Path, String> bombs, Path folder) throws IOException {
        byte[] zeros = gzip(16 << 20);
        byte[] some = new byte[100];
        put(bombs, folder, "fixed-dictionary",
                dictionary(fixed(1), Codec.GZIP, zeros, 16 << 20, 16 << 20), "16777216 values in a dictionary of");
        put(bombs, folder, "fixed-width", page(fixed(Integer.MAX_VALUE), PLAIN, some), "fewer values than its header");
        put(bombs, folder, "fixed-split",
                page(fixed(Integer.MAX_VALUE), PageEncoding.BYTE_STREAM_SPLIT.id(), some),
                "fewer values than its header");
        put(bombs, folder, "fixed-delta", page(fixed(Integer.MAX_VALUE), PageEncoding.DELTA_BYTE_ARRAY.id(), some),
                "in column 'a'");
        put(bombs, folder, "fixed-of-zero", page(fixed(0), PLAIN, some), "type FIXED_LEN_BYTE_ARRAY");
        put(bombs, folder, "fixed-of-less", page(fixed(-1), PLAIN, some), "column 'a' has a negative size");
    }

    private static void put(Map<Path, String> bombs, Path folder, String name, byte[] bytes, String expected)
            throws IOException {
        bombs.put(Files.write(folder.resolve(name + ".parquet"), bytes), expected);
    }

    static byte[] page(Codec codec, int plainSize, byte[] body) {
        return page(codec, plainSize, body, 0);
    }

    static Column fixed(int length) {
        return new Column(PhysicalType.FIXED_LEN_BYTE_ARRAY, length);
    }

    /// One page that says it has a hundred values.
    static byte[] page(Column column, int encoding, byte[] body) {
        ThriftWriter out = new ThriftWriter();
        out.struct(() -> {
            out.int32(1, 0);
            out.int32(2, body.length);
            out.int32(3, body.length);
            out.struct(5, () -> {
                out.int32(1, 100);
                out.int32(2, encoding);
                out.int32(3, PageEncoding.RLE.id());
            });
        });
        byte[] pages = join(out.toBytes(), body);
        return file(pages, footer(column, 1, 100, pages.length, body.length, Codec.UNCOMPRESSED));
    }

    /// One page of a column of LONG.
    private static byte[] page(Codec codec, int plainSize, byte[] body, int statisticsBytes) {
        ThriftWriter out = new ThriftWriter();
        out.struct(() -> {
            out.int32(1, 0);
            out.int32(2, plainSize);
            out.int32(3, body.length);
            out.struct(5, () -> {
                out.int32(1, plainSize / 8);
                out.int32(2, PLAIN);
                out.int32(3, PageEncoding.RLE.id());
                if (statisticsBytes > 0) {
                    out.struct(5, () -> out.binary(1, new byte[statisticsBytes]));
                }
            });
        });
        byte[] pages = join(out.toBytes(), body);
        return file(pages, footer(1, plainSize / 8, pages.length, plainSize, codec));
    }

    static byte[] dictionary(Column column, Codec codec, byte[] body, int plainSize, int valueCount) {
        ThriftWriter out = new ThriftWriter();
        out.struct(() -> {
            out.int32(1, 2);
            out.int32(2, plainSize);
            out.int32(3, body.length);
            out.struct(7, () -> {
                out.int32(1, valueCount);
                out.int32(2, PLAIN);
            });
        });
        byte[] pages = join(out.toBytes(), body, new byte[] {(byte) CODED});
        return file(pages, footer(column, 1, 100, pages.length, plainSize, codec));
    }

    private static byte[] footer(int columnCount, long rowCount, int byteSize, long plainSize, Codec codec) {
        return footer(LONG, columnCount, rowCount, byteSize, plainSize, codec);
    }

    static byte[] footer(
            Column column, int columnCount, long rowCount, int byteSize, long plainSize, Codec codec) {
        ThriftWriter out = new ThriftWriter();
        out.struct(() -> {
            out.int32(1, 2);
            out.structs(2, IntStream.rangeClosed(0, columnCount).boxed().toList(), c -> {
                if (c == 0) {
                    out.text(4, "root");
                    out.int32(5, columnCount);
                } else {
                    out.int32(1, column.type().ordinal());
                    out.int32(2, column.length());
                    out.int32(3, 0);
                    out.text(4, c == 1 ? "a" : "c" + c);
                }
            });
            out.int64(3, rowCount);
            out.structs(4, List.of(0), group -> {
                out.structs(1, List.of(0), ignored -> chunk(out, column, rowCount, byteSize, plainSize, codec));
                out.int64(3, rowCount);
            });
        });
        return out.toBytes();
    }

    private static void chunk(
            ThriftWriter out, Column column, long rowCount, int byteSize, long plainSize, Codec codec) {
        out.int64(2, 0);
        out.struct(3, () -> {
            out.int32(1, column.type().ordinal());
            out.binaries(3, List.of("a".getBytes(StandardCharsets.UTF_8)));
            out.int32(4, codec.id());
            out.int64(5, rowCount);
            out.int64(6, plainSize);
            out.int64(7, byteSize);
            out.int64(9, 4);
        });
    }

    private static byte[] manyChunks(int count) {
        ThriftWriter out = new ThriftWriter();
        out.struct(() -> out.structs(4, List.of(0),
                group -> out.structs(1, IntStream.range(0, count).boxed().toList(), column -> {})));
        return out.toBytes();
    }

    /// A value of an unknown field within a value within a value ...
    private static byte[] nested(int depth, int header) {
        byte[] footer = new byte[depth];
        Arrays.fill(footer, (byte) header);
        if (header == 0x1B) {
            // maps: a count of one, then the types of key and value
            for (int i = 0; i + 3 < depth; i += 2) {
                footer[i + 1] = 1;
                footer[i + 2] = (byte) 0xBB;
            }
        }
        return footer;
    }

    private static byte[] snappyLie() {
        // the length as a number of seven bits a byte, then nothing that makes sense
        byte[] body = new byte[12 << 20];
        byte[] length = {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 1};
        System.arraycopy(length, 0, body, 0, 5);
        return body;
    }

    static byte[] gzip(int size) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            zeros(out, size);
        }
        return bytes.toByteArray();
    }

    private static byte[] zstd(int size) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new ZstdOutputStream(bytes)) {
            zeros(out, size);
        }
        return bytes.toByteArray();
    }

    private static void zeros(OutputStream out, int size) throws IOException {
        byte[] piece = new byte[1 << 16];
        for (int done = 0; done < size; done += piece.length) {
            out.write(piece);
        }
    }

    static byte[] file(byte[] pages, byte[] footer) {
        return join(MAGIC, pages, footer, int32(footer.length), MAGIC);
    }

    private static byte[] int32(int value) {
        return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
    }

    static byte[] join(byte[]... parts) {
        ByteBuffer joined = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(part -> part.length).sum());
        for (byte[] part : parts) {
            joined.put(part);
        }
        return joined.array();
    }
}
