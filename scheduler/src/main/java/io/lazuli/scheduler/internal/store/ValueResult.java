package io.lazuli.scheduler.internal.store;

import io.lazuli.graph.Key;
import io.lazuli.graph.Operation;
import io.lazuli.graph.memory.Block;
import io.lazuli.scheduler.internal.Errors;
import java.io.IOException;

/// A value of a user's program on the heap, in a file, or in both: what was read back can be let go of again without being
/// written again, because values do not change.
final class ValueResult extends SpillableResult {
    /// What became of an attempt to spill.
    enum Outcome {
        /// It is not in memory any more.
        DONE,
        /// Somebody uses it; nothing was done.
        IN_USE,
        /// It cannot be written, now and ever after.
        STUCK
    }

    private final HeapBudget values;
    private final ValueFormat format;
    /// It was tried to write it, and it cannot be.
    private volatile boolean stuck;

    ValueResult(HeapBudget values, Key key, Block block, long order, JobStorage job) {
        super(key, block, order, job.counters());
        this.values = values;
        this.format = job.format();
    }

    /// True if it can only be kept on the heap, as far as is known.
    boolean isStuck() {
        return stuck;
    }

    /// What stands in messages for the value.
    synchronized String type() {
        Object value = block == null ? null : block.value();
        return value == null ? "null" : value.getClass().getName();
    }

    /// Writes the value out, unless that was done before, and lets go of it. Errors: RESOURCE if the disk fails; the result
    /// then stays in memory.
    synchronized Outcome spill(SpillDirectory directory) {
        Block written = block;
        if (written == null) {
            return Outcome.DONE;
        }
        if (stuck) {
            return Outcome.STUCK;
        }
        if (written.references() > 1) {
            return Outcome.IN_USE;
        }
        try {
            ensureFile(directory, written);
        } catch (UnwritableValueException e) {
            return Outcome.STUCK;
        }
        dropBlock();
        values.spilled(byteSize());
        return Outcome.DONE;
    }

    private SegmentFile ensureFile(SpillDirectory directory, Block value) {
        if (file != null) {
            return file;
        }
        try {
            file = counters.count(() -> SegmentFile.write(directory, key, value, format));
            return file;
        } catch (IOException e) {
            throw Errors.cannotSpill(directory.parent(), byteSize(), e);
        } catch (UnwritableValueException e) {
            if (!stuck) {
                stuck = true;
                values.stuck(byteSize());
            }
            throw e;
        }
    }

    /// It stays in memory, which may be needed soon: a file that is there makes spilling it cheap.
    @Override
    synchronized ExportedResult.Form exported(Operation maker) {
        Block value = block;
        if (value == null) {
            return ExportedResult.InFile.of(existing());
        }
        try {
            return file == null && byteSize() <= ExportedResult.INLINE_BYTES
                    ? new ExportedResult.Inline(SegmentBytes.of(key, value, format).bytes())
                    : ExportedResult.InFile.of(ensureFile(values.directory(), value));
        } catch (UnwritableValueException e) {
            throw e.toError(key, value.value());
        }
    }

    @Override
    Block read(SegmentFile from) throws IOException {
        Block decoded = from.decode(format);
        values.unspilled(byteSize());
        return decoded;
    }

    @Override
    void loaded() {
        values.readBack(this);
    }

    @Override
    void unlist() {
        values.order().remove(this);
    }

    @Override
    void dropped(boolean wasInMemory) {
        if (stuck) {
            values.dropStuck(byteSize());
        } else if (wasInMemory) {
            values.spilled(byteSize());
        }
    }
}
