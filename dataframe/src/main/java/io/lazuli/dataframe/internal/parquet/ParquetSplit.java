package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.source.Split;
import java.util.List;

/// Some row groups of one file, in order.
record ParquetSplit(int file, List<Integer> rowGroups) implements Split {
    ParquetSplit {
        rowGroups = List.copyOf(rowGroups);
    }
}
