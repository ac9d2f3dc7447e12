package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
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
    /// Rows of the current page that were not read yet.
    private int left;

    ChunkReader(String path, FileChannel channel, StoredColumn column, Reservation memory) {
        this.path = path;
        this.column = column;
        this.kind = Kind.of(column.form().type());
        this.pages = new ChunkPages(channel, column, memory);
        this.texts = new Room(memory);
        this.skipped = new Room(memory);
    }

    void start(int rowGroup, Chunk chunk, long rowCount) {
        this.rowGroup = rowGroup;
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
            throw e;
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
            throw e;
        } catch (IOException | RuntimeException e) {
            throw damaged(e);
        }
    }

    private Column readPieces(int rowCount, Scratch scratch) throws IOException {
        MemorySegment values = scratch.values(kind, rowCount);
        MemorySegment validity = column.optional() ? scratch.bits(rowCount) : Column.NO_NULLS;
        MemorySegment data = Column.NO_DATA;
        long textBytes = 0;
        int nullCount = 0;
        for (int row = 0; row < rowCount; ) {
            while (left == 0) {
                left = pages.next();
            }
            int count = Math.min(left, rowCount - row);
            nullCount += count - readPiece(values, validity, row, count, scratch);
            left -= count;
            if (kind == Kind.UTF8 && count == rowCount) {
                data = pages.values().data();
            } else if (kind == Kind.UTF8) {
                textBytes = gatherTexts(values, row, count, textBytes);
                data = texts.atLeast(textBytes);
            }
            row += count;
        }
        return new Column(column.form().type(), rowCount, nullCount == 0 ? Column.NO_NULLS : validity, values, data);
    }

    /// Reads `count` rows of the current page; returns how many are not null.
    private int readPiece(MemorySegment values, MemorySegment validity, int row, int count, Scratch scratch) {
        if (!column.optional()) {
            pages.values().read(count, values, row);
            return count;
        }
        pages.levels().readBits(validity, row, count);
        int present = BitRanges.count(validity, row, count);
        if (present > 0) {
            pages.values().read(present, values, row);
        }
        if (present < count) {
            NullSpread.spread(kind, values, row, count, present, validity, scratch);
        }
        return present;
    }

    /// Copies the long texts of some rows behind the `used` bytes gathered so far, and returns how many these are then.
    private long gatherTexts(MemorySegment values, int start, int count, long used) {
        MemorySegment from = pages.values().data();
        long end = used;
        for (int row = start; row < start + count; row++) {
            int length = Views.length(values, row);
            if (length > Views.INLINE) {
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
