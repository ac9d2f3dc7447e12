package io.lazuli.dataframe.internal.operator.key;

import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A hash table from packed keys to dense ids in order of arrival.
///
/// ```
///   slots    | hash, id + 1 |     see HashSlots
///   words    key 0 | key 1 | ...  `width` longs each
/// ```
///
/// A batch is looked up in one read-only pass, in which the rows do not wait for each other's cache misses; only rows whose key
/// was not there are then gone through one by one.
final class KeyTable {
    static final int MISSING = -1;

    private final HashSlots slots;
    private final GrowingBuffer words;
    private int width;
    private int count;

    KeyTable(Reservation memory, int width) {
        this.slots = new HashSlots(memory);
        this.words = new GrowingBuffer(memory);
        this.width = width;
    }

    int count() {
        return count;
    }

    /// The words of all keys, by id.
    MemorySegment words() {
        return words.segment();
    }

    /// The buffers that [#find] reads.
    List<Buffer> buffers() {
        return Stream.of(slots.buffer(), words.buffer()).flatMap(Optional::stream).toList();
    }

    /// Makes room for `keys` in all; false if the memory is refused.
    boolean tryReserve(int keys) {
        return words.tryReserve((long) keys * width * 8) && slots.tryReserve(keys);
    }

    /// The id of each key, [#MISSING] where it is not there. Changes nothing: threads may share the table.
    void find(KeyBatch keys, int[] ids) {
        if (slots.isEmpty()) {
            Arrays.fill(ids, 0, keys.rowCount(), MISSING);
            return;
        }
        MemorySegment table = slots.segment();
        long[][] packed = keys.words();
        switch (width) {
            case 1 -> findOne(keys.hashes(), packed[0], keys.rowCount(), table, slots.mask(), words(), ids);
            case 2 -> findTwo(keys.hashes(), packed[0], packed[1], keys.rowCount(), table, slots.mask(), words(), ids);
            default -> findMany(keys, table, ids);
        }
    }

    private static void findOne(
            int[] hashes, long[] keys, int rowCount, MemorySegment slots, long mask, MemorySegment words, int[] ids) {
        for (int row = 0; row < rowCount; row++) {
            int hash = hashes[row];
            long key = keys[row];
            long slot = hash & mask;
            int id;
            while (true) {
                long entry = slots.get(Layouts.LONG, slot * 8);
                id = (int) entry - 1;
                if (id < 0 || (int) (entry >>> 32) == hash && words.get(Layouts.LONG, id * 8L) == key) {
                    break;
                }
                slot = slot + 1 & mask;
            }
            ids[row] = id;
        }
    }

    private static void findTwo(
            int[] hashes, long[] firsts, long[] seconds, int rowCount,
            MemorySegment slots, long mask, MemorySegment words, int[] ids) {
        for (int row = 0; row < rowCount; row++) {
            int hash = hashes[row];
            long first = firsts[row];
            long second = seconds[row];
            long slot = hash & mask;
            int id;
            while (true) {
                long entry = slots.get(Layouts.LONG, slot * 8);
                id = (int) entry - 1;
                if (id < 0
                        || (int) (entry >>> 32) == hash
                                && words.get(Layouts.LONG, id * 16L) == first
                                && words.get(Layouts.LONG, id * 16L + 8) == second) {
                    break;
                }
                slot = slot + 1 & mask;
            }
            ids[row] = id;
        }
    }

    private void findMany(KeyBatch keys, MemorySegment table, int[] ids) {
        long mask = slots.mask();
        for (int row = 0; row < keys.rowCount(); row++) {
            ids[row] = find(keys.hashes()[row], keys.words(), row, table, mask);
        }
    }

    private int find(int hash, long[][] keys, int row, MemorySegment table, long mask) {
        for (long slot = hash & mask; ; slot = slot + 1 & mask) {
            long entry = table.get(Layouts.LONG, slot * 8);
            int id = (int) entry - 1;
            if (id < 0 || (int) (entry >>> 32) == hash && equals(id, keys, row)) {
                return id;
            }
        }
    }

    private boolean equals(int id, long[][] keys, int row) {
        MemorySegment mine = words();
        for (int w = 0; w < width; w++) {
            if (mine.get(Layouts.LONG, ((long) id * width + w) * 8) != keys[w][row]) {
                return false;
            }
        }
        return true;
    }

    /// As [#find], adding the keys that are missing. Room for all rows must have been reserved.
    void assign(KeyBatch keys, int[] ids) {
        find(keys, ids);
        MemorySegment table = slots.segment();
        for (int row = 0; row < keys.rowCount(); row++) {
            if (ids[row] == MISSING) {
                // looked up again, for an earlier row of this batch may have brought it
                int id = find(keys.hashes()[row], keys.words(), row, table, slots.mask());
                ids[row] = id != MISSING ? id : add(keys.hashes()[row], keys.words(), row);
            }
        }
    }

    private int add(int hash, long[][] keys, int row) {
        for (int w = 0; w < width; w++) {
            words().set(Layouts.LONG, ((long) count * width + w) * 8, keys[w][row]);
        }
        slots.insert(hash, count);
        return count++;
    }

    /// Changes how wide keys are; only while there are none.
    void widen(int newWidth) {
        if (count > 0) {
            throw new IllegalStateException(count + " keys are packed in " + width + " words");
        }
        width = newWidth;
    }

    /// Forgets all keys and keeps the memory.
    void clear() {
        count = 0;
        slots.clear();
    }

    void free() {
        slots.free();
        words.free();
        count = 0;
    }
}
