package io.lazuli.dataframe.io;

import io.lazuli.dataframe.internal.Arguments;
import io.lazuli.dataframe.internal.Errors;

/// How Parquet files are written.
///
/// @param rowGroupRows  rows of a row group, at most; fewer where they would take more than 128 MiB, and where a partition ends
/// @param dictionary    whether values that repeat are written once a row group, and referred to
/// @param overwrite     whether a file of that name is replaced, once the new one is complete
public record ParquetWriteOptions(
        Compression compression, int rowGroupRows, boolean dictionary, boolean overwrite) {
    public enum Compression {
        NONE,
        SNAPPY,
        GZIP,
        ZSTD
    }

    /// Snappy, a million rows in a row group, dictionaries, nothing overwritten.
    public static final ParquetWriteOptions DEFAULTS =
            new ParquetWriteOptions(Compression.SNAPPY, 1_000_000, true, false);

    /// Errors: USER if a row group would have no rows.
    public ParquetWriteOptions {
        Arguments.given(compression, "compression");
        if (rowGroupRows < 1) {
            throw Errors.badRowGroupRows(rowGroupRows);
        }
    }

    public ParquetWriteOptions withCompression(Compression compression) {
        return new ParquetWriteOptions(compression, rowGroupRows, dictionary, overwrite);
    }

    public ParquetWriteOptions withRowGroupRows(int rowGroupRows) {
        return new ParquetWriteOptions(compression, rowGroupRows, dictionary, overwrite);
    }

    public ParquetWriteOptions withDictionary(boolean dictionary) {
        return new ParquetWriteOptions(compression, rowGroupRows, dictionary, overwrite);
    }

    public ParquetWriteOptions withOverwrite(boolean overwrite) {
        return new ParquetWriteOptions(compression, rowGroupRows, dictionary, overwrite);
    }
}
