package io.lazuli.dataframe.internal.source;

import io.lazuli.dataframe.type.Schema;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.graph.Tokenized;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Optional;
import java.util.SortedMap;

/// Something that can be scanned. An immutable description (a record) that hashes by content: the token covers the
/// options and a fingerprint of the data (for a file: path, size, modification time), so a changed file is another
/// source.
///
/// The schema is known before anything runs.
public interface Source extends Tokenized {
    /// What people see in plans, such as `flights.parquet`.
    String name();

    Schema schema();

    /// Columns of the data that cannot be read and are therefore not in the schema, with the reason, such as `nested`.
    default SortedMap<String, String> skippedColumns() {
        return Collections.emptySortedMap();
    }

    /// Size of what a scan would read, from metadata; opens no data.
    Estimate estimate(ScanRequest request);

    /// The number of rows, if metadata tells it exactly; opens no data.
    default OptionalLong rowCount() {
        return OptionalLong.empty();
    }

    /// What metadata promises about the values of a column; empty if nothing is known.
    default Optional<ColumnRange> range(int column) {
        return Optional.empty();
    }

    /// Cuts the scan into partitions: one split each, in row order, as many as [io.lazuli.graph.PartitionSizes] says
    /// where the format allows. Leaves out data that statistics prove irrelevant for the predicate.
    List<Split> splits(ScanRequest request);

    /// Starts reading one partition. Columns come in the order of `request.columns()`; the predicate is a hint: rows
    /// that fail it may be left out or not.
    ///
    /// Ownership: the caller closes the reader; batches live in `scratch` or in the reader, until the next one.
    BatchReader open(Split split, ScanRequest request, Scratch scratch);

    /// @param decodedBytes bytes of the requested columns in memory
    record Estimate(long rowCount, long decodedBytes) {}
}
