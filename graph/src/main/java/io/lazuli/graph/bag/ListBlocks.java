package io.lazuli.graph.bag;

import io.lazuli.graph.codec.SizeEstimate;
import io.lazuli.graph.memory.Block;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Blocks around the partitions of a bag.
final class ListBlocks {
    private ListBlocks() {}

    /// A block of as many rows as there are elements. The list is not copied.
    static Block of(List<?> elements, long... cuts) {
        return Block.value(elements, SizeEstimate.of(elements), elements.size(), cuts);
    }

    /// A block around one value.
    static Block ofValue(@Nullable Object value) {
        return Block.value(value, SizeEstimate.of(value));
    }
}
