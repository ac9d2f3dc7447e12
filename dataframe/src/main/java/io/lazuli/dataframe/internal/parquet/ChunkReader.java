package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.column.TextDictionary;
import io.lazuli.dataframe.internal.column.Views;
import io.lazuli.dataframe.internal.parquet.ParquetFile.Chunk;
import io.lazuli.dataframe.internal.parquet.ParquetFile.StoredColumn;
import io.lazuli.dataframe.internal.source.Room;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Reservation;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;

/// Reads one column of the row groups of a split, a batch at a time.
///
/// Pages of different columns end at different rows, so a batch may take *pieces* of several pages. Texts of a batch
/// that lies within one page refer to that page; otherwise their bytes are gathered, because a page goes when the next
/// one comes.
final class ChunkReader implements AutoCloseable {
    private final String path;
    private final StoredColumn column;
    private final Kind kind;
    private final ChunkPages pages;
    private final Room texts;
    private final Room skipped;
    /// Number of the row group, for messages.
    private int rowGroup;
    private long chunkRows;
    /// Rows of the current page that were not read yet.
    private int left;
    /// Among the rows of the batch in the making.
    private int nullCount;
    /// Bytes of the dictionary's texts that rows of the batch in the making have, and where in its texts the whole dictionary is, once
    /// that is less; -1 before.
    private long codedBytes;
    private long dictionaryStart;

    ChunkReader(
            String path, FileChannel channel, StoredColumn column, Reservation memory, DecodedNumbers numbers) {
        this.path = path;
        this.column = column;
        this.kind = Kind.of(column.form().type());
        this.pages = new ChunkPages(channel, column, memory, numbers);
        this.texts = new Room(memory);
        this.skipped = new Room(memory);
    }

    void start(int rowGroup, Chunk chunk, long rowCount) {
        this.rowGroup = rowGroup;
        this.chunkRows = rowCount;
        this.left = 0;
        pages.start(chunk, rowCount);
    }

    /// Passes over rows: whole pages without looking into them, the beginning of a page by reading it to nowhere.
    void skip(long rowCount, Scratch scratch) {
        try {
            long done = 0;
            while (done < rowCount) {
                if (left == 0) {
                    done += pages.skip(rowCount - done);
                    left = done < rowCount ? pages.next() : 0;
                }
                int count = (int) Math.min(Math.min(left, rowCount - done), Batch.ROWS);
                if (count > 0) {
                    long valueBytes = kind.byteSize(Batch.ROWS);
                    MemorySegment nowhere = skipped.atLeast(valueBytes + Bits.byteSize(Batch.ROWS));
                    readPiece(nowhere, nowhere.asSlice(valueBytes), 0, count, scratch);
                }
                left -= count;
                done += count;
            }
        } catch (LazuliException e) {
            throw ParquetErrors.placed(path, rowGroup, column.name(), pages.page(), e);
        } catch (IOException | RuntimeException e) {
            throw damaged(e);
        }
    }

    private LazuliException damaged(Exception cause) {
        return ParquetErrors.damaged(path, rowGroup, column.name(), pages.page(), cause);
    }

    /// The next `rowCount` rows. Errors: DATA if the file is damaged; RESOURCE if memory is refused.
    Column read(int rowCount, Scratch scratch) {
        try {
            return readPieces(rowCount, scratch);
        } catch (LazuliException e) {
            throw ParquetErrors.placed(path, rowGroup, column.name(), pages.page(), e);
        } catch (IOException | RuntimeException e) {
            throw damaged(e);
        }
    }

    private Column readPieces(int rowCount, Scratch scratch) throws IOException {
        MemorySegment validity = column.optional() ? scratch.bits(rowCount) : Column.NO_NULLS;
        nullCount = 0;
        codedBytes = 0;
        dictionaryStart = -1;
        turnPage();
        if (!keepsCodes()) {
            return readValues(scratch.values(kind, rowCount), validity, 0, 0, rowCount, scratch);
        }
        MemorySegment codes = scratch.values(Kind.INT, rowCount);
        int row = readCodes(codes, validity, rowCount, scratch);
        TextDictionary dictionary = pages.dictionary().texts();
        if (row == rowCount) {
            return Column.coded(column.form().type(), rowCount, bitsOrNone(validity), codes, dictionary, scratch);
        }
        // the page that comes next has other values than codes
        MemorySegment values = scratch.values(kind, rowCount);
        dictionary.take(codes, row, values);
        long textBytes = gatherCoded(dictionary.data(), values, 0, row, 0);
        return readValues(values, validity, row, textBytes, rowCount, scratch);
    }

    private void turnPage() throws IOException {
        while (left == 0) {
            left = pages.next();
        }
    }

