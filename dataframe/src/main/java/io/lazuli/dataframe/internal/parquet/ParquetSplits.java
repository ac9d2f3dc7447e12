package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.source.Split;
import java.util.ArrayList;
import java.util.List;

/// Deals the row groups of some files, or pieces of them, out to partitions of about equally many rows: each goes where its middle
/// row lies.
///
/// ```
///   few files     | a a a | a a | b b | c |          no partition has row groups of two files
///   many files    | a b c d e | f f g h | i j k |    small ones share a partition
/// ```
final class ParquetSplits {
    /// Files up to which each has partitions of its own. Of more, at least so many partitions are made.
    private static final int FEW_FILES = 16;

    private final long rowCount;
    private final int partitionCount;
    private final boolean sharesPartitions;
    private final List<Split> splits = new ArrayList<>();
    /// What was dealt out since the last split.
    private final List<ParquetSplit.Part> parts = new ArrayList<>();
    private final List<ParquetSplit.Piece> run = new ArrayList<>();
    private int runFile;
    private long rowsBefore;
    /// The partition of the last row group.
    private long partition = -1;

    /// @param rowCount       of all row groups that will come
    /// @param partitionCount that their bytes ask for
    ParquetSplits(int fileCount, long rowCount, int partitionCount) {
        this.rowCount = rowCount;
        this.sharesPartitions = fileCount > FEW_FILES;
        this.partitionCount = sharesPartitions ? Math.max(partitionCount, FEW_FILES) : partitionCount;
    }

    /// The rows that a partition has on average.
    long partitionRows() {
        return Math.max(1, rowCount / partitionCount);
    }

    /// Pieces come in the order of files.
    void add(int file, ParquetSplit.Piece piece) {
        long rows = piece.rowCount();
        long next = (long) ((rowsBefore + rows / 2.0) * partitionCount / rowCount);
        boolean isOtherFile = file != runFile;
        if (next != partition || isOtherFile && !sharesPartitions) {
            endSplit();
        } else if (isOtherFile) {
            endPart();
        }
        partition = next;
        runFile = file;
        run.add(piece);
        rowsBefore += rows;
    }

    private void endPart() {
        if (!run.isEmpty()) {
            parts.add(new ParquetSplit.Part(runFile, run));
            run.clear();
        }
    }

    private void endSplit() {
        endPart();
        if (!parts.isEmpty()) {
            splits.add(new ParquetSplit(parts));
            parts.clear();
        }
    }

    List<Split> finish() {
        endSplit();
        return List.copyOf(splits);
    }
}
