package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.parquet.ParquetFile.Chunk;
import io.lazuli.dataframe.internal.parquet.ParquetFile.RowGroup;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// Cuts a row group into pieces of about equally many rows, so that several tasks read it. Each passes over the pages before its piece,
/// whose headers say how many rows they have, and decompresses those in which a cut lies once more.
///
/// ```
///   rows     0 ─────────────┬───────────── n
///   column   [  ][  ][  ][  |][  ][  ][  ]        few pages are read twice: cut
///   column   [              |            ]        the whole column is read twice: not cut
/// ```
///
/// How large the pages of a column are tells its first one: the footer does not, and an index of pages is rarely there.
final class RowGroupCuts {
    /// A header without statistics of long texts, and with them.
    private static final int FIRST_LOOK = 1 << 10;
    private static final int LONGEST_HEADER = 1 << 20;
    /// Of the bytes of all columns, one in so many may be read twice.
    private static final int ALLOWED_SHARE = 2;

    private RowGroupCuts() {}

    /// At most `most` pieces; one where pages are too large, or cannot be told.
    ///
    /// @param columns that will be read
    static List<ParquetSplit.Piece> cut(ParquetFile file, int rowGroup, List<Integer> columns, int most) {
        RowGroup group = file.rowGroups().get(rowGroup);
        long rows = group.rowCount();
        long fitting = Math.min(most, rows / Batch.ROWS);
        int count = fitting < 2 ? 1 : (int) Math.min(fitting, affordable(file, group, columns));
        if (count < 2) {
            return List.of(new ParquetSplit.Piece(rowGroup, 0, rows));
        }
        return IntStream.range(0, count)
                .mapToObj(p -> new ParquetSplit.Piece(rowGroup, at(rows, p, count), at(rows, p + 1, count)))
                .toList();
    }

    /// Where a piece begins: with a whole batch, as the pieces of one file mostly are.
    private static long at(long rows, int piece, int count) {
        return piece == count ? rows : (long) ((double) rows * piece / count) / Batch.ROWS * Batch.ROWS;
    }

    /// How many pieces there can be without much that is read twice.
    private static long affordable(ParquetFile file, RowGroup group, List<Integer> columns) {
        double bytes = 0;
        double bytesACut = 0;
        try (FileChannel channel = file.file().open()) {
            for (int column : columns) {
                Chunk chunk = group.chunks().get(column);
                int pageRows = firstPageRows(channel, chunk).orElse(Integer.MAX_VALUE);
                bytes += chunk.plainBytes();
                bytesACut += chunk.plainBytes() * Math.min(1, (double) pageRows / group.rowCount());
            }
        } catch (IOException e) {
            // whoever reads the rows will say what is wrong with the file
            return 1;
        }
        return bytesACut == 0 ? 1 : (long) (bytes / ALLOWED_SHARE / bytesACut) + 1;
    }

    /// Rows of the first data page; empty if its header cannot be made out.
    private static OptionalInt firstPageRows(FileChannel channel, Chunk chunk) throws IOException {
        for (long at = 0; at < chunk.byteSize();) {
            int left = (int) Math.min(chunk.byteSize() - at, LONGEST_HEADER);
            byte[] bytes = Footers.read(channel, chunk.offset() + at, Math.min(left, FIRST_LOOK));
            Optional<Header> found = header(bytes);
            if (found.isEmpty() && bytes.length < left) {
                found = header(Footers.read(channel, chunk.offset() + at, left));
            }
            if (found.isEmpty() || found.get().page().isData()) {
                return found.map(header -> OptionalInt.of(header.page().valueCount())).orElse(OptionalInt.empty());
            }
            at += found.get().size() + found.get().page().byteSize();
        }
        return OptionalInt.empty();
    }

    private record Header(PageHeader page, long size) {}

    /// Empty if it does not end with these bytes, or makes no sense.
    private static Optional<Header> header(byte[] bytes) {
        try {
            ThriftReader in = new ThriftReader(MemorySegment.ofArray(bytes), 0, bytes.length);
            return Optional.of(new Header(PageHeader.read(in), in.position()));
        } catch (ThriftReader.Truncated | IllegalStateException e) {
            return Optional.empty();
        }
    }
}
