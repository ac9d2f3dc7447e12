package io.lazuli.dataframe.internal.kernel;

import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Views;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Some constants, hashed, to find the values of rows among them. Open addressing with linear probing; at most half full.
///
/// ```
///   slots    -  2  -  0  1  -  -  -      the index of a constant, -1 where there is none
///   words    .  w2 .  w0 w1 .  .  .      numbers: the value; texts: their hash
/// ```
public final class ValueSet {
    private final Column constants;
    private final int[] slots;
    private final long[] words;

    private ValueSet(Column constants, int slotCount) {
        this.constants = constants;
        this.slots = new int[slotCount];
        this.words = new long[slotCount];
        Arrays.fill(slots, -1);
    }

    /// @param constants of a kind other than BOOL, not null; where one occurs twice, the first counts
    ///
    /// Ownership: `constants` are borrowed for as long as the set is used.
    public static ValueSet of(Column constants) {
        ValueSet set = new ValueSet(constants, Integer.highestOneBit(Math.max(4, 4 * constants.length() - 1)));
        for (int i = 0; i < constants.length(); i++) {
            long word = set.word(constants, i);
            int slot = set.slot(word);
            while (set.slots[slot] >= 0 && !set.isSame(slot, word, constants, i)) {
                slot = slot + 1 & set.slots.length - 1;
            }
            if (set.slots[slot] < 0) {
                set.slots[slot] = i;
                set.words[slot] = word;
            }
        }
        return set;
    }

    /// The index of each row's value among the constants, -1 where it is not there or null.
    public void find(Column column, int[] found) {
        switch (column.kind()) {
            case INT -> findInts(column, found);
            case LONG -> findLongs(column, found);
            case DOUBLE -> findDoubles(column, found);
            case UTF8 -> findTexts(column, found);
            case BOOL -> throw new IllegalArgumentException("truth values need no set");
        }
    }

    private void findInts(Column column, int[] found) {
        for (int row = 0; row < column.length(); row++) {
            found[row] = column.isNull(row) ? -1 : find(column.values().get(Layouts.INT, row * 4L));
        }
    }

    private void findLongs(Column column, int[] found) {
        for (int row = 0; row < column.length(); row++) {
            found[row] = column.isNull(row) ? -1 : find(column.values().get(Layouts.LONG, row * 8L));
        }
    }

    private void findDoubles(Column column, int[] found) {
        for (int row = 0; row < column.length(); row++) {
            found[row] = column.isNull(row) ? -1 : find(bits(column.values().get(Layouts.DOUBLE, row * 8L)));
        }
    }

    private void findTexts(Column column, int[] found) {
        for (int row = 0; row < column.length(); row++) {
            found[row] = column.isNull(row) ? -1 : findText(column, row);
        }
    }

    private int find(long word) {
        int slot = slot(word);
        while (slots[slot] >= 0 && words[slot] != word) {
            slot = slot + 1 & slots.length - 1;
        }
        return slots[slot];
    }

    private int findText(Column column, int row) {
        long word = HashKernels.of(column, row);
        int slot = slot(word);
        while (slots[slot] >= 0 && !isSame(slot, word, column, row)) {
            slot = slot + 1 & slots.length - 1;
        }
        return slots[slot];
    }

    private boolean isSame(int slot, long word, Column column, int row) {
        return words[slot] == word
                && (constants.kind() != Kind.UTF8
                        || Views.equal(column.values(), row, column.data(), constants.values(), slots[slot],
                                constants.data()));
    }

    private long word(Column column, int row) {
        return switch (column.kind()) {
            case INT -> column.intAt(row);
            case LONG -> column.longAt(row);
            case DOUBLE -> bits(column.doubleAt(row));
            case UTF8 -> HashKernels.of(column, row);
            case BOOL -> throw new IllegalArgumentException("truth values need no set");
        };
    }

    /// One NaN, one zero.
    private static long bits(double value) {
        return Double.doubleToLongBits(value + 0.0);
    }

    private int slot(long word) {
        return (int) HashKernels.mix(word) & slots.length - 1;
    }
}
