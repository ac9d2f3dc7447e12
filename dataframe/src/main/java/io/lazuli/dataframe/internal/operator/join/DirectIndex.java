package io.lazuli.dataframe.internal.operator.join;

import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.operator.key.KeyBatch;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/// Whole numbers that lie close together: an array of ids, one for each number between the smallest and the largest. It takes less
/// memory than a hash table, and a lookup costs one access and no hashing.
///
/// ```
///   keys 7, 9, 8, 7       smallest 7     ids | 0 | 2 | 1 |
/// ```
final class DirectIndex implements JoinIndex {
    /// Numbers that a row may cost, from where a hash table is smaller.
    private static final long MOST_NUMBERS_A_ROW = 4;

    private final Reservation memory;
    private final Buffer buffer;
    private final long smallest;
    private final long numberCount;
    private final int count;

    private DirectIndex(Reservation memory, Buffer buffer, long smallest, long numberCount, int count) {
        this.memory = memory;
        this.buffer = buffer;
        this.smallest = smallest;
        this.numberCount = numberCount;
        this.count = count;
    }

    /// Empty if the key is of another kind, its values lie too far apart, or memory is refused.
    static Optional<DirectIndex> tryBuild(Reservation memory, Column key, MemorySegment ids) {
        if (key.length() == 0 || key.kind() != Kind.INT && key.kind() != Kind.LONG) {
            return Optional.empty();
        }
        long[] range = key.kind() == Kind.INT ? intRange(key) : longRange(key);
        // of the smallest and the largest long the difference is negative, if there is no value at all it is -1
        long span = range[1] - range[0];
        if (range[0] > range[1] || span < 0 || span >= MOST_NUMBERS_A_ROW * key.length()) {
            return Optional.empty();
        }
        return memory.tryAllocate((span + 1) * 4).map(buffer -> {
            MemorySegment table = buffer.segment().fill((byte) -1);
            int count = key.kind() == Kind.INT
                    ? assignInts(key, range[0], table, ids)
                    : assignLongs(key, range[0], table, ids);
            return new DirectIndex(memory, buffer, range[0], span + 1, count);
        });
    }

    private static long[] intRange(Column key) {
        int smallest = Integer.MAX_VALUE;
        int largest = Integer.MIN_VALUE;
        MemorySegment values = key.values();
        boolean mayHaveNulls = key.mayHaveNulls();
        for (int row = 0; row < key.length(); row++) {
            if (mayHaveNulls && key.isNull(row)) {
                continue;
            }
            int value = values.get(Layouts.INT, row * 4L);
            smallest = Math.min(smallest, value);
            largest = Math.max(largest, value);
        }
        return new long[] {smallest, largest};
    }

    private static long[] longRange(Column key) {
        long smallest = Long.MAX_VALUE;
        long largest = Long.MIN_VALUE;
        MemorySegment values = key.values();
        boolean mayHaveNulls = key.mayHaveNulls();
        for (int row = 0; row < key.length(); row++) {
            if (mayHaveNulls && key.isNull(row)) {
                continue;
            }
            long value = values.get(Layouts.LONG, row * 8L);
            smallest = Math.min(smallest, value);
            largest = Math.max(largest, value);
        }
        return new long[] {smallest, largest};
    }

    private static int assignInts(Column key, long smallest, MemorySegment table, MemorySegment ids) {
        MemorySegment values = key.values();
        boolean mayHaveNulls = key.mayHaveNulls();
        int count = 0;
        for (int row = 0; row < key.length(); row++) {
            int id = NO_KEY;
            if (!mayHaveNulls || !key.isNull(row)) {
                id = assign(table, values.get(Layouts.INT, row * 4L) - smallest, count);
                count += id == count ? 1 : 0;
            }
            ids.set(Layouts.INT, row * 4L, id);
        }
        return count;
    }

    private static int assignLongs(Column key, long smallest, MemorySegment table, MemorySegment ids) {
        MemorySegment values = key.values();
        boolean mayHaveNulls = key.mayHaveNulls();
        int count = 0;
        for (int row = 0; row < key.length(); row++) {
            int id = NO_KEY;
            if (!mayHaveNulls || !key.isNull(row)) {
                id = assign(table, values.get(Layouts.LONG, row * 8L) - smallest, count);
                count += id == count ? 1 : 0;
            }
            ids.set(Layouts.INT, row * 4L, id);
        }
        return count;
    }

    /// The id at a place of the table, which is `next` if there was none.
    private static int assign(MemorySegment table, long place, int next) {
        int id = table.get(Layouts.INT, place * 4);
        if (id == NO_KEY) {
            table.set(Layouts.INT, place * 4, next);
            return next;
        }
        return id;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public void find(List<Column> keys, int rowCount, KeyBatch scratch, int[] ids) {
        MemorySegment values = keys.getFirst().values();
        if (keys.getFirst().kind() == Kind.INT) {
            findInts(values, rowCount, smallest, numberCount, buffer.segment(), ids);
        } else {
            findLongs(values, rowCount, smallest, numberCount, buffer.segment(), ids);
        }
    }

    private static void findInts(MemorySegment values, int rowCount, long smallest, long numberCount,
            MemorySegment table, int[] ids) {
        for (int row = 0; row < rowCount; row++) {
            long place = values.get(Layouts.INT, row * 4L) - smallest;
            ids[row] = place >= 0 && place < numberCount ? table.get(Layouts.INT, place * 4) : NO_KEY;
        }
    }

    private static void findLongs(MemorySegment values, int rowCount, long smallest, long numberCount,
            MemorySegment table, int[] ids) {
        for (int row = 0; row < rowCount; row++) {
            long value = values.get(Layouts.LONG, row * 8L);
            // a difference that overflows comes from a value outside, and is negative or too large as well
            long place = value - smallest;
            boolean isInside = value >= smallest && place >= 0 && place < numberCount;
            ids[row] = isInside ? table.get(Layouts.INT, place * 4) : NO_KEY;
        }
    }

    @Override
    public List<Buffer> buffers() {
        return List.of(buffer);
    }

    @Override
    public void free() {
        memory.free(buffer);
    }
}
