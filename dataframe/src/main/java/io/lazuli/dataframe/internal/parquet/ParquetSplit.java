package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.source.Split;
import java.util.List;

/// Some row groups or pieces of them, in order: of one file, or of several small ones.
record ParquetSplit(List<Part> parts) implements Split {
    ParquetSplit {
        parts = List.copyOf(parts);
    }

    /// What is read of one file.
    record Part(int file, List<Piece> pieces) {
        Part {
            pieces = List.copyOf(pieces);
        }
    }

    /// The rows from `start` to before `end` of a row group: all, unless it is a large one.
    record Piece(int rowGroup, long start, long end) {
        Piece {
            if (start < 0 || end <= start) {
                throw new IllegalArgumentException("rows " + start + " to " + end + " of row group " + rowGroup);
            }
        }

        long rowCount() {
            return end - start;
        }
    }
}
