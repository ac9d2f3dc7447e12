package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.source.Split;
import java.util.List;

/// Some row groups, in order: of one file, or of several small ones.
record ParquetSplit(List<Part> parts) implements Split {
    ParquetSplit {
        parts = List.copyOf(parts);
    }

    /// Some row groups of one file.
    record Part(int file, List<Integer> rowGroups) {
        Part {
            rowGroups = List.copyOf(rowGroups);
        }
    }
}
