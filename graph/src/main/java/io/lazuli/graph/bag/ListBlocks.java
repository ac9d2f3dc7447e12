package io.lazuli.graph.bag;

import io.lazuli.graph.memory.Block;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Blocks around the partitions of a bag.
final class ListBlocks {
    /// Elements whose size is estimated; the others are taken to be like them.
    private static final int SAMPLE = 64;
    private static final int ELEMENT_BYTES = 48;
    private static final int REFERENCE_BYTES = 4;

    private ListBlocks() {}

    /// A block of as many rows as there are elements. The list is not copied.
    static Block of(List<?> elements, long... cuts) {
        return Block.value(elements, byteSize(elements), elements.size(), cuts);
    }

    /// A block around one value.
    static Block ofValue(@Nullable Object value) {
        return Block.value(value, ELEMENT_BYTES);
    }

    private static long byteSize(List<?> elements) {
        return (long) elements.size() * (REFERENCE_BYTES + ELEMENT_BYTES);
    }
}
