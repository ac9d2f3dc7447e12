package io.lazuli.dataframe.internal.operator.key;

import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.memory.Buffer;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What is known of each group, a row of longs: a few words for each aggregate, then those of its key. They stand side by side, so
/// that a group costs one or two cache misses and not one for its key and one for each aggregate. There is one group more
/// than asked for: the place for rows that concern none.
///
/// ```
///   group 0 | a a a | b b | c | key |   group 1 | a a a | b b | c | key |   ...   nowhere | . . . | . . | . | . |
/// ```
///
/// The aggregates first [#add] their words, then nobody adds any more. How wide keys are may change as long as there are none.
///
/// Invariant: words of aggregates that were not written since they were reserved or cleared are the initial ones.
public final class GroupRows {
    private static final int FEWEST_GROUPS = 1024;
    /// Half of a core's first cache.
    private static final int LARGEST_PIECE = 1 << 14;

    private final GrowingBuffer memory;
    private long[] initial = {};
    private int keyWidth;
    /// Groups there is room for, without the one that concerns none.
    private int capacity;

    public GroupRows(StateMemory memory) {
        this.memory = new GrowingBuffer(memory);
    }

    /// Gives each group some more words; returns the byte at which they start within a group.
    public long add(long... words) {
        if (capacity > 0) {
            throw new IllegalStateException("groups have been reserved");
        }
        int start = initial.length;
        initial = Arrays.copyOf(initial, start + words.length);
        System.arraycopy(words, 0, initial, start, words.length);
        return start * 8L;
    }

    /// From now on keys take so many words. Groups that were reserved are gone if that is a change.
    void setKeyWidth(int words) {
        if (words != keyWidth) {
            free();
            keyWidth = words;
        }
    }

    /// Byte at which the key starts within a group.
    long keyStart() {
        return initial.length * 8L;
    }

    public MemorySegment segment() {
        return memory.segment();
    }

    /// The memory as a buffer, for blocks that keep it.
    Optional<Buffer> buffer() {
        return memory.buffer();
    }

    /// Bytes from one group to the next.
    public long stride() {
        return (initial.length + keyWidth) * 8L;
    }

    /// A group for rows that belong to none.
    public int nowhere() {
        return capacity;
    }

    /// Makes room for groups `0 .. groupCount - 1`, new ones in their initial state; false if the memory is refused.
    public boolean tryReserve(int groupCount) {
        if (groupCount <= capacity || stride() == 0) {
            return true;
        }
        if (!memory.tryReserve((Math.max(groupCount, FEWEST_GROUPS) + 1L) * stride())) {
            return false;
        }
        int newCapacity = (int) Math.min(segment().byteSize() / stride() - 1, Integer.MAX_VALUE - 1);
        initialise(capacity, newCapacity + 1);
        capacity = newCapacity;
        return true;
    }

    /// Writes the first of these groups and copies it over the others, in pieces that double as long as they stay in a cache.
    private void initialise(int start, int end) {
        if (initial.length == 0 || start == end) {
            return;
        }
        MemorySegment states = segment().asSlice(start * stride(), (end - start) * stride());
        MemorySegment.copy(initial, 0, states, Layouts.LONG, 0, initial.length);
        long piece = stride();
        for (long done = piece; done < states.byteSize(); done += piece) {
            piece = done <= LARGEST_PIECE ? done : piece;
            MemorySegment.copy(states, 0, states, done, Math.min(piece, states.byteSize() - done));
        }
    }

    /// Copies the word at byte `at` of groups from `start` into a column's values.
    public void copyWord(long at, int start, int length, MemorySegment values) {
        copyWord(segment(), start * stride() + at, stride(), length, values);
    }

    /// The word at byte `at` of groups from `start`, which are `length` many, as a column without nulls.
    public Column word(long at, DataType type, int start, int length, Scratch scratch) {
        MemorySegment values = scratch.values(Kind.LONG, length);
        copyWord(at, start, length, values);
        return new Column(type, length, Column.NO_NULLS, values);
    }

    /// Words that stand side by side from byte `at`, a LONG and then FLOAT64s, as columns like [#word].
    public List<Column> countAndDoubles(long at, int words, int start, int length, Scratch scratch) {
        List<Column> columns = new ArrayList<>(words);
        for (int word = 0; word < words; word++) {
            DataType type = word == 0 ? DataType.LONG : DataType.FLOAT64;
            columns.add(word(at + word * 8L, type, start, length, scratch));
        }
        return columns;
    }

    private static void copyWord(MemorySegment states, long at, long stride, int length, MemorySegment values) {
        for (int row = 0; row < length; row++, at += stride) {
            values.set(Layouts.LONG, row * 8L, states.get(Layouts.LONG, at));
        }
    }

    public void clear(int groupCount) {
        initialise(0, Math.min(groupCount, capacity));
    }

    public void free() {
        memory.free();
        capacity = 0;
    }
}
