package io.lazuli.dataframe.io;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Collects which rows were bad while jobs run that read with [BadRows#NULLS] or [BadRows#SKIP]. Thread-safe; a part of a
/// file that is read again counts once.
///
/// ```java
/// BadRowReport report = BadRowReport.create();
/// DataFrame trips = DataFrame.readCsv("trips.csv", CsvReadOptions.DEFAULTS.withBadRows(BadRows.SKIP).withReport(report));
/// trips.writeParquet("trips.parquet");
/// System.out.println(report);
/// ```
///
/// Without a report, one line a partition goes to the logger `io.lazuli.dataframe.io`.
public final class BadRowReport {
    /// Rows of each partition that are kept in full.
    public static final int SHOWN = 10;

    private final Map<Part, Found> parts = new ConcurrentHashMap<>();

    private BadRowReport() {}

    /// A bad row.
    ///
    /// @param line   counted from 1
    /// @param column the column whose field is bad; empty if it is the whole row
    /// @param text   what stands there, shortened; empty if it is the whole row
    /// @param reason what is wrong with it
    public record BadRow(String file, long line, String column, String text, String reason) {
        @Override
        public String toString() {
            return file + ", line " + line + ": " + reason;
        }
    }

    private record Part(String file, long start) {}

    private record Found(long count, List<BadRow> first) {}

    public static BadRowReport create() {
        return new BadRowReport();
    }

    /// What a reader found in the part of a file that starts at byte `start`; takes the place of what it told before.
    public void set(String file, long start, long count, List<BadRow> first) {
        parts.put(new Part(file, start), new Found(count, List.copyOf(first)));
    }

    /// How many fields and rows were bad.
    public long count() {
        return parts.values().stream().mapToLong(Found::count).sum();
    }

    /// The first bad rows, in the order of files and lines: at most [#SHOWN] of each partition.
    public List<BadRow> rows() {
        return parts.values().stream()
                .flatMap(found -> found.first().stream())
                .sorted(Comparator.comparing(BadRow::file).thenComparing(BadRow::line))
                .toList();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(count() + " bad rows");
        rows().stream().limit(SHOWN).forEach(row -> text.append("\n  ").append(row));
        return text.toString();
    }
}
