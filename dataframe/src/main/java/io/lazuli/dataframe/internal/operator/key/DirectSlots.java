package io.lazuli.dataframe.internal.operator.key;

import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.graph.memory.Buffer;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// Ids of keys that are small numbers, such as codes of texts: one slot for each number, with its id plus one; 0 is a free slot.
final class DirectSlots {
    /// Numbers of so many bits have a slot: all slots together are half as large as a core's second cache may be.
    static final int BITS = 16;
    private static final int COUNT = 1 << BITS;

    private final StateMemory memory;
    private Optional<Buffer> buffer = Optional.empty();
    private MemorySegment segment = MemorySegment.NULL;

    DirectSlots(StateMemory memory) {
        this.memory = memory;
    }

    /// Whether there are slots: without, no key has a place here.
    boolean isPresent() {
        return buffer.isPresent();
    }

    Optional<Buffer> buffer() {
        return buffer;
    }

    /// Makes the slots; without the memory for them there are none.
    void create() {
        buffer = memory.tryAllocate(COUNT * 4L);
        buffer.ifPresent(slots -> {
            segment = slots.segment();
            clear();
        });
    }

    static boolean takes(long key) {
        return (key & -COUNT) == 0;
    }

    /// Whether all keys have a slot.
    static boolean takesAll(long[] keys, int rowCount) {
        long bits = 0;
        for (int row = 0; row < rowCount; row++) {
            bits |= keys[row];
        }
        return takes(bits);
    }

    /// The ids of keys that all have a slot, [KeyTable#MISSING] for those that are not there.
    void find(long[] keys, int rowCount, int[] ids) {
        find(segment, keys, rowCount, ids);
    }

    private static void find(MemorySegment slots, long[] keys, int rowCount, int[] ids) {
        for (int row = 0; row < rowCount; row++) {
            ids[row] = slots.get(Layouts.INT, keys[row] * 4) - 1;
        }
    }

    int find(long key) {
        return segment.get(Layouts.INT, key * 4) - 1;
    }

    void insert(long key, int id) {
        segment.set(Layouts.INT, key * 4, id + 1);
    }

    /// Empties all slots and keeps the memory.
    void clear() {
        segment.fill((byte) 0);
    }

    void free() {
        buffer.ifPresent(memory::free);
        buffer = Optional.empty();
        segment = MemorySegment.NULL;
    }
}
