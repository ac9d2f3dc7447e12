package io.lazuli.dataframe.internal.csv;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.graph.error.GraphErrors;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.file.SourceFile;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Looks at the start, the middle and the end of files to learn their columns' types and how long rows are.
final class CsvSampling {
    private static final int PADDING = 2 * Separators.PADDING;

    private final CsvDialect dialect;
    private final int sampleBytes;
    private final int columnCount;
    private final List<TypeGuess> guesses;
    private long rowCount;
    private long byteCount;
    private boolean hasQuotes;

    CsvSampling(CsvDialect dialect, int sampleBytes, int columnCount) {
        this.dialect = dialect;
        this.sampleBytes = sampleBytes;
        this.columnCount = columnCount;
        this.guesses = Stream.generate(TypeGuess::new).limit(columnCount).toList();
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

    /// Adds samples of a file whose records start at `start`. Errors: DATA if the first sample is not well-formed; the
    /// others may begin within a quoted text, so what they say is used only if it is.
    void add(SourceFile file, long start) {
        try (FileChannel channel = file.open()) {
            CsvPlace place = new CsvPlace(file.path(), channel);
            sample(channel, place, start, file.byteSize());
            long middle = start + (file.byteSize() - start) / 2 - sampleBytes / 2;
            for (long from : new long[] {middle, file.byteSize() - sampleBytes}) {
                if (from > start + sampleBytes && !hasQuotes) {
                    sampleWithin(channel, place, from, file.byteSize());
                }
            }
        } catch (IOException e) {
            throw GraphErrors.unreadableFile(file.path(), e);
        }
    }

    private void sampleWithin(FileChannel channel, CsvPlace place, long from, long end) throws IOException {
        try {
            sample(channel, place, nextLine(channel, from, end), end);
        } catch (LazuliException e) {
            hasQuotes = true;
        }
    }

    private long nextLine(FileChannel channel, long from, long end) throws IOException {
        byte[] bytes = read(channel, from, (int) Math.min(sampleBytes, end - from));
        int at = 0;
        while (at < bytes.length && bytes[at] != '\n') {
            at++;
        }
        return Math.min(end, from + at + 1);
    }

    private void sample(FileChannel channel, CsvPlace place, long start, long end) throws IOException {
        byte[] bytes = read(channel, start, (int) Math.min(sampleBytes, end - start));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment window = arena.allocate(bytes.length + (long) PADDING);
            MemorySegment.copy(bytes, 0, window, Layouts.BYTE, 0, bytes.length);
            long to = bytes.length;
            if (start + to == end && to > 0 && bytes[(int) to - 1] != '\n') {
                window.set(Layouts.BYTE, to++, (byte) '\n');
            }
            place.moveTo(start);
            scan(window, to, place);
        }
    }

    private void scan(MemorySegment window, long to, CsvPlace place) {
        List<Integer> all = IntStream.range(0, columnCount).boxed().toList();
        RecordScanner scanner = new RecordScanner(dialect, columnCount, all, place);
        long from = 0;
        for (int rows = scanner.scan(window, 0, to); rows > 0; rows = scanner.scan(window, from, to)) {
            for (int column = 0; column < columnCount; column++) {
                hasQuotes |= scanner.hasQuotes(column);
                Fields.unescape(window, scanner.fields(), scanner.base(column), rows, dialect.quote());
                Fields.clearNulls(window, scanner.fields(), scanner.base(column), rows, dialect.nulls());
                guesses.get(column).add(window, scanner.fields(), scanner.base(column), rows);
            }
            rowCount += rows;
            byteCount += scanner.end() - from;
            from = scanner.end();
        }
    }

    static byte[] read(FileChannel channel, long start, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, start + bytes.position()) < 0) {
                throw new EOFException("the file was cut off while it was read");
            }
        }
        return bytes.array();
    }
}
