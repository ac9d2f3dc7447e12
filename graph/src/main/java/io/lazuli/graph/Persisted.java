package io.lazuli.graph;

import java.util.List;

/// The partitions of one layer, kept by an engine for later graphs, which name it in [TaskGraph#held]. They may be spilled,
/// never lost.
public interface Persisted extends AutoCloseable {
    Token token();

    /// Rows of each partition.
    List<Long> rowCounts();

    long byteSize();

    default int partitionCount() {
        return rowCounts().size();
    }

    /// Gives the memory back. Jobs that already use it finish.
    @Override
    void close();
}
