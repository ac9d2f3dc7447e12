package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Views;
import io.lazuli.dataframe.internal.parquet.EncodedGroup.EncodedChunk;
import io.lazuli.dataframe.internal.parquet.EncodedGroup.EncodedPage;
import io.lazuli.dataframe.internal.parquet.EncodedGroup.PageValueBounds;
import io.lazuli.dataframe.internal.source.Room;
import io.lazuli.dataframe.io.ParquetWriteOptions;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/// Turns a column into a chunk: a dictionary page where values repeat, then data pages of version 1, which everybody reads.
///
/// ```
///   page  | length of levels | definition levels | codes, or plain values |     compressed as a whole
/// ```
///
/// Columns are written as optional. Pages end at multiples of [#PAGE_ROWS] rows, unless texts are long.
final class ChunkEncoder implements AutoCloseable {
    /// A multiple of what readers take at once, so that their batches lie within one page.
    static final int PAGE_ROWS = 1 << 14;

    private static final long PAGE_TEXT_BYTES = 4 << 20;
    private static final int MOST_TEXT_BYTES = 1 << 30;

    private final boolean usesDictionaries;
    private final PageCompressor compressor;
    private final ChunkDictionary dictionary;
    private final Room plainRoom;
    private final EncodedBytes out;
    /// The entries ([Column#entry]) of the rows of the page that are not null.
    private final int[] present = new int[PAGE_ROWS];
    /// Codes of these, the entries in which each code of the page occurs first, and by code the page that had it last, from 1.
    private final int[] codes = new int[PAGE_ROWS];
    private final int[] distinct = new int[PAGE_ROWS];
    private int[] lastPages = new int[0];

    /// @param out where the pages go
    ChunkEncoder(ParquetWriteOptions options, Reservation memory, EncodedBytes out) {
        this.usesDictionaries = options.dictionary();
        this.compressor = new PageCompressor(options.compression(), memory);
        this.dictionary = new ChunkDictionary(memory);
        this.plainRoom = new Room(memory);
        this.out = out;
    }

    EncodedChunk encode(Column column) {
        long start = out.size();
        long plainBytes = 0;
        boolean isCoded = usesDictionaries && dictionary.tryBuild(column);
        if (isCoded) {
            plainBytes += writeDictionary(column);
            lastPages = new int[dictionary.valueCount()];
        }
        int dictionarySize = Math.toIntExact(out.size() - start);
        List<EncodedPage> pages = new ArrayList<>();
        for (int row = 0; row < column.length();) {
            int end = pageEnd(column, row, isCoded);
            long before = out.size();
            int count = presentEntries(column, row, end);
            PageValueBounds bounds = isCoded
                    ? codedBounds(column, count, end - row, pages.size() + 1)
                    : ValueBounds.of(column, present, count, end - row - count);
            plainBytes += writePage(column, row, end - row, count, isCoded);
            pages.add(new EncodedPage(Math.toIntExact(out.size() - before), end - row, bounds));
            row = end;
        }
        return new EncodedChunk(dictionarySize, out.size() - start, plainBytes, pages);
    }

    private static int pageEnd(Column column, int start, boolean isCoded) {
        int end = Math.min(column.length(), start + PAGE_ROWS);
        if (column.kind() != Kind.UTF8 || isCoded) {
            return end;
        }
        long bytes = 0;
        for (int row = start; row < end; row++) {
            bytes += 4 + (column.isNull(row) ? 0 : Views.length(column.entries(), column.entry(row)));
            if (bytes > PAGE_TEXT_BYTES && row > start) {
                return row;
            }
        }
        return end;
    }

    private int presentEntries(Column column, int start, int end) {
        int count = end - start;
        if (column.isCoded()) {
            MemorySegment.copy(column.codes(), Layouts.INT, start * 4L, present, 0, count);
        } else {
            Arrays.setAll(present, i -> start + i);
        }
        return column.mayHaveNulls() ? withoutNulls(column, start, count) : count;
    }

