package io.lazuli.graph.delayed;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.Token;

/// What the partitions of a layer read of another layer, or of its own: grows by partition, ascending, and in the order of
/// arguments.
final class LinkList {
    /// Place among the dependencies of the layer that reads.
    final int dependency;
    /// Where the sources of each partition start, for partitions up to the last that has any.
    private final IntList offsets = new IntList();
    private final IntList sources = new IntList();

    LinkList(int dependency) {
        this.dependency = dependency;
    }

    void add(int partition, int source) {
        startThrough(partition);
        sources.add(source);
    }

    Dependency on(Token producer, int partitionCount) {
        startThrough(partitionCount);
        return new Dependency.Explicit(producer, offsets.toArray(), sources.toArray());
    }

    private void startThrough(int partition) {
        while (offsets.size() <= partition) {
            offsets.add(sources.size());
        }
    }
}
