package io.lazuli.dataframe.internal.text;

import io.lazuli.dataframe.internal.TextErrors;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.source.ScanRequest;
import io.lazuli.dataframe.internal.source.Source.Estimate;
import io.lazuli.dataframe.internal.source.Split;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.PartitionSizes;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// What sources of text files have in common.
public final class TextFiles {
    private TextFiles() {}

    /// What people call the files of a pattern: its last part.
    public static String name(String pattern) {
        return pattern.substring(pattern.replaceAll("/+$", "").lastIndexOf('/') + 1);
    }

    /// Errors: DATA if the first `length` bytes of a file are no text in UTF-8.
    public static void checkText(String format, TextFile file, byte[] head, int length) {
        MemorySegment bytes = MemorySegment.ofArray(Arrays.copyOf(head, length + 8));
        int bad = (int) Utf8.firstBad(bytes, 0, length);
        for (int i = 0; bad < 0 && i < length; i++) {
            bad = head[i] == 0 ? i : -1;
        }
        if (bad >= 0) {
            throw TextErrors.binaryText(format, file.path(), bad, head[bad]);
        }
    }

    /// Size of what a scan would read, by the samples.
    ///
    /// @param longBytes bytes of long texts in a row, for each column of the files; one more column is their path
    public static Estimate estimate(List<TextFile> files, double bytesPerRow, Schema schema, List<Integer> longBytes,
            ScanRequest request) {
        long bytes = files.stream().mapToLong(file -> Math.max(0, file.textBytes() - file.dataStart())).sum();
        long rows = (long) (bytes / bytesPerRow);
        long decoded = 0;
        for (int column : request.columns()) {
            long texts = column < longBytes.size() ? longBytes.get(column) : files.getFirst().path().length();
            decoded += Kind.of(schema.field(column).type()).byteSize(rows) + rows * texts;
        }
        return new Estimate(rows, decoded);
    }

    /// Finds where at most `count` parts of a file start; the last element is its end.
    @FunctionalInterface
    public interface Cutting {
        List<Long> cuts(TextFile file, FileChannel channel, int count) throws IOException;
    }

    /// Cuts files into partitions: as many as their size suggests, and one for each file that cannot be cut.
    public static List<Split> splits(List<TextFile> files, Estimate estimate, Cutting cutting) {
        int count = PartitionSizes.count(estimate.decodedBytes(), estimate.rowCount());
        long total = files.stream().mapToLong(TextFile::textBytes).sum();
        List<Split> splits = new ArrayList<>();
        for (int f = 0; f < files.size(); f++) {
            TextFile file = files.get(f);
            if (!file.isSeekable()) {
                splits.add(new TextSplit(f, file.dataStart(), file.end()));
            } else if (file.dataStart() < file.end()) {
                int share = (int) Math.max(1, Math.round((double) count * file.textBytes() / total));
                splits.addAll(cut(f, file, share, cutting));
            }
        }
        return List.copyOf(splits);
    }

    private static List<Split> cut(int index, TextFile file, int count, Cutting cutting) {
        try (FileChannel channel = file.file().open()) {
            List<Long> starts = cutting.cuts(file, channel, count);
            return IntStream.range(1, starts.size())
                    .<Split>mapToObj(i -> new TextSplit(index, starts.get(i - 1), starts.get(i)))
                    .toList();
        } catch (IOException e) {
            throw TextErrors.unreadable(file.path(), e);
        }
    }
}
