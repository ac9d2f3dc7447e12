package io.lazuli.graph;

/// How many partitions a source is cut into. Decided by the source alone, never by the number of workers, so that results
/// and tokens are the same on any machine.
public final class PartitionSizes {
    /// Decoded bytes that one partition aims at.
    public static final long TARGET_BYTES = 64L << 20;
    /// Rows above which a source has at least [#LEAST_COUNT] partitions.
    public static final long MANY_ROWS = 1_000_000;
    public static final int LEAST_COUNT = 8;

    private PartitionSizes() {}

    /// Partitions for a source of `decodedBytes` and about `rowCount` rows: one for each 64 MiB, at least eight above a
    /// million rows, at least one.
    public static int count(long decodedBytes, long rowCount) {
        if (decodedBytes < 0 || rowCount < 0) {
            throw new IllegalArgumentException(
                    "sizes must not be negative: " + decodedBytes + " bytes, " + rowCount + " rows");
        }
        int byBytes = Math.toIntExact(Math.ceilDiv(decodedBytes, TARGET_BYTES));
        return Math.max(byBytes, rowCount > MANY_ROWS ? LEAST_COUNT : 1);
    }
}