    private int withoutNulls(Column column, int start, int count) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            present[kept] = present[i];
            kept += column.isNull(start + i) ? 0 : 1;
        }
        return kept;
    }

    /// Bounds of the distinct values only. Not so for doubles, whose NaN have to be counted.
    private PageValueBounds codedBounds(Column column, int count, int rowCount, int page) {
        dictionary.codes(present, count, codes);
        int distinctCount = distinct(codes, present, count, page, lastPages, distinct);
        int nullCount = rowCount - count;
        if (column.kind() == Kind.DOUBLE) {
            return ValueBounds.of(column, present, count, nullCount);
        }
        PageValueBounds bounds = ValueBounds.of(column, distinct, distinctCount, nullCount);
        return new PageValueBounds(count, nullCount, 0, bounds.least(), bounds.greatest());
    }

    /// Writes the entries with which each code occurs first; returns how many there are.
    private static int distinct(int[] codes, int[] entries, int count, int page, int[] lastPages, int[] distinct) {
        int distinctCount = 0;
        for (int i = 0; i < count; i++) {
            int code = codes[i];
            if (lastPages[code] != page) {
                lastPages[code] = page;
                distinct[distinctCount++] = entries[i];
            }
        }
        return distinctCount;
    }

    private long writeDictionary(Column column) {
        int count = dictionary.valueCount();
        MemorySegment plain = plainRoom.atLeast(plainSize(column, dictionary.firstEntries(), count));
        int size = Math.toIntExact(plainValues(column, dictionary.firstEntries(), count, plain, 0));
        ThriftWriter fields = new ThriftWriter();
        return write(PageHeader.Kind.DICTIONARY, plain, size, fields, () -> fields.struct(7, () -> {
            fields.int32(1, count);
            fields.int32(2, PageEncoding.PLAIN.id());
        }));
    }

    private long writePage(Column column, int start, int rowCount, int count, boolean isCoded) {
        long levelsRoom = 16 + rowCount / 8;
        MemorySegment plain = plainRoom.atLeast(levelsRoom + (isCoded
                ? 1 + RunEncoder.mostBytes(count, dictionary.width())
                : plainSize(column, present, count)));
        long at = writeLevels(column, start, rowCount, count, plain);
        if (isCoded) {
            plain.set(Layouts.BYTE, at, (byte) dictionary.width());
            at = RunEncoder.encode(codes, count, dictionary.width(), plain, at + 1);
        } else {
            at = plainValues(column, present, count, plain, at);
        }
        PageEncoding encoding = isCoded ? PageEncoding.RLE_DICTIONARY : PageEncoding.PLAIN;
        ThriftWriter fields = new ThriftWriter();
        return write(PageHeader.Kind.DATA, plain, Math.toIntExact(at), fields, () -> fields.struct(5, () -> {
            fields.int32(1, rowCount);
            fields.int32(2, encoding.id());
            fields.int32(3, PageEncoding.RLE.id());
            fields.int32(4, PageEncoding.RLE.id());
        }));
    }

    private static long writeLevels(Column column, int start, int rowCount, int count, MemorySegment plain) {
        long end;
        if (count == rowCount || count == 0) {
            end = RunEncoder.encodeBit(count > 0, rowCount, plain, 4);
        } else if ((start & 7) == 0) {
            end = RunEncoder.encodeBits(column.validity(), start >>> 3, rowCount, plain, 4);
        } else {
            // behind a page that long texts have cut short
            MemorySegment shifted = MemorySegment.ofArray(new long[Bits.wordCount(rowCount)]);
            Bits.copy(column.validity(), start, shifted, 0, rowCount);
            end = RunEncoder.encodeBits(shifted, 0, rowCount, plain, 4);
        }
        plain.set(Layouts.INT, 0, (int) (end - 4));
        return end;
    }

    /// Compresses a page and writes it behind its header; returns what both would take if it were not compressed.
    private long write(PageHeader.Kind kind, MemorySegment plain, int size, ThriftWriter header, Runnable fields) {
        int compressed = compressor.compress(plain, size);
        CRC32 crc = new CRC32();
        crc.update(compressor.page().asSlice(0, compressed).asByteBuffer());
        header.struct(() -> {
            header.int32(1, kind.ordinal());
            header.int32(2, size);
            header.int32(3, compressed);
            header.int32(4, (int) crc.getValue());
            fields.run();
        });
        byte[] headerBytes = header.toBytes();
        out.put(headerBytes);
        out.put(compressor.page(), compressed);
        return headerBytes.length + (long) size;
    }

    private static long plainSize(Column column, int[] entries, int count) {
        if (column.kind() != Kind.UTF8) {
            return column.kind().byteSize(count) + 8;
        }
        long size = 8;
        for (int i = 0; i < count; i++) {
            size += 4 + Views.length(column.entries(), entries[i]);
        }
        if (size > MOST_TEXT_BYTES) {
            throw ParquetErrors.pageTooLong(size, MOST_TEXT_BYTES);
        }
        return size;
    }

    /// Writes the values of these entries from `start`; returns where the next byte goes.
    private static long plainValues(Column column, int[] entries, int count, MemorySegment to, long start) {
        return switch (column.kind()) {
            case BOOL -> bits(column.entries(), entries, count, to, start);
            case INT -> ints(column.entries(), entries, count, to, start);
            case LONG, DOUBLE -> longs(column.entries(), entries, count, to, start);
            case UTF8 -> texts(column, entries, count, to, start);
        };
    }

    private static long bits(MemorySegment values, int[] entries, int count, MemorySegment to, long start) {
        long end = start + (count + 7) / 8;
        to.asSlice(start, end - start).fill((byte) 0);
        for (int i = 0; i < count; i++) {
            Bits.set(to, start * 8 + i, Bits.get(values, entries[i]));
        }
        return end;
    }

    private static long ints(MemorySegment values, int[] entries, int count, MemorySegment to, long start) {
        for (int i = 0; i < count; i++) {
            to.set(Layouts.INT, start + i * 4L, values.get(Layouts.INT, entries[i] * 4L));
        }
        return start + count * 4L;
    }

    private static long longs(MemorySegment values, int[] entries, int count, MemorySegment to, long start) {
        for (int i = 0; i < count; i++) {
            to.set(Layouts.LONG, start + i * 8L, values.get(Layouts.LONG, entries[i] * 8L));
        }
        return start + count * 8L;
    }

    private static long texts(Column column, int[] entries, int count, MemorySegment to, long start) {
        MemorySegment views = column.entries();
        MemorySegment data = column.data();
        long at = start;
        for (int i = 0; i < count; i++) {
            int entry = entries[i];
            int length = Views.length(views, entry);
            to.set(Layouts.INT, at, length);
            MemorySegment bytes = Views.bytes(views, entry, data);
            MemorySegment.copy(bytes, Views.start(views, entry), to, at + 4, length);
            at += 4 + length;
        }
        return at;
    }

    @Override
    public void close() {
        compressor.close();
        dictionary.close();
        plainRoom.close();
    }
}
