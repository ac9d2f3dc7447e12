package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.operator.key.GrowingBuffer;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.MemorySegment;

/// A few longs for each group, side by side, and one group more than there are: the place for what concerns none.
///
/// Invariant: every group from the first never reserved on has the initial words.
final class GroupState {
    private static final int FEWEST_GROUPS = 1024;

    private final GrowingBuffer memory;
    private final long[] initial;
    /// Groups there is room for, without the one that concerns none.
    private int capacity;

    GroupState(Reservation memory, long... initial) {
        this.memory = new GrowingBuffer(memory);
        this.initial = initial;
    }

    MemorySegment segment() {
        return memory.segment();
    }

    /// A group for rows that belong to none.
    int nowhere() {
        return capacity;
    }

    boolean tryReserve(int groupCount) {
        if (groupCount <= capacity) {
            return true;
        }
        if (!memory.tryReserve((Math.max(groupCount, FEWEST_GROUPS) + 1L) * bytesPerGroup())) {
            return false;
        }
        int newCapacity = (int) Math.min(segment().byteSize() / bytesPerGroup() - 1, Integer.MAX_VALUE - 1);
        initialise(capacity, newCapacity + 1);
        capacity = newCapacity;
        return true;
    }

    private void initialise(int start, int end) {
        for (long at = start * bytesPerGroup(), last = end * bytesPerGroup(); at < last; at += bytesPerGroup()) {
            for (int word = 0; word < initial.length; word++) {
                segment().set(Layouts.LONG, at + word * 8L, initial[word]);
            }
        }
    }

    private long bytesPerGroup() {
        return initial.length * 8L;
    }

    /// Copies one word of groups from `start` into a column's values.
    void copyWord(int word, int start, int length, MemorySegment values) {
        copyWord(segment(), start * bytesPerGroup() + word * 8L, bytesPerGroup(), length, values);
    }

    private static void copyWord(MemorySegment state, long at, long stride, int length, MemorySegment values) {
        for (int row = 0; row < length; row++, at += stride) {
            values.set(Layouts.LONG, row * 8L, state.get(Layouts.LONG, at));
        }
    }

    void clear(int groupCount) {
        initialise(0, groupCount);
    }

    void free() {
        memory.free();
        capacity = 0;
    }
}
