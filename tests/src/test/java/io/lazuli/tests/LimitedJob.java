package io.lazuli.tests;

import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.count;
import static io.lazuli.dataframe.Expressions.max;
import static io.lazuli.dataframe.Expressions.mean;
import static io.lazuli.dataframe.Expressions.sum;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.graph.JobProgress;
import java.util.concurrent.atomic.AtomicLong;

/// The job of [MemoryLimitTest], in a process of its own.
final class LimitedJob {
    /// The same question for the oracle; `TRIPS` and `ZONES` stand for the files.
    static final String SQL =
            """
            SELECT t.zone, t.total, t.trips, t.mean_fare, t.last_driver, z.name
            FROM (SELECT zone, sum(fare * 2 + 1) AS total, count(*) AS trips, avg(fare) AS mean_fare, max(driver) AS last_driver
                  FROM TRIPS WHERE fare >= 100 GROUP BY zone) t
            JOIN ZONES z ON t.zone = z.zone
            ORDER BY t.total DESC, t.zone""";

    private LimitedJob() {}

    /// Arguments: the trips (CSV or Parquet), the zones (Parquet), the result to write. Prints the bytes that tasks returned.
    public static void main(String[] arguments) {
        DataFrame trips =
                arguments[0].endsWith(".csv") ? DataFrame.readCsv(arguments[0]) : DataFrame.readParquet(arguments[0]);
        DataFrame zones = DataFrame.readParquet(arguments[1]);
        AtomicLong bytes = new AtomicLong();
        trips.filter(col("fare").ge(100))
                .withColumns(col("fare").times(2).plus(1).as("charge"))
                .groupBy("zone")
                .agg(
                        sum("charge").as("total"),
                        count().as("trips"),
                        mean("fare").as("mean_fare"),
                        max("driver").as("last_driver"))
                .join(zones)
                .on("zone")
                .sort(col("total").desc(), col("zone").asc())
                .withProgress(progress -> bytes.set(outputBytes(progress)))
                .writeParquet(arguments[2]);
        System.out.println(bytes);
    }

    private static long outputBytes(JobProgress progress) {
        return progress.layers().stream().mapToLong(JobProgress.LayerProgress::outputBytes).sum();
    }
}
