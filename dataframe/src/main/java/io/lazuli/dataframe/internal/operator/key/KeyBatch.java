package io.lazuli.dataframe.internal.operator.key;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Views;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The keys of one batch, hashed and packed: scratch arrays of one thread, reused from batch to batch.
public final class KeyBatch {
    private final KeyHasher hasher = new KeyHasher();
    private final int[] hashes = new int[Batch.ROWS];
    private final long[] lanes = new long[Batch.ROWS];
    /// By word of the key, then by row.
    private long[][] words = {};
    /// By key column; for [GroupIndex#find], which has no others.
    private final List<CodeMap> codeMaps = new ArrayList<>();
    private int rowCount;

    List<CodeMap> codeMaps(int count) {
        while (codeMaps.size() < count) {
            codeMaps.add(new CodeMap());
        }
        return codeMaps;
    }

    int rowCount() {
        return rowCount;
    }

    int[] hashes() {
        return hashes;
    }

    long[][] words() {
        return words;
    }

    /// Hashes and packs at most [Batch#ROWS] keys. Texts are added to those of their columns, in which room must have been
    /// reserved; without `interns`, those that are not there become words that no key has.
    void pack(
            List<Column> keys, int rowCount, KeyLayout layout, List<KeyTexts> texts, List<CodeMap> maps,
            boolean interns) {
        this.rowCount = rowCount;
        if (words.length < layout.width()) {
            words = new long[layout.width()][Batch.ROWS];
        }
        clearShared(layout);
        hasher.begin(rowCount);
        for (int c = 0; c < keys.size(); c++) {
            KeyLayout.Field field = layout.fields().get(c);
            if (field.isWhole()) {
                packWhole(keys.get(c), field, texts.get(c).pool(), interns);
            } else {
                readShared(keys.get(c), field, maps.get(c), texts.get(c).codes(), interns);
                packShared(keys.get(c), field);
            }
            if (field.hasNullBit() && keys.get(c).mayHaveNulls()) {
                setNullBits(keys.get(c), words[field.nullWord()], field.nullMask());
            }
        }
        hasher.finish(hashes);
    }

    /// Empties the words that several fields put their bits into.
    private void clearShared(KeyLayout layout) {
        for (KeyLayout.Field field : layout.fields()) {
            if (!field.isWhole()) {
                Arrays.fill(words[field.word()], 0, rowCount, 0);
            }
            if (field.hasNullBit()) {
                Arrays.fill(words[field.nullWord()], 0, rowCount, 0);
            }
        }
    }

    private void packWhole(Column key, KeyLayout.Field field, TextPool texts, boolean interns) {
        long[] first = words[field.word()];
        long[] second = field.kind() == Kind.UTF8 ? words[field.word() + 1] : lanes;
        boolean hasLong = Lanes.readKey(key, first, second);
        hasher.fold(key, hasLong, first, second);
        if (hasLong) {
            placeLongTexts(key.data(), first, second, rowCount, texts, interns);
        }
    }

    private static void placeLongTexts(
            MemorySegment data, long[] heads, long[] tails, int rowCount, TextPool texts, boolean interns) {
        for (int row = 0; row < rowCount; row++) {
            int length = (int) heads[row];
            if (length > Views.INLINE) {
                long offset = Views.offset(tails[row]);
                int hash = KeyHasher.text(data, offset, length);
                tails[row] =
                        interns ? texts.intern(hash, data, offset, length) : texts.find(hash, data, offset, length);
            }
        }
    }

    private void readShared(
            Column key, KeyLayout.Field field, CodeMap codeMap, TextCodes codes, boolean interns) {
        if (field.isCoded()) {
            codeMap.read(key, codes, interns, lanes);
            Lanes.replaceNulls(key, lanes, 0);
        } else {
            Lanes.readKey(key, lanes, lanes);
        }
    }

    private void packShared(Column key, KeyLayout.Field field) {
        hasher.fold(lanes);
        put(lanes, rowCount, field.shift(), words[field.word()]);
    }

    private static void put(long[] lanes, int rowCount, int shift, long[] words) {
        for (int row = 0; row < rowCount; row++) {
            words[row] |= lanes[row] << shift;
        }
    }

    private static void setNullBits(Column key, long[] words, long mask) {
        for (int w = 0, count = Bits.wordCount(key.length()); w < count; w++) {
            long nulls = ~Bits.word(key.validity(), w) & Bits.mask(w, key.length());
            for (; nulls != 0; nulls &= nulls - 1) {
                words[w * 64 + Long.numberOfTrailingZeros(nulls)] |= mask;
            }
        }
    }
}
