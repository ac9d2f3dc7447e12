package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.column.Views;
import io.lazuli.dataframe.internal.kernel.HashKernels;
import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.GrowingBuffer;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// About how many different values a group has; nulls do not count. State of a group: where its sketch is in `data` and how
/// many bytes it has, none before the first value; and how many entries it has as long as it is a table (see [Sketches]).
/// Partial: the sketch as a text.
///
/// A sketch that grows moves to a new place of twice the size, so `data` never holds more than twice the sketches. An entry
/// that makes a table grow has been paid for by those before it with [#BYTES_AN_ENTRY], but for the first time in a batch.
final class ApproximateDistinct implements Accumulator {
    private static final long PLACE = 0;
    private static final long ENTRIES = 8;
    /// Of new places, 32 for a first one; and a table of twice the bytes needs 3/16 of its bytes as entries before it is full again.
    private static final long BYTES_AN_ENTRY = 64;
    /// The group of rows whose value is null.
    private static final int NOWHERE = -1;

    private final GroupRows rows;
    /// Byte of the two words in a group.
    private final long start;
    private final GrowingBuffer data;
    private final Scratch scratch;
    private final int[] rankCounts = Sketches.newRankCounts();
    /// Bytes of `data` that are given out as places.
    private long dataSize;
    /// Groups that have a sketch, and the bytes of the largest.
    private int sketchCount;
    private int largest;

    ApproximateDistinct(StateMemory memory, GroupRows rows) {
        this.rows = rows;
        this.start = rows.add(0, 0);
        this.data = new GrowingBuffer(memory);
        this.scratch = memory.scratch();
    }

    @Override
    public boolean tryReserve(List<Column> inputs) {
        int rowCount = inputs.getFirst().length();
        return tryReserve(rowCount, rowCount * BYTES_AN_ENTRY);
    }

    @Override
    public boolean tryReservePartial(List<Column> partial) {
        Column sketches = partial.getFirst();
        long bytes = 0;
        for (int row = 0; row < sketches.length(); row++) {
            int size = sketches.isNull(row) ? 0 : Views.length(sketches.values(), row);
            // one that is no table takes one place; the places of others double up to it
            bytes += Sketches.isTable(size)
                    ? Math.min(Sketches.mostEntries(size) * BYTES_AN_ENTRY, 2 * Sketches.MOST_BYTES)
                    : Sketches.MOST_BYTES;
        }
        return tryReserve(sketches.length(), bytes);
    }

    /// @param groupCount groups that change at most
    /// @param newBytes   beside those of sketches that are full now
    private boolean tryReserve(int groupCount, long newBytes) {
        long full = Math.min(groupCount, sketchCount) * Math.min(2L * largest, Sketches.MOST_BYTES);
        long bytes = dataSize + full + newBytes;
        return bytes <= Integer.MAX_VALUE && data.tryReserve(bytes);
    }

    @Override
    public void update(GroupIds ids, List<Column> inputs) {
        scratch.reset();
        MemorySegment hashes = scratch.values(Kind.LONG, ids.rowCount());
        hashes.fill((byte) 0);
        HashKernels.add(inputs.getFirst(), hashes);
        int[] groups = ids.withoutNulls(inputs, NOWHERE);
        for (int row = 0; row < ids.rowCount(); row++) {
            if (groups[row] != NOWHERE) {
                add(state(groups[row]), Sketches.entry(hashes.get(Layouts.LONG, row * 8L)));
            }
        }
    }

    /// Byte of a group's words.
    private long state(int group) {
        return group * rows.stride() + start;
    }

    private void add(long state, int entry) {
        MemorySegment states = rows.segment();
        long entries = states.get(Layouts.LONG, state + ENTRIES);
        int size = size(states, state);
        if (Sketches.isTable(size) && entries >= Sketches.mostEntries(size)) {
            size = Math.max(2 * size, Sketches.LEAST_BYTES);
            move(state, size);
        }
        long place = place(states, state);
        if (!Sketches.isTable(size)) {
            Sketches.addToRegisters(data.segment(), place, entry);
        } else if (Sketches.addToTable(data.segment(), place, size, entry)) {
            states.set(Layouts.LONG, state + ENTRIES, entries + 1);
        }
    }

