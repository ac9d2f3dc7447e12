package io.lazuli.graph;

import java.util.List;

/// The partitions of one layer, kept by an engine for later graphs, which name it in [TaskGraph#held].
///
/// They may be spilled. What cannot be read back then is made again from the graph, which the engine keeps for that: with it stays
/// whatever its operations hold, such as values given as a list.
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
