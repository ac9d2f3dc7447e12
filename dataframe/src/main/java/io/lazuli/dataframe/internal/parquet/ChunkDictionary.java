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

/// The distinct values of a column, numbered in the order in which they first occur; a value is known by the entry
/// ([Column#entry]) of its first occurrence. Two doubles are equal if their bits are. Of a coded column only codes are looked at.
///
/// It gives up as soon as values do not repeat enough to be worth it.
///
/// Source: open addressing with linear probing, at most half full.
final class ChunkDictionary implements AutoCloseable {
    private static final int MOST_VALUES = 1 << 17;
    private static final long MOST_BYTES = 2 << 20;
    /// Rows after which at least every second value must have been seen before.
    private static final int TRIAL_ROWS = 1 << 15;

    private static final int UNKNOWN = -1;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final Room codeRoom;
    /// The code of each entry, where a row that is not null has it.
    private MemorySegment codes = MemorySegment.NULL;
    private int[] firstEntries = new int[1 << 10];
    /// By code: the value, or the hash of a text.
    private long[] valueWords = new long[1 << 10];
    private int valueCount;
    private long plainBytes;
    /// Code + 1 of the value that hashes here; 0 where there is none.
    private int[] slots = new int[1 << 12];
    /// Values of some rows, or hashes of texts.
    private final long[] words = new long[Batch.ROWS];
    /// Their codes as far as they are known.
    private final int[] found = new int[Batch.ROWS];

    ChunkDictionary(Reservation memory) {
        this.codeRoom = new Room(memory);
    }

    /// Numbers the values of a column; false if that is not worth it.
    boolean tryBuild(Column column) {
        if (column.kind() == Kind.BOOL || column.length() == 0) {
            return false;
        }
        clear(column);
        for (int start = 0; start < column.length(); start += words.length) {
            int count = Math.min(words.length, column.length() - start);
            if (column.isCoded()) {
                numberEntries(column, start, count);
            } else {
                fillWords(column, start, count);
                number(column, start, count);
            }
            int rows = start + count;
            boolean isTried = rows >= TRIAL_ROWS || rows == column.length();
            if (valueCount > MOST_VALUES || plainBytes > MOST_BYTES || isTried && valueCount > rows / 2) {
                return false;
            }
        }
        return true;
    }

    private void clear(Column column) {
        valueCount = 0;
        plainBytes = 0;
        Arrays.fill(slots, 0);
        if (column.isCoded()) {
            long size = Math.max(column.length(), column.dictionary().size()) * 4L;
            codes = codeRoom.atLeast(size);
            codes.asSlice(0, size).fill((byte) UNKNOWN);
        } else {
            codes = codeRoom.atLeast(column.length() * 4L);
        }
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
        if (isText) {
            Arrays.fill(found, 0, count, UNKNOWN);
        } else {
            find(words, count, slots, valueWords, found);
        }
        for (int i = 0; i < count; i++) {
            if (found[i] == UNKNOWN && !column.isNull(start + i)) {
                found[i] = code(column, isText, words[i], start + i);
            }
        }
        MemorySegment.copy(found, 0, codes, Layouts.INT, start * 4L, count);
    }

    /// The codes of values that have been seen before. Changes nothing else, so that rows do not wait for one another.
    private static void find(long[] words, int count, int[] slots, long[] valueWords, int[] found) {
        int mask = slots.length - 1;
        for (int i = 0; i < count; i++) {
            long word = words[i];
            int slot = mixed(word) & mask;
            int code = slots[slot] - 1;
            while (code >= 0 && valueWords[code] != word) {
                slot = slot + 1 & mask;
                code = slots[slot] - 1;
            }
            found[i] = code;
        }
    }

    private void numberEntries(Column column, int start, int count) {
        MemorySegment entries = column.codes();
        for (int row = start; row < start + count; row++) {
            int entry = entries.get(Layouts.INT, row * 4L);
            if (codes.get(Layouts.INT, entry * 4L) == UNKNOWN && !column.isNull(row)) {
                codes.set(Layouts.INT, entry * 4L, valueCount);
                plainBytes += 4 + Views.length(column.entries(), entry);
                append(0, entry);
            }
        }
    }

    int valueCount() {
        return valueCount;
    }

    /// The entries of the values, by code; longer than there are values.
    int[] firstEntries() {
        return firstEntries;
    }

    /// The codes of some entries.
    void codes(int[] entries, int count, int[] result) {
        MemorySegment all = codes;
        for (int i = 0; i < count; i++) {
            result[i] = all.get(Layouts.INT, entries[i] * 4L);
        }
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
                    || Views.equal(column.values(), row, column.data(), column.values(), firstEntries[code],
                            column.data()));
            if (isEqual) {
                return code;
            }
        }
    }

    private int add(long word, int row, int slot) {
        int code = append(word, row);
        slots[slot] = code + 1;
        if (2 * valueCount > slots.length) {
            grow();
        }
        return code;
    }

    private int append(long word, int entry) {
        int code = valueCount++;
        if (code == firstEntries.length) {
            firstEntries = Arrays.copyOf(firstEntries, 2 * code);
            valueWords = Arrays.copyOf(valueWords, 2 * code);
        }
        firstEntries[code] = entry;
        valueWords[code] = word;
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
