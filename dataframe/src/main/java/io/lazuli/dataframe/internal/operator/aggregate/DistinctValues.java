package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Views;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.graph.memory.Buffer;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// Counts the distinct values of one group in a hash table. Where the table cannot hold them, in several passes over the values,
/// each of which counts those whose hash ends in the same bits.
///
/// A slot is two longs: the value as a lane, or the hash of a text; and where the text stands, plus one (1 for a lane). A free
/// slot has 0 there.
final class DistinctValues {
    static final long FEWEST_BYTES = 1 << 16;
    private static final int SLOT = 16;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final StateMemory memory;
    private final boolean isText;
    private Optional<Buffer> table = Optional.empty();
    /// Slots in use for the group at hand, a power of two.
    private long slotCount;
    /// Values in the table.
    private long found;

    DistinctValues(StateMemory memory, boolean isText) {
        this.memory = memory;
        this.isText = isText;
    }

    long count(ValueLog.Arranged values, int group) {
        long most = values.byteSize(group) / (isText ? ValueLog.TEXT_HEADER : ValueLog.LANE);
        if (most < 2) {
            return most;
        }
        slotCount = slots(most);
        int passBits = 0;
        while (most >>> passBits > slotCount / 2) {
            passBits++;
        }
        long count = 0;
        for (long pass = 0; pass < 1L << passBits; pass++) {
            count += count(values, group, pass, passBits);
        }
        return count;
    }

    /// Slots for so many values at most: twice as many if the memory is granted, else as many as can be had.
    private long slots(long values) {
        long wanted = Long.highestOneBit(Math.max(2, values) * 4 - 1) * SLOT;
        long had = table.map(Buffer::byteSize).orElse(0L);
        for (long bytes = wanted; bytes > had; bytes /= 2) {
            Optional<Buffer> bigger = memory.tryAllocate(bytes);
            if (bigger.isPresent() || bytes <= FEWEST_BYTES) {
                long size = bytes;
                free();
                table = Optional.of(bigger.orElseGet(() -> memory.allocate(size)));
                had = bytes;
            }
        }
        return Math.min(wanted, had) / SLOT;
    }

    /// The distinct values whose hash ends in the `bits` bits of `pass`.
    private long count(ValueLog.Arranged values, int group, long pass, int bits) {
        found = 0;
        segment().asSlice(0, slotCount * SLOT).fill((byte) 0);
        for (long at = values.start(group), end = values.end(group); at < end; at += ValueLog.ENTRY) {
            boolean fits = isText
                    ? addTexts(values, at, pass, bits)
                    : addLanes(values.bytes(at), values.offset(at), values.size(at), pass, bits);
            if (!fits) {
                // the hashes are not as even as they should be
                return count(values, group, pass, bits + 1) + count(values, group, pass | 1L << bits, bits + 1);
            }
        }
        return found;
    }

    private MemorySegment segment() {
        return table.orElseThrow().segment();
    }

    private boolean isFull() {
        return found >= slotCount - slotCount / 8;
    }

    private static long mix(long key) {
        long product = key * MIX;
        return product ^ product >>> 32;
    }

    private long slot(long hash) {
        return hash >>> Long.numberOfLeadingZeros(slotCount) + 1;
    }

    private boolean addLanes(MemorySegment bytes, long start, int size, long pass, int bits) {
        MemorySegment slots = segment();
        long passMask = (1L << bits) - 1;
        for (long at = start; at < start + size; at += ValueLog.LANE) {
            long lane = bytes.get(Layouts.LONG, at);
            long hash = mix(lane);
            if ((hash & passMask) != pass) {
                continue;
            }
            long slot = slot(hash);
            while (slots.get(Layouts.LONG, slot * SLOT + 8) != 0 && slots.get(Layouts.LONG, slot * SLOT) != lane) {
                slot = slot + 1 & slotCount - 1;
            }
            if (slots.get(Layouts.LONG, slot * SLOT + 8) == 0) {
                if (isFull()) {
                    return false;
                }
                slots.set(Layouts.LONG, slot * SLOT, lane);
                slots.set(Layouts.LONG, slot * SLOT + 8, 1);
                found++;
            }
        }
        return true;
    }

    private boolean addTexts(ValueLog.Arranged values, long entry, long pass, int bits) {
        MemorySegment bytes = values.bytes(entry);
        long start = values.offset(entry);
        long passMask = (1L << bits) - 1;
        long at = start;
        while (at < start + values.size(entry)) {
            long key = bytes.get(Layouts.LONG, at);
            if ((mix(key) & passMask) == pass && !addText(values, key, values.place(entry, at))) {
                return false;
            }
            at += ValueLog.TEXT_HEADER + bytes.get(Layouts.LONG, at + 8);
        }
        return true;
    }

    private boolean addText(ValueLog.Arranged values, long key, long place) {
        MemorySegment slots = segment();
        for (long slot = slot(mix(key)); ; slot = slot + 1 & slotCount - 1) {
            long other = slots.get(Layouts.LONG, slot * SLOT + 8) - 1;
            if (other < 0) {
                boolean fits = !isFull();
                if (fits) {
                    slots.set(Layouts.LONG, slot * SLOT, key);
                    slots.set(Layouts.LONG, slot * SLOT + 8, place + 1);
                    found++;
                }
                return fits;
            }
            if (slots.get(Layouts.LONG, slot * SLOT) == key && isSameText(values, other, place)) {
                return true;
            }
        }
    }

    private static boolean isSameText(ValueLog.Arranged values, long left, long right) {
        MemorySegment leftBytes = values.source(left);
        MemorySegment rightBytes = values.source(right);
        long from = ValueLog.Arranged.offsetOf(left);
        long to = ValueLog.Arranged.offsetOf(right);
        long length = leftBytes.get(Layouts.LONG, from + 8);
        return length == rightBytes.get(Layouts.LONG, to + 8)
                && Views.same(leftBytes, from + ValueLog.TEXT_HEADER, rightBytes, to + ValueLog.TEXT_HEADER,
                        (int) length);
    }

    void free() {
        table.ifPresent(memory::free);
        table = Optional.empty();
    }
}
