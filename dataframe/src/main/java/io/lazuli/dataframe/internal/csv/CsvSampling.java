package io.lazuli.dataframe.internal.csv;

import io.lazuli.dataframe.internal.text.BadRowLog;
import io.lazuli.dataframe.internal.text.TextFile;
import io.lazuli.dataframe.internal.text.TextSample;
import io.lazuli.dataframe.io.CsvReadOptions;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.error.LazuliException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Looks at the start, the middle and the end of files to learn their columns' types and how long rows are. Of files that
/// can only be read from the start, looks at the start alone.
final class CsvSampling {
    private final CsvReadOptions options;
    private final int columnCount;
    private final List<TypeGuess> guesses;
    private long rowCount;
    private long byteCount;
    private boolean hasQuotes;

    CsvSampling(CsvReadOptions options, int columnCount) {
        this.options = options;
        this.columnCount = columnCount;
        this.guesses = Stream.generate(() -> new TypeGuess((byte) options.decimal())).limit(columnCount).toList();
    }

    List<TypeGuess> guesses() {
        return guesses;
    }

    double bytesPerRow() {
        return rowCount == 0 ? 1 : (double) byteCount / rowCount;
    }

    boolean hasQuotes() {
        return hasQuotes;
    }

    /// Adds samples of a file. Errors: DATA if the first sample is not well-formed; the others may begin within a quoted
    /// text, so what they say is used only if it is.
    void add(TextFile file) {
        CsvDialect dialect = CsvDialect.of(options, file.lineEnd());
        scan(TextSample.at(file, file.dataStart(), options.sampleBytes()), dialect);
        if (!file.isSeekable()) {
            return;
        }
        long size = file.file().byteSize();
        long middle = file.dataStart() + (size - file.dataStart()) / 2 - options.sampleBytes() / 2;
        for (long from : new long[] {middle, size - options.sampleBytes()}) {
            if (from > file.dataStart() + options.sampleBytes() && !hasQuotes) {
                scanWithin(TextSample.fromLineAfter(file, from, options.sampleBytes()), dialect);
            }
        }
    }

    private void scanWithin(TextSample sample, CsvDialect dialect) {
        try {
            scan(sample, dialect);
        } catch (LazuliException e) {
            hasQuotes = true;
        }
    }

    private void scan(TextSample sample, CsvDialect dialect) {
        List<Integer> all = IntStream.range(0, columnCount).boxed().toList();
        BadRowLog badRows = BadRowLog.ofSample(options.badRows(), "CSV", sample.file(), sample.start());
        CsvScanner scanner = new CsvScanner(dialect, columnCount, all, badRows);
        MemorySegment window = sample.bytes();
        long from = 0;
        for (int rows = scanner.scan(window, 0, sample.size()); rows > 0; rows =
                scanner.scan(window, from, sample.size())) {
            for (int column = 0; column < columnCount; column++) {
                hasQuotes |= scanner.hasQuotes(column);
                scanner.clean(window, column, DataType.UTF8, rows);
                guesses.get(column).add(window, scanner.fields(), scanner.base(column), rows);
            }
            rowCount += rows;
            byteCount += scanner.end() - from;
            from = scanner.end();
        }
    }
}
