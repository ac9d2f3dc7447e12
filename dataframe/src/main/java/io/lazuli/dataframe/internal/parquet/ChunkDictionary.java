package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Views;
import io.lazuli.dataframe.internal.source.Room;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// The distinct values of a column, numbered in the order in which they first occur; a value is known by the row of its first
/// occurrence. Two doubles are equal if their bits are.
///
/// It gives up as soon as values do not repeat enough to be worth it.
///
/// Source: open addressing with linear probing, at most half full.
final class ChunkDictionary implements AutoCloseable {
    private static final int MOST_VALUES = 1 << 17;
    private static final long MOST_BYTES = 2 << 20;
    /// Rows after which at least every second value must have been seen before.
    private static final int TRIAL_ROWS = 1 << 15;

    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final Room codeRoom;
    /// The code of each row, where the row is not null.
    private MemorySegment codes = MemorySegment.NULL;
    private int[] firstRows = new int[1 << 10];
    /// By code: the value, or the hash of a text.
    private long[] valueWords = new long[1 << 10];
    private int valueCount;
    private long plainBytes;
    /// Code + 1 of the value that hashes here; 0 where there is none.
    private int[] slots = new int[1 << 12];
    /// Values of some rows, or hashes of texts.
    private final long[] words = new long[Batch.ROWS];

    ChunkDictionary(Reservation memory) {
        this.codeRoom = new Room(memory);
    }

    /// Numbers the values of a column; false if that is not worth it.
    boolean tryBuild(Column column) {
        if (column.kind() == Kind.BOOL || column.length() == 0) {
            return false;
        }
        valueCount = 0;
        plainBytes = 0;
        Arrays.fill(slots, 0);
        codes = codeRoom.atLeast(column.length() * 4L);
        for (int start = 0; start < column.length(); start += words.length) {
            int count = Math.min(words.length, column.length() - start);
            fillWords(column, start, count);
            number(column, start, count);
            int rows = start + count;
            boolean isTried = rows >= TRIAL_ROWS || rows == column.length();
            if (valueCount > MOST_VALUES || plainBytes > MOST_BYTES || isTried && valueCount > rows / 2) {
                return false;
            }
        }
        return true;
    }

    private void fillWords(Column column, int start, int count) {
        switch (column.kind()) {
            case BOOL -> throw new IllegalArgumentException("a dictionary of bits");
            case INT -> {
                for (int i = 0; i < count; i++) {
                    words[i] = column.values().get(Layouts.INT, (start + i) * 4L);
                }
            }
            case LONG, DOUBLE -> MemorySegment.copy(column.values(), Layouts.LONG, start * 8L, words, 0, count);
            case UTF8 -> {
                for (int i = 0; i < count; i++) {
                    words[i] = column.isNull(start + i) ? 0 : hash(column.values(), start + i, column.data());
                }
            }
        }
    }

    private void number(Column column, int start, int count) {
        boolean isText = column.kind() == Kind.UTF8;
        for (int i = 0; i < count; i++) {
            int row = start + i;
            if (!column.isNull(row)) {
                codes.set(Layouts.INT, row * 4L, code(column, isText, words[i], row));
            }
        }
    }

    int valueCount() {
        return valueCount;
    }

    /// The rows in which the values first occur, by code; longer than there are values.
    int[] firstRows() {
        return firstRows;
    }

    int code(int row) {
        return codes.get(Layouts.INT, row * 4L);
    }

    /// Bits of a code.
    int width() {
        return 32 - Integer.numberOfLeadingZeros(Math.max(0, valueCount - 1));
    }

    private int code(Column column, boolean isText, long word, int row) {
        int mask = slots.length - 1;
        for (int slot = mixed(word) & mask;; slot = slot + 1 & mask) {
            int code = slots[slot] - 1;
            if (code < 0) {
                plainBytes += isText ? 4 + Views.length(column.values(), row) : column.kind().width();
                return add(word, row, slot);
            }
            boolean isEqual = valueWords[code] == word && (!isText
                    || Views.equal(column.values(), row, column.data(), column.values(), firstRows[code],
                            column.data()));
            if (isEqual) {
                return code;
            }
        }
    }

    private int add(long word, int row, int slot) {
        int code = valueCount++;
        if (code == firstRows.length) {
            firstRows = Arrays.copyOf(firstRows, 2 * code);
            valueWords = Arrays.copyOf(valueWords, 2 * code);
        }
        firstRows[code] = row;
        valueWords[code] = word;
        slots[slot] = code + 1;
        if (2 * valueCount > slots.length) {
            grow();
        }
        return code;
    }

    private void grow() {
        slots = new int[2 * slots.length];
        int mask = slots.length - 1;
        for (int code = 0; code < valueCount; code++) {
            int slot = mixed(valueWords[code]) & mask;
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            slots[slot] = code + 1;
        }
    }

    private static long hash(MemorySegment views, long row, MemorySegment data) {
        long head = Views.head(views, row);
        int length = (int) head;
        if (length <= Views.INLINE) {
            return head * 31 + Views.tail(views, row);
        }
        long start = Views.offset(Views.tail(views, row));
        long hash = head;
        for (int at = 0; at < length - 8; at += 8) {
            hash = (hash ^ data.get(Layouts.LONG, start + at)) * MIX;
            hash ^= hash >>> 32;
        }
        return hash ^ data.get(Layouts.LONG, start + length - 8);
    }

    private static int mixed(long value) {
        long product = value * MIX;
        return (int) ((product ^ product >>> 29) >>> 16);
    }

    @Override
    public void close() {
        codeRoom.close();
    }
}
