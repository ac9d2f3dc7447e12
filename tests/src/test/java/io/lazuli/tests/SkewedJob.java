package io.lazuli.tests;

import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.countDistinct;
import static io.lazuli.dataframe.Expressions.median;

import io.lazuli.dataframe.DataFrame;
import java.nio.file.Path;

/// The job of [SkewLimitTest], in a process of its own: everything there is comes in one partition, and is one group.
final class SkewedJob {
    private SkewedJob() {}

    /// Arguments: the rows, the folder for the results.
    public static void main(String[] arguments) {
        Path results = Path.of(arguments[1]);
        DataFrame rows = DataFrame.readParquet(arguments[0]);
        rows.sort(col("value").asc(), col("id").asc()).writeParquet(results.resolve("sorted.parquet").toString());
        rows.groupBy("hot")
                .agg(median("value").as("middle"), countDistinct("text").as("texts"))
                .writeParquet(results.resolve("group.parquet").toString());
    }
}
