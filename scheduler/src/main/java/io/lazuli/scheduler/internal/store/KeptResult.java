package io.lazuli.scheduler.internal.store;

import io.lazuli.graph.Key;
import io.lazuli.graph.Operation;
import io.lazuli.graph.memory.Block;
import org.jspecify.annotations.Nullable;

/// A result that is never spilled: it has no bytes, or is so small that its file and the record of it would take as much.
final class KeptResult extends StoredResult {
    private final Block block;
    /// Where it counts, and how it is written, if it is a value.
    private final @Nullable HeapBudget values;
    private final @Nullable ValueFormat format;

    private KeptResult(Key key, Block block, @Nullable HeapBudget values, @Nullable ValueFormat format) {
        super(key, block);
        this.block = block;
        this.values = values;
        this.format = format;
    }

    static KeptResult columns(Key key, Block block) {
        return new KeptResult(key, block, null, null);
    }

    static KeptResult value(HeapBudget values, ValueFormat format, Key key, Block block) {
        return new KeptResult(key, block, values, format);
    }

    @Override
    public Block borrow() {
        if (isGone()) {
            throw usedWhenGone();
        }
        return block.retain();
    }

    @Override
    ExportedResult.Form exported(Operation maker) {
        return new ExportedResult.Inline(segment().bytes());
    }

    private SegmentBytes segment() {
        if (format == null) {
            return SegmentBytes.of(Block.Kind.COLUMNS, key, block);
        }
        try {
            return SegmentBytes.of(key, block, format);
        } catch (UnwritableValueException e) {
            throw e.toError(key, block.value());
        }
    }

    @Override
    long[] cuts() {
        return block.cuts();
    }

    @Override
    void drop() {
        if (values != null) {
            values.dropSmall(byteSize());
        }
        block.release();
    }
}
