package io.lazuli.scheduler.internal.store;

import io.lazuli.graph.Key;
import io.lazuli.graph.memory.Block;
import org.jspecify.annotations.Nullable;

/// A result that is never spilled: it has no bytes, or can only be rebuilt, or is so small that its file and the record of it
/// would take as much.
final class KeptResult extends StoredResult {
    private final Block block;
    /// Where it counts, if it is a value.
    private final @Nullable HeapBudget values;

    private KeptResult(Key key, Block block, @Nullable HeapBudget values) {
        super(key, block);
        this.block = block;
        this.values = values;
    }

    KeptResult(Key key, Block block) {
        this(key, block, null);
    }

    static KeptResult value(HeapBudget values, Key key, Block block) {
        return new KeptResult(key, block, values);
    }

    @Override
    public Block borrow() {
        if (isGone()) {
            throw usedWhenGone();
        }
        return block.retain();
    }

    @Override
    void drop() {
        if (values != null) {
            values.dropSmall(byteSize());
        }
        block.release();
    }
}
