package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.parquet.ParquetBombs.Column;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.xerial.snappy.Snappy;

/// Parquet files of which every byte is there, but some stand for many times the memory.
final class ParquetMultiples {
    private static final Column TEXT = new Column(PhysicalType.BYTE_ARRAY, 0);
    private static final int MEGABYTES = 16 << 20;
    private static final int TOO_MUCH = 80 << 20;

    private ParquetMultiples() {}

    /// Writes them to a folder; returns what their errors have to say, or how many rows they have.
    static Map<Path, String> write(Path folder) throws IOException {
        Map<Path, String> files = new LinkedHashMap<>();
        putDictionaries(files, folder);
        put(files, folder, "longer-than-plain", ParquetBombs.page(Codec.ZSTD, 8, new byte[TOO_MUCH]),
                "a page of 83,886,080 bytes says it has only 8 when");
        put(files, folder, "row-groups", ParquetBombs.file(new byte[0], rowGroups(500_000)),
                "row group 0 has 12 columns in 17 bytes");
        put(files, folder, "note", ParquetBombs.file(new byte[0], note(20 << 20)), "a text of 20971520 bytes");
        put(files, folder, "empty-pages-index", withIndex(), "100 rows");
        put(files, folder, "wide-coded", wide(5_000), "4096 rows");
        return files;
    }

    private static void put(Map<Path, String> files, Path folder, String name, byte[] bytes, String expected)
            throws IOException {
        files.put(Files.write(folder.resolve(name + ".parquet"), bytes), expected);
    }

    /// What is decoded of an entry takes more memory than the entry, if it has few bytes.
    private static void putDictionaries(Map<Path, String> files, Path folder) throws IOException {
        String equal = "values has most of them several times";
        byte[] zeros = ParquetBombs.gzip(MEGABYTES);
        for (int width : new int[] {3, 4, 12}) {
            put(files, folder, "dictionary-of-" + width,
                    dictionary(ParquetBombs.fixed(width), Codec.GZIP, zeros, MEGABYTES / width), equal);
        }
        put(files, folder, "dictionary-of-empty", dictionary(TEXT, Codec.GZIP, zeros, MEGABYTES / 4), equal);
        put(files, folder, "dictionary-of-snappy",
                dictionary(TEXT, Codec.SNAPPY, Snappy.compress(new byte[MEGABYTES]), MEGABYTES / 4), equal);
        put(files, folder, "dictionary-of-200",
                ParquetBombs.dictionary(ParquetBombs.fixed(200), Codec.GZIP, ParquetBombs.gzip(TOO_MUCH), TOO_MUCH,
                        TOO_MUCH / 200),
                "values, which then cannot all differ");
        put(files, folder, "text-of-many-rows", repeatedText(2 << 20, 1102), "the column chunk ends 1 rows too early");
    }

    private static byte[] dictionary(Column column, Codec codec, byte[] body, int valueCount) {
        return ParquetBombs.dictionary(column, codec, body, MEGABYTES, valueCount);
    }

    /// A thousand rows of one long text from a dictionary, one with a text of its own, which lies in another page, a hundred more of
    /// the long one, and then nothing: the long text must not be in memory once for each row.
    static byte[] repeatedText(int length, int rowCount) {
        byte[] text = ByteBuffer.allocate(4 + length).order(ByteOrder.LITTLE_ENDIAN).putInt(length).array();
        Arrays.fill(text, 4, text.length, (byte) 'x');
        byte[] thousand = {1, (byte) 0xD0, 0x0F, 0};
        byte[] hundred = {1, (byte) 0xC8, 0x01, 0};
        byte[] pages = ParquetBombs.join(
                header(2, text.length, 7, 1, ParquetBombs.PLAIN), text,
                header(0, thousand.length, 5, 1000, ParquetBombs.CODED), thousand,
                header(0, 5, 5, 1, ParquetBombs.PLAIN), new byte[] {1, 0, 0, 0, 'y'},
                header(0, hundred.length, 5, 100, ParquetBombs.CODED), hundred);
        return ParquetBombs.file(pages, ParquetBombs.footer(
                TEXT, 1, rowCount, pages.length, pages.length, Codec.UNCOMPRESSED));
    }

