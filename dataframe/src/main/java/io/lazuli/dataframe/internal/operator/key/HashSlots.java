package io.lazuli.dataframe.internal.operator.key;

import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.graph.memory.Buffer;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// The slots of an open-addressing table with linear probing: a power of two, at most half full. A slot is one long, the hash
/// above the index plus one of what hashes to it; 0 is a free slot. What the index refers to is its owner's business.
///
/// The hash stands in the slot so that most unequal keys are told apart, and tables rehashed, without looking at a key.
final class HashSlots {
    private static final int FEWEST = 1024;

    private final StateMemory memory;
    private Optional<Buffer> buffer = Optional.empty();
    private MemorySegment segment = MemorySegment.NULL;
    /// A power of two, or 0 before the first reservation.
    private int count;

    HashSlots(StateMemory memory) {
        this.memory = memory;
    }

    MemorySegment segment() {
        return segment;
    }

    Optional<Buffer> buffer() {
        return buffer;
    }

    /// Slot of a hash = hash & mask. Only valid when there are slots.
    long mask() {
        return count - 1;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /// Makes room for `entries` in all; false if the memory is refused.
    boolean tryReserve(int entries) {
        if (2L * entries <= count) {
            return true;
        }
        long wanted = Math.max(FEWEST, Long.highestOneBit(4L * entries - 1));
        Optional<Buffer> bigger = wanted > 1 << 30 ? Optional.empty() : memory.tryAllocate(wanted * 8);
        bigger.ifPresent(fresh -> {
            fresh.segment().fill((byte) 0);
            rehash(segment, count, fresh.segment(), wanted - 1);
            free();
            buffer = bigger;
            segment = fresh.segment();
            count = (int) wanted;
        });
        return bigger.isPresent();
    }

    private static void rehash(MemorySegment old, int oldCount, MemorySegment slots, long mask) {
        for (int slot = 0; slot < oldCount; slot++) {
            long entry = old.get(Layouts.LONG, slot * 8L);
            if (entry != 0) {
                insert(slots, mask, entry);
            }
        }
    }

    /// Adds an entry that is not there yet. Room must have been reserved.
    void insert(int hash, int index) {
        insert(segment, mask(), (long) hash << 32 | index + 1);
    }

    private static void insert(MemorySegment slots, long mask, long entry) {
        long slot = entry >>> 32 & mask;
        while (slots.get(Layouts.LONG, slot * 8) != 0) {
            slot = slot + 1 & mask;
        }
        slots.set(Layouts.LONG, slot * 8, entry);
    }

    /// Empties all slots and keeps the memory.
    void clear() {
        segment.fill((byte) 0);
    }

    void free() {
        buffer.ifPresent(memory::free);
        buffer = Optional.empty();
        segment = MemorySegment.NULL;
        count = 0;
    }
}
