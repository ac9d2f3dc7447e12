package io.lazuli.dataframe.internal.operator.top;

import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.GrowingBuffer;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import java.lang.foreign.MemorySegment;

/// A binary heap for each group, of at most `limit` entries: a row's prefix and its number among the [Contenders]. The entry that
/// comes last is at the root, to be driven out first.
///
/// A heap begins small and moves to a place of twice the size when it is full. Its place (where it starts, how many entries it
/// holds) and the number of its entries are two words of its group.
final class RankedHeaps {
    private static final int ENTRY = 16;
    private static final int ROW = 8;
    private static final int SMALL = 4;
    private static final long COUNT = 8;

    private final GroupRows groups;
    private final GrowingBuffer entries;
    private final Contenders contenders;
    private final int limit;
    /// Byte of the two words in a group.
    private final long start;
    /// Entries that are given out as places.
    private long placeCount;
    private long size;

    RankedHeaps(StateMemory memory, GroupRows groups, int limit, Contenders contenders) {
        this.groups = groups;
        this.start = groups.add(0, 0);
        this.entries = new GrowingBuffer(memory);
        this.contenders = contenders;
        this.limit = limit;
    }

    /// Entries of all heaps.
    long size() {
        return size;
    }

    /// Makes room for so many more rows; false if the memory is refused.
    boolean tryReserve(int rowCount) {
        // each heap may move, some of them more than once
        long places = limit <= SMALL ? placeCount + (long) limit * rowCount : 3 * placeCount + 4L * SMALL * rowCount;
        return places <= Integer.MAX_VALUE && entries.tryReserve(places * ENTRY);
    }

    /// Takes the rows that are among the first of their groups, and lets the contenders pick them.
    void offer(int[] ids, long[] prefixes, int rowCount) {
        MemorySegment states = groups.segment();
        MemorySegment heaps = entries.segment();
        long stride = groups.stride();
        for (int row = 0; row < rowCount; row++) {
            long group = ids[row] * stride + start;
            if (states.get(Layouts.LONG, group + COUNT) < limit) {
                add(states, group, prefixes[row], contenders.pick(row));
                continue;
            }
            long root = (states.get(Layouts.LONG, group) >>> 32) * ENTRY;
            int order = Long.compareUnsigned(prefixes[row], heaps.get(Layouts.LONG, root));
            if (order < 0 || order == 0 && contenders.comesBefore(row, heaps.get(Layouts.LONG, root + ROW))) {
                siftDown(root, limit, prefixes[row], contenders.pick(row));
            }
        }
    }

    private void add(MemorySegment states, long group, long prefix, long row) {
        long place = states.get(Layouts.LONG, group);
        int count = (int) states.get(Layouts.LONG, group + COUNT);
        if (count == (int) place) {
            place = moved(place, count);
            states.set(Layouts.LONG, group, place);
        }
        states.set(Layouts.LONG, group + COUNT, count + 1);
        size++;
        siftUp((place >>> 32) * ENTRY, count, prefix, row);
    }

    private long moved(long place, int count) {
        int room = Math.min(limit, Math.max(SMALL, 2 * count));
        long to = placeCount;
        placeCount += room;
        MemorySegment.copy(entries.segment(), (place >>> 32) * ENTRY, entries.segment(), to * ENTRY,
                (long) count * ENTRY);
        return to << 32 | room;
    }

    private void siftUp(long root, int free, long prefix, long row) {
        int at = free;
        while (at > 0 && isAfter(prefix, row, root + (at - 1 >> 1) * (long) ENTRY)) {
            copy(root, at - 1 >> 1, at);
            at = at - 1 >> 1;
        }
        set(root + at * (long) ENTRY, prefix, row);
    }

    private void siftDown(long root, int count, long prefix, long row) {
        int at = 0;
        while (2 * at + 1 < count) {
            int child = 2 * at + 1;
            if (child + 1 < count && isAfter(root, child + 1, child)) {
                child++;
            }
            if (isAfter(prefix, row, root + child * (long) ENTRY)) {
                break;
            }
            copy(root, child, at);
            at = child;
        }
        set(root + at * (long) ENTRY, prefix, row);
    }

    private boolean isAfter(long root, int entry, int other) {
        long at = root + entry * (long) ENTRY;
        return isAfter(prefix(at), row(at), root + other * (long) ENTRY);
    }

    private boolean isAfter(long prefix, long row, long other) {
        int order = Long.compareUnsigned(prefix, prefix(other));
        return order != 0 ? order > 0 : contenders.isAfter(row, row(other));
    }

    private void copy(long root, int from, int to) {
        long at = root + from * (long) ENTRY;
        set(root + to * (long) ENTRY, prefix(at), row(at));
    }

    private void set(long at, long prefix, long row) {
        entries.segment().set(Layouts.LONG, at, prefix);
        entries.segment().set(Layouts.LONG, at + ROW, row);
    }

    private long prefix(long at) {
        return entries.segment().get(Layouts.LONG, at);
    }

    private long row(long at) {
        return entries.segment().get(Layouts.LONG, at + ROW);
    }

    /// Which of `rowCount` rows are in a heap.
    LiveRows liveRows(int groupCount, int rowCount) {
        LiveRows live = new LiveRows(rowCount);
        for (int group = 0; group < groupCount; group++) {
            long at = first(group);
            for (int i = 0; i < count(group); i++) {
                live.add((int) row(at + i * (long) ENTRY));
            }
        }
        return live;
    }

    /// Gives rows the numbers that they have among the live ones.
    void renumber(int groupCount, LiveRows live) {
        live.rank();
        for (int group = 0; group < groupCount; group++) {
            long at = first(group) + ROW;
            for (int i = 0; i < count(group); i++) {
                long entry = at + i * (long) ENTRY;
                int row = (int) entries.segment().get(Layouts.LONG, entry);
                entries.segment().set(Layouts.LONG, entry, live.rankOf(row));
            }
        }
    }

    private long first(int group) {
        return (groups.segment().get(Layouts.LONG, group * groups.stride() + start) >>> 32) * ENTRY;
    }

    private long count(int group) {
        return groups.segment().get(Layouts.LONG, group * groups.stride() + start + COUNT);
    }

    /// Forgets all entries; the words of the groups are cleared by their owner.
    void clear() {
        placeCount = 0;
        size = 0;
    }

    void free() {
        clear();
        entries.free();
    }
}
