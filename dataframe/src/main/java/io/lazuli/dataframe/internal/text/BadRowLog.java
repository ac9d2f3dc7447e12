package io.lazuli.dataframe.internal.text;

import io.lazuli.dataframe.internal.TextErrors;
import io.lazuli.dataframe.internal.TextErrors.Flaw;
import io.lazuli.dataframe.io.BadRowReport;
import io.lazuli.dataframe.io.BadRowReport.BadRow;
import io.lazuli.dataframe.io.BadRows;
import io.lazuli.graph.error.LazuliException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What becomes of the bad rows of one part of a file: the first is an error, or all are counted and the first few kept.
public final class BadRowLog {
    private static final System.Logger LOGGER = System.getLogger("io.lazuli.dataframe.io");

    private final BadRows policy;
    private final String format;
    private final TextFile file;
    private final long start;
    private final Optional<BadRowReport> report;
    private final boolean isQuiet;
    private final List<BadRow> first = new ArrayList<>();
    private long count;
    /// Position in the file of offset 0 of the window.
    private long windowStart;

    private BadRowLog(BadRows policy, String format, TextFile file, long start, Optional<BadRowReport> report,
            boolean isQuiet) {
        this.policy = policy;
        this.format = format;
        this.file = file;
        this.start = start;
        this.report = report;
        this.isQuiet = isQuiet;
        this.windowStart = start;
    }

    /// Of the part of a file that starts at `start`.
    public static BadRowLog of(
            BadRows policy, String format, TextFile file, long start, Optional<BadRowReport> report) {
        return new BadRowLog(policy, format, file, start, report, false);
    }

    /// Of a sample: it is read again when the frame runs, and reported then.
    public static BadRowLog ofSample(BadRows policy, String format, TextFile file, long start) {
        return new BadRowLog(policy, format, file, start, Optional.empty(), true);
    }

    public boolean isStrict() {
        return policy == BadRows.FAIL;
    }

    public boolean skipsRows() {
        return policy == BadRows.SKIP;
    }

    void moveTo(long newStart) {
        windowStart = newStart;
    }

    /// Errors: DATA if bad rows are errors.
    public void add(Malformed malformed) {
        add(malformed.offset(), malformed.flaw());
    }

    void add(long offset, Flaw flaw) {
        if (isStrict()) {
            throw error(offset, flaw);
        }
        if (first.size() < BadRowReport.SHOWN && !isQuiet) {
            first.add(new BadRow(
                    file.path(), line(offset), flaw.column(), flaw.text(), flaw.at(windowStart + offset)));
        }
        count++;
    }

    /// The error of a record with which reading cannot go on.
    public LazuliException error(Malformed malformed) {
        return error(malformed.offset(), malformed.flaw());
    }

    private LazuliException error(long offset, Flaw flaw) {
        return TextErrors.malformed(format, file.path(), line(offset), windowStart + offset, flaw);
    }

    private long line(long offset) {
        return Lines.lineOf(file, windowStart + offset);
    }

    /// Tells what there was, at the end of the part.
    void close() {
        if (isQuiet || isStrict()) {
            return;
        }
        report.ifPresent(target -> target.set(file.path(), start, count, first));
        if (report.isEmpty() && count > 0) {
            LOGGER.log(System.Logger.Level.WARNING, TextErrors.badRows(
                    file.path(), count, skipsRows(), first.stream().map(BadRow::toString).toList()));
        }
    }
}
