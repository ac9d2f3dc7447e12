package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.parquet.ParquetFile.Chunk;
import io.lazuli.dataframe.internal.parquet.ParquetFile.PageIndex;
import io.lazuli.dataframe.internal.parquet.ParquetFile.Range;
import io.lazuli.dataframe.internal.parquet.ParquetFile.StoredColumn;
import io.lazuli.graph.error.GraphErrors;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the page index of a column chunk: which rows each page has, and the least and greatest of their values.
final class PageBounds {
    /// An index of more bytes is not worth reading, and may be damage.
    private static final int LONGEST = 4 << 20;
    /// Nor is one of more pages: each takes a hundred times the memory that an empty one takes in the file.
    private static final int MOST_PAGES = 1 << 15;

    private final List<Long> firstRows = new ArrayList<>();
    private final List<Boolean> areNull = new ArrayList<>();
    private final List<byte[]> least = new ArrayList<>();
    private final List<byte[]> greatest = new ArrayList<>();
    private final List<Long> nullCounts = new ArrayList<>();
    private final List<Long> nanCounts = new ArrayList<>();

    private PageBounds() {}

    /// The rows from `start` to before `end` of a row group.
    record Page(long start, long end, Range range) {}

    /// Empty if there is no index, or none that makes sense: then all pages have to be read.
    static Optional<List<Page>> read(
            ParquetFile file, FileChannel channel, StoredColumn column, Chunk chunk, long rowCount) {
        PageIndex index = chunk.index();
        if (!index.isThere() || index.boundsSize() > LONGEST || index.placesSize() > LONGEST) {
            return Optional.empty();
        }
        try {
            PageBounds bounds = new PageBounds();
            bounds.readPlaces(Footers.read(channel, index.placesOffset(), index.placesSize()));
            bounds.readBounds(Footers.read(channel, index.boundsOffset(), index.boundsSize()));
            return bounds.pages(column.form(), rowCount);
        } catch (IOException e) {
            throw GraphErrors.unreadableFile(file.file().path(), e);
        } catch (IllegalStateException | ThriftReader.Truncated e) {
            return Optional.empty();
        }
    }

    private void readPlaces(byte[] bytes) {
        ThriftReader in = new ThriftReader(MemorySegment.ofArray(bytes), 0, bytes.length);
        in.struct(id -> {
            if (id == 1) {
                in.list(() -> in.struct(field -> {
                    if (field == 3) {
                        add(firstRows, in.integer());
                    } else {
                        in.skip();
                    }
                }));
            } else {
                in.skip();
            }
        });
    }

    private void readBounds(byte[] bytes) {
        ThriftReader in = new ThriftReader(MemorySegment.ofArray(bytes), 0, bytes.length);
        in.struct(id -> {
            switch (id) {
                case 1 -> in.list(() -> add(areNull, in.bool()));
                case 2 -> in.list(() -> add(least, in.binary()));
                case 3 -> in.list(() -> add(greatest, in.binary()));
                case 5 -> in.list(() -> add(nullCounts, in.integer()));
                case 8 -> in.list(() -> add(nanCounts, in.integer()));
                default -> in.skip();
            }
        });
    }

    private static <T> void add(List<T> list, T value) {
        if (list.size() == MOST_PAGES) {
            throw new IllegalStateException("an index of more than " + MOST_PAGES + " pages");
        }
        list.add(value);
    }

    private Optional<List<Page>> pages(StoredForm form, long rowCount) {
        int count = firstRows.size();
        boolean fits = areNull.size() == count && least.size() == count && greatest.size() == count;
        List<Page> pages = new ArrayList<>();
        for (int p = 0; fits && p < count; p++) {
            long start = firstRows.get(p);
            long end = p + 1 < count ? firstRows.get(p + 1) : rowCount;
            fits = start < end && (p > 0 || start == 0) && end <= rowCount;
            pages.add(new Page(start, end, range(form, p, end - start)));
        }
        return fits && count > 0 ? Optional.of(pages) : Optional.empty();
    }

    private Range range(StoredForm form, int page, long rowCount) {
        if (areNull.get(page)) {
            return new Range(Optional.empty(), Optional.empty(), rowCount, false);
        }
        long nullCount = page < nullCounts.size() ? nullCounts.get(page) : -1;
        boolean mayHaveNaN = page >= nanCounts.size() || nanCounts.get(page) != 0;
        return Ranges.ofPage(form, least.get(page), greatest.get(page), nullCount, mayHaveNaN);
    }
}
