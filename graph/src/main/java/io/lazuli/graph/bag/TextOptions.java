package io.lazuli.graph.bag;

import io.lazuli.graph.PartitionSizes;
import io.lazuli.graph.error.GraphErrors;

/// How text files are read.
///
/// @param partitionBytes most bytes of a file that one partition reads, give or take a line; [#BY_SIZE] for as many partitions
///                       as [PartitionSizes] says
public record TextOptions(long partitionBytes) {
    public static final long BY_SIZE = 0;
    public static final TextOptions DEFAULTS = new TextOptions(BY_SIZE);
    /// Bytes of a line, roughly: the number of lines is not known before they are read.
    private static final int LINE_BYTES = 64;

    /// Errors: USER if `partitionBytes` is negative.
    public TextOptions {
        if (partitionBytes < 0) {
            throw GraphErrors.badArgument("readText", "partitionBytes", partitionBytes, "at least 1, or BY_SIZE");
        }
    }

    public TextOptions withPartitionBytes(long partitionBytes) {
        return new TextOptions(partitionBytes);
    }

    /// Partitions of a file of `byteSize` bytes.
    int partitionCount(long byteSize) {
        return partitionBytes == BY_SIZE
                ? PartitionSizes.count(byteSize, byteSize / LINE_BYTES)
                : Math.toIntExact(Math.max(1, Math.ceilDiv(byteSize, partitionBytes)));
    }
}
