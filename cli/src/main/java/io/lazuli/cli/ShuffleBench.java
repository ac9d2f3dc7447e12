package io.lazuli.cli;

import io.lazuli.dataframe.DataFrame;
import java.nio.file.Path;
import java.util.List;

/// The benchmark of a shuffle between workers (`shuffle`). All rows of one table meet those of another, too large to be in every task:
/// both are cut by the key, and where there are two workers, about half of the bytes go from one to the other. Each row finds exactly
/// one, so all of them are there again in the end, in other places.
///
/// Nothing here knows of workers or a limit: `LAZULI_WORKERS` and `LAZULI_MEMORY_LIMIT` do.
final class ShuffleBench {
    /// Columns whose sums are the check.
    static final List<String> CHECKED = List.of("v1", "v3", "w");

    private ShuffleBench() {}

    /// The answer's plan. All files whose names begin with x are one table, so that links to one file make a table as large as needed.
    static DataFrame join(Path directory) {
        DataFrame x = DataFrame.readParquet(directory.resolve("x*.parquet").toString());
        DataFrame y = DataFrame.readParquet(directory.resolve("y.parquet").toString());
        return x.join(y.select("id6", "w")).on("id6");
    }

    /// Bytes of the plain copy beside it.
    static long copiedBytes(String size) {
        return switch (size) {
            case "M" -> 4L << 30;
            case "L" -> 16L << 30;
            default -> 1L << 28;
        };
    }
}
