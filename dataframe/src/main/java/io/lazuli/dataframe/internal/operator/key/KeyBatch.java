package io.lazuli.dataframe.internal.operator.key;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Views;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/// The keys of one batch, hashed and packed: scratch arrays of one thread, reused from batch to batch.
public final class KeyBatch {
    private final KeyHasher hasher = new KeyHasher();
    private final int[] hashes = new int[Batch.ROWS];
    private final long[] lanes = new long[Batch.ROWS];
    private final long[] tails = new long[Batch.ROWS];
    /// `width` longs a row.
    private long[] words = new long[Batch.ROWS];
    private int rowCount;

    int rowCount() {
        return rowCount;
    }

    int[] hashes() {
        return hashes;
    }

    long[] words() {
        return words;
    }

    /// Hashes and packs at most [Batch#ROWS] keys. Long texts are added to the pools of their columns, in which room must
    /// have been reserved; without `interns`, those that are not there become words that no key has.
    void pack(List<Column> keys, int rowCount, KeyLayout layout, List<TextPool> texts, boolean interns) {
        this.rowCount = rowCount;
        hasher.hash(keys, rowCount, hashes);
        int width = layout.width();
        if (words.length < Batch.ROWS * width) {
            words = new long[Batch.ROWS * width];
        }
        Arrays.fill(words, 0, rowCount * width, 0);
        for (int c = 0; c < keys.size(); c++) {
            KeyLayout.Field field = layout.fields().get(c);
            if (field.kind() == Kind.UTF8) {
                packText(keys.get(c), field, width, texts.get(c), interns);
            } else {
                packFixed(keys.get(c), field, width);
            }
        }
    }

    private void packFixed(Column key, KeyLayout.Field field, int width) {
        Lanes.read(key, lanes);
        Lanes.replaceNulls(key, lanes, field.kind() == Kind.DOUBLE ? KeyLayout.NULL : 0);
        put(lanes, key.length(), field.shift(), words, field.word(), width);
        if (field.hasNullBit() && key.mayHaveNulls()) {
            putNulls(key, field, width);
        }
    }

    private static void put(long[] lanes, int length, int shift, long[] words, int first, int width) {
        for (int row = 0, at = first; row < length; row++, at += width) {
            words[at] |= lanes[row] << shift;
        }
    }

    private void putNulls(Column key, KeyLayout.Field field, int width) {
        for (int w = 0, count = Bits.wordCount(key.length()); w < count; w++) {
            long nulls = ~Bits.word(key.validity(), w) & Bits.mask(w, key.length());
            for (; nulls != 0; nulls &= nulls - 1) {
                int row = w * 64 + Long.numberOfTrailingZeros(nulls);
                words[row * width + field.nullWord()] |= field.nullMask();
            }
        }
    }

    private void packText(Column key, KeyLayout.Field field, int width, TextPool texts, boolean interns) {
        boolean hasLong = Lanes.readViews(key.values(), key.length(), lanes, tails);
        Lanes.replaceNulls(key, lanes, KeyLayout.NULL);
        Lanes.replaceNulls(key, tails, 0);
        if (hasLong) {
            placeLongTexts(key.data(), key.length(), texts, interns);
        }
        put(lanes, key.length(), 0, words, field.word(), width);
        put(tails, key.length(), 0, words, field.word() + 1, width);
    }

    private void placeLongTexts(MemorySegment data, int length, TextPool texts, boolean interns) {
        for (int row = 0; row < length; row++) {
            int bytes = (int) lanes[row];
            if (bytes > Views.INLINE) {
                long offset = Views.offset(tails[row]);
                int hash = KeyHasher.text(data, offset, bytes);
                tails[row] = interns ? texts.intern(hash, data, offset, bytes) : texts.find(hash, data, offset, bytes);
            }
        }
    }
}
