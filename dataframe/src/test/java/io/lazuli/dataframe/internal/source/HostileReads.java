package io.lazuli.dataframe.internal.source;

import io.lazuli.dataframe.internal.arrow.ArrowSource;
import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.csv.CsvSource;
import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.expression.BoundExpr.CompareOperator;
import io.lazuli.dataframe.internal.json.JsonSource;
import io.lazuli.dataframe.internal.parquet.ParquetSource;
import io.lazuli.dataframe.io.CsvReadOptions;
import io.lazuli.dataframe.io.JsonReadOptions;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.graph.memory.Reservation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The reader of [HostileFilesTest], in a process of its own with little memory.
final class HostileReads {
    /// Of files that really hold so much that no reader can do without it: refused by their task's limit.
    private static final long BUDGET = 64L << 20;
    /// Of all others: refused by what is read.
    private static final long LARGE_BUDGET = 1L << 30;

    /// What makes a scan look at the index of its first column.
    private static final BoundExpr ONE = new BoundExpr.Compare(
            CompareOperator.EQ,
            new BoundExpr.Input(0, DataType.LONG),
            new BoundExpr.Literal(DataType.LONG, Optional.of(1L)));

    private HostileReads() {}

    /// Arguments: a file with the paths of files to read. Prints for each, in one line, by how much the process grew outside of
    /// the Java heap, in bytes, how many files it has open more than before, and its error or how many rows it has.
    public static void main(String[] arguments) throws Exception {
        for (String path : Files.readAllLines(Path.of(arguments[0]))) {
            try (Growth growth = Growth.start()) {
                long open = openFiles();
                String outcome = outcome(path);
                System.out.println(growth.bytes() + " " + (openFiles() - open) + " " + outcome);
            }
        }
    }

    private static String outcome(String path) {
        try {
            return read(open(path), path) + " rows";
        } catch (LazuliException e) {
            return e.code() + " " + e.getMessage().lines().findFirst().orElse("");
        } catch (Throwable e) {
            return "UNTYPED " + e.toString().lines().findFirst().orElse("");
        }
    }

    private static Source open(String path) {
        if (path.endsWith(".parquet")) {
            return ParquetSource.open(path);
        }
        if (path.endsWith(".arrow")) {
            return ArrowSource.open(path);
        }
        boolean isDeclared = !path.contains("undeclared");
        if (path.contains(".json")) {
            return JsonSource.open(path, isDeclared
                    ? JsonReadOptions.DEFAULTS.withType("a", DataType.UTF8)
                    : JsonReadOptions.DEFAULTS);
        }
        return CsvSource.open(path, isDeclared
                ? CsvReadOptions.DEFAULTS.withType("a", DataType.UTF8)
                : CsvReadOptions.DEFAULTS);
    }

    private static long read(Source source, String path) {
        List<Integer> columns = IntStream.range(0, source.schema().size()).boxed().toList();
        ScanRequest request =
                path.contains("-index") ? Scans.request(columns, ONE) : Scans.request(columns);
        long budget = path.contains("-honest") ? BUDGET : LARGE_BUDGET;
        List<Split> splits = source.splits(request);
        long rows = 0;
        for (Split split : splits) {
            try (MemoryAccountant accountant = MemoryAccountant.create(budget);
                    Reservation memory = accountant.reserve("scan", 0)) {
                rows += read(source, request, split, new Scratch(memory));
            }
        }
        return rows;
    }

    private static long read(Source source, ScanRequest request, Split split, Scratch scratch) {
        long rows = 0;
        try (BatchReader reader = source.open(split, request, scratch)) {
            for (Optional<Batch> batch = reader.next(); batch.isPresent(); batch = reader.next()) {
                rows += batch.get().rowCount();
                scratch.reset();
            }
        }
        return rows;
    }

    private static long openFiles() {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.filter(HostileReads::isData).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isData(Path open) {
        try {
            return Files.readSymbolicLink(open).toString().matches(".*\\.(csv|json|parquet|arrow)(\\.gz|\\.zst)?");
        } catch (IOException e) {
            return false; // closed by now
        }
    }

    /// Looks every millisecond how much anonymous memory this process has. The Java heap does not count where it is touched
    /// from the start.
    private static final class Growth implements AutoCloseable {
        private final long before = anonymousBytes();
        private final Thread watcher = Thread.ofPlatform().daemon().unstarted(this::watch);
        private volatile long most = before;
        private volatile boolean isClosed;

        static Growth start() {
            Growth growth = new Growth();
            growth.watcher.start();
            return growth;
        }

        private void watch() {
            while (!isClosed) {
                most = Math.max(most, anonymousBytes());
                try {
                    Thread.sleep(1);
                } catch (InterruptedException e) {
                    return;
                }
            }
        }

        long bytes() {
            return most - before;
        }

        @Override
        public void close() throws InterruptedException {
            isClosed = true;
            watcher.join();
        }

        private static long anonymousBytes() {
            try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
                return lines.filter(line -> line.startsWith("RssAnon"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                        .sum();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