    private static int size(MemorySegment states, long state) {
        return (int) states.get(Layouts.LONG, state + PLACE);
    }

    private static long place(MemorySegment states, long state) {
        return states.get(Layouts.LONG, state + PLACE) >>> 32;
    }

    /// Gives a group a place of `newSize` bytes and moves its entries there.
    private void move(long state, int newSize) {
        MemorySegment states = rows.segment();
        int size = size(states, state);
        long from = place(states, state);
        long to = dataSize;
        dataSize += newSize;
        sketchCount += size == 0 ? 1 : 0;
        largest = Math.max(largest, newSize);
        states.set(Layouts.LONG, state + PLACE, to << 32 | newSize);
        MemorySegment bytes = data.segment();
        bytes.asSlice(to, newSize).fill((byte) 0);
        for (long at = from; at < from + size; at += Integer.BYTES) {
            int entry = bytes.get(Layouts.INT, at);
            if (entry != 0 && Sketches.isTable(newSize)) {
                Sketches.addToTable(bytes, to, newSize, entry);
            } else if (entry != 0) {
                Sketches.addToRegisters(bytes, to, entry);
            }
        }
    }

    @Override
    public void merge(GroupIds ids, List<Column> partial) {
        Column sketches = partial.getFirst();
        for (int row = 0; row < ids.rowCount(); row++) {
            if (!sketches.isNull(row)) {
                long from = Views.offset(Views.tail(sketches.values(), row));
                merge(state(ids.ids()[row]), sketches.data(), from, Views.length(sketches.values(), row));
            }
        }
    }

    private void merge(long state, MemorySegment sketch, long from, int size) {
        if (Sketches.isTable(size)) {
            for (long at = from; at < from + size; at += Integer.BYTES) {
                int entry = sketch.get(Layouts.INT, at);
                if (entry != 0) {
                    add(state, entry);
                }
            }
            return;
        }
        if (Sketches.isTable(size(rows.segment(), state))) {
            move(state, Sketches.MOST_BYTES);
        }
        Sketches.addRegisters(sketch, from, data.segment(), place(rows.segment(), state));
    }

    @Override
    public int stateCount() {
        return 1;
    }

    @Override
    public List<Column> partial(int first, int length, Scratch target) {
        MemorySegment views = target.values(Kind.UTF8, length);
        MemorySegment validity = target.bits(length);
        MemorySegment states = rows.segment();
        for (int row = 0; row < length; row++) {
            int size = size(states, state(first + row));
            Bits.set(validity, row, size > 0);
            if (size > 0) {
                Views.setReference(views, row, data.segment(), place(states, state(first + row)), size);
            } else {
                Views.set(views, row, 0, 0);
            }
        }
        MemorySegment bytes = dataSize == 0 ? Column.NO_DATA : data.segment();
        return List.of(new Column(DataType.UTF8, length, Validities.simplified(validity, length), views, bytes));
    }

    @Override
    public Column finish(int first, int length, Scratch target) {
        MemorySegment counts = target.values(Kind.LONG, length);
        MemorySegment states = rows.segment();
        for (int row = 0; row < length; row++) {
            long state = state(first + row);
            int size = size(states, state);
            long count = size == 0 ? 0 : Sketches.estimate(data.segment(), place(states, state), size, rankCounts);
            counts.set(Layouts.LONG, row * 8L, count);
        }
        return new Column(DataType.LONG, length, Column.NO_NULLS, counts);
    }

    @Override
    public long dataBytes() {
        return dataSize;
    }

    @Override
    public void clear() {
        dataSize = 0;
        sketchCount = 0;
        largest = 0;
    }

    @Override
    public void free() {
        data.free();
        clear();
    }
}
