package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// Adds a random number and a position to each row. The number is a hash of seed and position (the finalizer of SplitMix64,
/// Steele, Lea and Flood 2014), so there is no state that threads or the order of tasks could change.
final class RandomKeysStep implements BatchConsumer {
    /// Bits of a position that number the rows of a partition.
    private static final int ROW_BITS = 40;
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private final long seed;
    private final Scratch scratch;
    private final BatchConsumer next;
    /// Of the next row.
    private long position;

    RandomKeysStep(Pipeline.RandomKeys step, int partition, Scratch scratch, BatchConsumer next) {
        this.seed = mixed(step.seed() + GAMMA);
        this.position = (long) partition << ROW_BITS;
        this.scratch = scratch;
        this.next = next;
    }

    @Override
    public void accept(Batch batch) {
        int count = batch.rowCount();
        MemorySegment numbers = scratch.values(Kind.LONG, count);
        MemorySegment positions = scratch.values(Kind.LONG, count);
        write(seed, position, count, numbers, positions);
        position += count;
        List<Column> columns = new ArrayList<>(batch.columns());
        columns.add(new Column(DataType.LONG, count, Column.NO_NULLS, numbers));
        columns.add(new Column(DataType.LONG, count, Column.NO_NULLS, positions));
        next.accept(new Batch(count, columns));
    }

    private static void write(long seed, long first, int count, MemorySegment numbers, MemorySegment positions) {
        for (int row = 0; row < count; row++) {
            numbers.set(Layouts.LONG, row * 8L, mixed(seed + (first + row) * GAMMA));
            positions.set(Layouts.LONG, row * 8L, first + row);
        }
    }

    private static long mixed(long value) {
        long bits = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        bits = (bits ^ bits >>> 27) * 0x94D049BB133111EBL;
        return bits ^ bits >>> 31;
    }

    @Override
    public boolean wantsMore() {
        return next.wantsMore();
    }
}