    /// Codes pay where most entries of the dictionary stand for several rows.
    private boolean keepsCodes() {
        return kind == Kind.UTF8
                && pages.values() instanceof PageValues.Coded
                && pages.dictionary().size() <= Math.max(Batch.ROWS, chunkRows / 4);
    }

    /// Reads rows until a page has no codes; returns how many.
    private int readCodes(MemorySegment codes, MemorySegment validity, int rowCount, Scratch scratch)
            throws IOException {
        int row = 0;
        while (row < rowCount) {
            turnPage();
            if (!(pages.values() instanceof PageValues.Coded coded)) {
                break;
            }
            int count = Math.min(left, rowCount - row);
            int present = readValidity(validity, row, count);
            coded.readCodes(present, codes, row);
            if (present < count) {
                NullSpread.spread(Kind.INT, codes, row, count, present, validity, scratch);
            }
            left -= count;
            row += count;
        }
        return row;
    }

    /// Reads the rows from `row`; `textBytes` bytes of the texts before have been gathered.
    private Column readValues(
            MemorySegment values, MemorySegment validity, int start, long textBytes, int rowCount, Scratch scratch)
            throws IOException {
        MemorySegment data = Column.NO_DATA;
        for (int row = start; row < rowCount; ) {
            turnPage();
            int count = Math.min(left, rowCount - row);
            readPiece(values, validity, row, count, scratch);
            left -= count;
            if (kind == Kind.UTF8 && count == rowCount) {
                data = pages.values().data();
            } else if (kind == Kind.UTF8) {
                MemorySegment from = pages.values().data();
                textBytes = pages.values() instanceof PageValues.Coded
                        ? gatherCoded(from, values, row, count, textBytes)
                        : gatherTexts(from, values, row, count, textBytes);
                data = texts.atLeast(textBytes);
            }
            row += count;
        }
        return new Column(column.form().type(), rowCount, bitsOrNone(validity), values, data);
    }

    private MemorySegment bitsOrNone(MemorySegment validity) {
        return nullCount == 0 ? Column.NO_NULLS : validity;
    }

    /// Reads `count` rows of the current page.
    private void readPiece(MemorySegment values, MemorySegment validity, int row, int count, Scratch scratch) {
        int present = readValidity(validity, row, count);
        if (present > 0) {
            pages.values().read(present, values, row);
        }
        if (present < count) {
            NullSpread.spread(kind, values, row, count, present, validity, scratch);
        }
    }

    /// Reads which of the next rows are not null; returns how many.
    private int readValidity(MemorySegment validity, int row, int count) {
        if (!column.optional()) {
            return count;
        }
        pages.levels().readBits(validity, row, count);
        int present = BitRanges.count(validity, row, count);
        nullCount += count - present;
        return present;
    }

    /// As [#gatherTexts], of rows whose texts are in the dictionary: many rows may have the same, so what is copied is never more than
    /// the dictionary twice.
    private long gatherCoded(MemorySegment from, MemorySegment values, int start, int count, long used) {
        codedBytes += longBytes(values, start, count);
        if (codedBytes <= from.byteSize()) {
            return gatherTexts(from, values, start, count, used);
        }
        long end = used;
        if (dictionaryStart < 0) {
            end += from.byteSize();
            requireAddressable(end);
            MemorySegment.copy(from, 0, texts.grown(end, used), used, from.byteSize());
            dictionaryStart = used;
        }
        for (int row = start; row < start + count; row++) {
            if (Views.length(values, row) > Views.INLINE) {
                long offset = dictionaryStart + Views.offset(Views.tail(values, row));
                values.set(Layouts.LONG, row * (long) Views.WIDTH + 8, offset << 32);
            }
        }
        return end;
    }

    private static long longBytes(MemorySegment values, int start, int count) {
        long bytes = 0;
        for (int row = start; row < start + count; row++) {
            int length = Views.length(values, row);
            bytes += length > Views.INLINE ? length : 0;
        }
        return bytes;
    }

    private static void requireAddressable(long size) {
        if (size >= 1L << 32) {
            throw new IllegalStateException("the texts of a batch have " + size + " bytes");
        }
    }

    /// Copies the long texts of some rows behind the `used` bytes gathered so far, and returns how many these are then.
    private long gatherTexts(MemorySegment from, MemorySegment values, int start, int count, long used) {
        long end = used;
        for (int row = start; row < start + count; row++) {
            int length = Views.length(values, row);
            if (length > Views.INLINE) {
                requireAddressable(end + length);
                MemorySegment to = texts.grown(end + length, end);
                MemorySegment.copy(from, Views.offset(Views.tail(values, row)), to, end, length);
                values.set(Layouts.LONG, row * (long) Views.WIDTH + 8, end << 32);
                end += length;
            }
        }
        return end;
    }

    @Override
    public void close() {
        pages.close();
        texts.close();
        skipped.close();
    }
}