    private static byte[] header(int kind, int size, int field, int valueCount, int encoding) {
        ThriftWriter out = new ThriftWriter();
        out.struct(() -> {
            out.int32(1, kind);
            out.int32(2, size);
            out.int32(3, size);
            out.struct(field, () -> {
                out.int32(1, valueCount);
                out.int32(2, encoding);
                if (kind == 0) {
                    out.int32(3, PageEncoding.RLE.id());
                }
            });
        });
        return out.toBytes();
    }

    /// Row groups of chunks that say nothing.
    private static byte[] rowGroups(int count) {
        ThriftWriter out = new ThriftWriter();
        out.struct(() -> out.structs(4, Collections.nCopies(count, 0), group -> {
            out.structs(1, Collections.nCopies(12, 0), chunk -> {});
            out.int64(3, 1);
        }));
        return out.toBytes();
    }

    private static byte[] note(int length) {
        ThriftWriter out = new ThriftWriter();
        out.struct(() -> out.structs(5, List.of(0), note -> out.binary(1, new byte[length])));
        return out.toBytes();
    }

    /// A hundred rows with an index of a million pages that says nothing of them.
    private static byte[] withIndex() {
        byte[] pages = ParquetBombs.join(header(0, 800, 5, 100, ParquetBombs.PLAIN), new byte[800]);
        ThriftWriter bounds = new ThriftWriter();
        bounds.struct(() -> {
            bounds.binaries(2, Collections.nCopies(2_000_000, new byte[0]));
            bounds.binaries(3, Collections.nCopies(2_000_000, new byte[0]));
        });
        ThriftWriter places = new ThriftWriter();
        places.struct(() -> places.structs(1, Collections.nCopies(1_000_000, 0), page -> places.int64(3, 0)));
        int boundsAt = 4 + pages.length;
        return ParquetBombs.file(ParquetBombs.join(pages, bounds.toBytes(), places.toBytes()),
                footer(1, 100, pages.length, out -> {
                    out.int64(4, boundsAt + bounds.toBytes().length);
                    out.int32(5, places.toBytes().length);
                    out.int64(6, boundsAt);
                    out.int32(7, bounds.toBytes().length);
                }));
    }

    private interface MoreOfChunk {
        void write(ThriftWriter out);
    }

    /// Columns that all have the same pages: a dictionary of one number, and 4096 rows of it.
    private static byte[] wide(int columnCount) {
        byte[] codes = {1, (byte) 0x80, 0x40, 0};
        byte[] pages = ParquetBombs.join(
                header(2, 8, 7, 1, ParquetBombs.PLAIN), new byte[8],
                header(0, codes.length, 5, 4096, ParquetBombs.CODED), codes);
        return ParquetBombs.file(pages, footer(columnCount, 4096, pages.length, out -> {}));
    }

    private static byte[] footer(int columnCount, long rowCount, int byteSize, MoreOfChunk more) {
        List<Integer> columns = IntStream.range(0, columnCount).boxed().toList();
        ThriftWriter out = new ThriftWriter();
        out.struct(() -> {
            out.int32(1, 2);
            out.structs(2, IntStream.rangeClosed(0, columnCount).boxed().toList(), c -> {
                if (c > 0) {
                    out.int32(1, PhysicalType.INT64.ordinal());
                    out.int32(3, 0);
                }
                out.text(4, c == 0 ? "root" : "c" + (c - 1));
                if (c == 0) {
                    out.int32(5, columnCount);
                }
            });
            out.int64(3, rowCount);
            out.structs(4, List.of(0), group -> {
                out.structs(1, columns, c -> chunk(out, "c" + c, rowCount, byteSize, more));
                out.int64(3, rowCount);
            });
            out.structs(7, columns, order -> out.struct(1, () -> {}));
        });
        return out.toBytes();
    }

    private static void chunk(ThriftWriter out, String name, long rowCount, int byteSize, MoreOfChunk more) {
        out.struct(3, () -> {
            out.int32(1, PhysicalType.INT64.ordinal());
            out.binaries(3, List.of(name.getBytes(StandardCharsets.UTF_8)));
            out.int32(4, Codec.UNCOMPRESSED.id());
            out.int64(5, rowCount);
            out.int64(6, byteSize);
            out.int64(7, byteSize);
            out.int64(9, 4);
        });
        more.write(out);
    }
}
