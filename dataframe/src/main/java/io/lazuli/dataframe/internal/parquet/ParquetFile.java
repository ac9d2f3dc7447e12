package io.lazuli.dataframe.internal.parquet;

import io.lazuli.graph.file.SourceFile;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;

/// A file and what its footer says, as far as scans need it.
///
/// @param skipped columns that cannot be read, with the reason
record ParquetFile(
        SourceFile file, List<StoredColumn> columns, SortedMap<String, String> skipped, List<RowGroup> rowGroups) {
    ParquetFile {
        columns = List.copyOf(columns);
        rowGroups = List.copyOf(rowGroups);
    }

    /// The same file with its columns in another order, and in forms of the same width.
    ParquetFile withColumns(List<StoredColumn> newColumns, List<Integer> order) {
        List<RowGroup> groups = rowGroups.stream()
                .map(group -> new RowGroup(group.rowCount(), order.stream().map(group.chunks()::get).toList()))
                .toList();
        return new ParquetFile(file, newColumns, skipped, groups);
    }

    /// The same file without these columns.
    ParquetFile without(List<String> names) {
        List<Integer> kept = IntStream.range(0, columns.size())
                .filter(c -> !names.contains(columns.get(c).name()))
                .boxed()
                .toList();
        return kept.size() == columns.size() ? this : withColumns(kept.stream().map(columns::get).toList(), kept);
    }

    /// @param optional whether rows may be null: pages then begin with definition levels
    record StoredColumn(String name, StoredForm form, boolean optional) {
        StoredColumn withForm(StoredForm form) {
            return new StoredColumn(name, form, optional);
        }
    }

    /// @param chunks one for each of the file's columns
    record RowGroup(long rowCount, List<Chunk> chunks) {
        RowGroup {
            chunks = List.copyOf(chunks);
        }
    }

    /// The pages of one column in one row group.
    ///
    /// @param byteSize    from `offset` in the file
    /// @param plainBytes  of its pages when decompressed
    record Chunk(Codec codec, long offset, long byteSize, long plainBytes, Range range, PageIndex index) {}

    /// Where a chunk's page index is in the file: what each page holds, and where pages begin.
    record PageIndex(long boundsOffset, int boundsSize, long placesOffset, int placesSize) {
        static final PageIndex NONE = new PageIndex(0, 0, 0, 0);

        boolean isThere() {
            return boundsSize > 0 && placesSize > 0;
        }
    }

    /// What statistics promise about the values of a chunk or page.
    ///
    /// @param least     Long (also for INT, DATE, TIMESTAMP and BOOL), Double or String; every value that is neither
    ///                  null nor NaN is at least this
    /// @param greatest  likewise
    /// @param nullCount -1 if unknown
    /// @param mayHaveNaN whether some value may be NaN
    record Range(Optional<Comparable<?>> least, Optional<Comparable<?>> greatest, long nullCount, boolean mayHaveNaN) {
        static final Range UNKNOWN = new Range(Optional.empty(), Optional.empty(), -1, true);
    }
}
