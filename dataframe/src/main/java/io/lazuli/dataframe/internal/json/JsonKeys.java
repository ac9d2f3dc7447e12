package io.lazuli.dataframe.internal.json;

import io.lazuli.dataframe.internal.column.Layouts;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds a column by its key. Objects of a file mostly have the same keys in the same order, so the one that followed last
/// time is tried first; others are looked up by a hash of their bytes.
final class JsonKeys {
    /// There is no column of that key.
    static final int NONE = -1;

    /// Places in an object that are remembered; further ones are looked up.
    private static final int MOST_PLACES = 1 << 16;

    private final byte[][] keys;
    private final Map<String, Integer> byName = new HashMap<>();
    /// Open addressing: a column, or [#NONE].
    private final int[] slots;
    /// For each place in an object, the column that was there last.
    private int[] expected = new int[16];

    JsonKeys(List<String> names) {
        keys = new byte[names.size()][];
        slots = new int[Integer.highestOneBit(2 * names.size() + 1) * 2];
        Arrays.fill(slots, NONE);
        for (int column = 0; column < keys.length; column++) {
            keys[column] = names.get(column).getBytes(StandardCharsets.UTF_8);
            byName.put(names.get(column), column);
            MemorySegment key = MemorySegment.ofArray(keys[column]);
            int slot = hash(key, 0, keys[column].length);
            while (slots[slot] != NONE) {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = column;
        }
    }

    private int hash(MemorySegment bytes, long start, int length) {
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + bytes.get(Layouts.BYTE, start + i);
        }
        return (hash ^ hash >>> 16) & slots.length - 1;
    }

    /// The column of the key of a cursor, which is at the place `place` of its object.
    int find(MemorySegment bytes, JsonCursor cursor, int place) {
        if (cursor.isKeyEscaped()) {
            return byName.getOrDefault(name(bytes, cursor), NONE);
        }
        if (place >= MOST_PLACES) {
            return lookUp(bytes, cursor.keyStart(), cursor.keyLength());
        }
        if (place >= expected.length) {
            expected = Arrays.copyOf(expected, Math.max(place + 1, 2 * expected.length));
        }
        int column = expected[place];
        if (column < keys.length && is(column, bytes, cursor.keyStart(), cursor.keyLength())) {
            return column;
        }
        column = lookUp(bytes, cursor.keyStart(), cursor.keyLength());
        expected[place] = Math.max(0, column);
        return column;
    }

    private int lookUp(MemorySegment bytes, long start, int length) {
        int slot = hash(bytes, start, length);
        while (slots[slot] != NONE) {
            if (is(slots[slot], bytes, start, length)) {
                return slots[slot];
            }
            slot = slot + 1 & slots.length - 1;
        }
        return NONE;
    }

    private boolean is(int column, MemorySegment bytes, long start, int length) {
        byte[] key = keys[column];
        if (key.length != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes.get(Layouts.BYTE, start + i) != key[i]) {
                return false;
            }
        }
        return true;
    }

    /// The key of a cursor, without escapes.
    static String name(MemorySegment bytes, JsonCursor cursor) {
        byte[] key = new byte[cursor.keyLength()];
        MemorySegment.copy(bytes, Layouts.BYTE, cursor.keyStart(), key, 0, key.length);
        int length = cursor.isKeyEscaped()
                ? (int) JsonText.unescape(MemorySegment.ofArray(key), 0, key.length)
                : key.length;
        return new String(key, 0, length, StandardCharsets.UTF_8);
    }
}
