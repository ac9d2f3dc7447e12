package io.lazuli.dataframe.internal.operator.key;

import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.graph.memory.Buffer;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A hash table from packed keys to dense ids in order of arrival.
///
/// Hashes and ids are in [HashSlots], the words of the keys in their [GroupRows]. Keys of one word that is a small number are
/// found by it, in [DirectSlots]; they are not in the others.
///
/// A batch is looked up in one read-only pass, in which the rows do not wait for each other's cache misses; only rows whose key
/// was not there are then gone through one by one.
final class KeyTable {
    static final int MISSING = -1;

    private final HashSlots slots;
    private final DirectSlots direct;
    private final GroupRows rows;
    private int width;
    /// Whether no key can be too large for a direct slot.
    private boolean areSmall;
    private int count;

    KeyTable(StateMemory memory, GroupRows rows) {
        this.slots = new HashSlots(memory);
        this.direct = new DirectSlots(memory);
        this.rows = rows;
    }

    int count() {
        return count;
    }

    /// The buffers that [#find] reads.
    List<Buffer> buffers() {
        return Stream.of(slots.buffer(), direct.buffer(), rows.buffer()).flatMap(Optional::stream).toList();
    }

    /// Makes room for `keys` in all; false if the memory is refused.
    boolean tryReserve(int keys) {
        if (width == 1 && count == 0 && !direct.isPresent()) {
            direct.create();
        }
        return rows.tryReserve(keys) && (areSmall && direct.isPresent() || slots.tryReserve(keys));
    }

    private boolean isDirect(long key) {
        return width == 1 && direct.isPresent() && DirectSlots.takes(key);
    }

    private boolean areDirect(KeyBatch keys) {
        return width == 1
                && direct.isPresent()
                && (areSmall || DirectSlots.takesAll(keys.words()[0], keys.rowCount()));
    }

    /// The id of each key, [#MISSING] where it is not there. Changes nothing: threads may share the table.
    void find(KeyBatch keys, int[] ids) {
        if (count == 0) {
            Arrays.fill(ids, 0, keys.rowCount(), MISSING);
            return;
        }
        if (areDirect(keys)) {
            direct.find(keys.words()[0], keys.rowCount(), ids);
            return;
        }
        MemorySegment table = slots.segment();
        long[][] packed = keys.words();
        int[] hashes = keys.hashes();
        MemorySegment words = rows.segment().asSlice(rows.keyStart());
        switch (width) {
            case 1 -> {
                findOne(hashes, packed[0], keys.rowCount(), table, slots.mask(), words, rows.stride(), ids);
                if (direct.isPresent()) {
                    findSmall(packed[0], keys.rowCount(), ids);
                }
            }
            case 2 ->
                findTwo(hashes, packed[0], packed[1], keys.rowCount(), table, slots.mask(), words, rows.stride(), ids);
            default -> findMany(keys, table, ids);
        }
    }

    private static void findOne(
            int[] hashes, long[] keys, int rowCount,
            MemorySegment slots, long mask, MemorySegment words, long stride, int[] ids) {
        for (int row = 0; row < rowCount; row++) {
            int hash = hashes[row];
            long key = keys[row];
            long slot = hash & mask;
            int id;
            while (true) {
                long entry = slots.get(Layouts.LONG, slot * 8);
                id = (int) entry - 1;
                if (id < 0 || (int) (entry >>> 32) == hash && words.get(Layouts.LONG, id * stride) == key) {
                    break;
                }
                slot = slot + 1 & mask;
            }
            ids[row] = id;
        }
    }

    private static void findTwo(
            int[] hashes, long[] firsts, long[] seconds, int rowCount,
            MemorySegment slots, long mask, MemorySegment words, long stride, int[] ids) {
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
                                && words.get(Layouts.LONG, id * stride) == first
                                && words.get(Layouts.LONG, id * stride + 8) == second) {
                    break;
                }
                slot = slot + 1 & mask;
            }
            ids[row] = id;
        }
    }

    /// The ids of those keys that have slots of their own.
    private void findSmall(long[] keys, int rowCount, int[] ids) {
        for (int row = 0; row < rowCount; row++) {
            if (DirectSlots.takes(keys[row])) {
                ids[row] = direct.find(keys[row]);
            }
        }
    }

    private void findMany(KeyBatch keys, MemorySegment table, int[] ids) {
        long mask = slots.mask();
        for (int row = 0; row < keys.rowCount(); row++) {
            ids[row] = find(keys.hashes()[row], keys.words(), row, table, mask);
        }
    }

    private int find(int hash, long[][] keys, int row, MemorySegment table, long mask) {
        if (isDirect(keys[0][row])) {
            return direct.find(keys[0][row]);
        }
        for (long slot = hash & mask; ; slot = slot + 1 & mask) {
            long entry = table.get(Layouts.LONG, slot * 8);
            int id = (int) entry - 1;
            if (id < 0 || (int) (entry >>> 32) == hash && equals(id, keys, row)) {
                return id;
            }
        }
    }

    private boolean equals(int id, long[][] keys, int row) {
        for (int w = 0; w < width; w++) {
            if (rows.segment().get(Layouts.LONG, id * rows.stride() + rows.keyStart() + w * 8L) != keys[w][row]) {
                return false;
            }
        }
        return true;
    }

    /// As [#find], adding the keys that are missing. Room for all rows must have been reserved.
    void assign(KeyBatch keys, int[] ids) {
        find(keys, ids);
        if (anyMissing(ids, keys.rowCount())) {
            if (areDirect(keys)) {
                addSmall(keys.words()[0], keys.rowCount(), ids);
            } else {
                addMissing(keys, ids);
            }
        }
    }

    private static boolean anyMissing(int[] ids, int rowCount) {
        int signs = 0;
        for (int row = 0; row < rowCount; row++) {
            signs |= ids[row];
        }
        return signs < 0;
    }

    /// As [#addMissing] for keys that all have slots of their own: so little code that it pays to have it apart.
    private void addSmall(long[] keys, int rowCount, int[] ids) {
        MemorySegment words = rows.segment().asSlice(rows.keyStart());
        for (int row = 0; row < rowCount; row++) {
            if (ids[row] == MISSING) {
                int id = direct.find(keys[row]);
                if (id == MISSING) {
                    id = count++;
                    words.set(Layouts.LONG, id * rows.stride(), keys[row]);
                    direct.insert(keys[row], id);
                }
                ids[row] = id;
            }
        }
    }

    private void addMissing(KeyBatch keys, int[] ids) {
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
            rows.segment().set(Layouts.LONG, count * rows.stride() + rows.keyStart() + w * 8L, keys[w][row]);
        }
        if (isDirect(keys[0][row])) {
            direct.insert(keys[0][row], count);
        } else {
            slots.insert(hash, count);
        }
        return count++;
    }

    /// Says how keys are packed from now on; only while there are none.
    void setLayout(KeyLayout layout) {
        if (count > 0) {
            throw new IllegalStateException(count + " keys are packed in " + width + " words");
        }
        width = layout.width();
        areSmall = layout.bits() <= DirectSlots.BITS;
        rows.setKeyWidth(width);
    }

    /// Forgets all keys and keeps the memory. The rows are cleared by their owner.
    void clear() {
        count = 0;
        slots.clear();
        direct.clear();
    }

    void free() {
        slots.free();
        direct.free();
        count = 0;
    }
}
