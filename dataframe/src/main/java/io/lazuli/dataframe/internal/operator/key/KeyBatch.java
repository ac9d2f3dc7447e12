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

/// The keys of one batch, packed, and hashed if somebody asks: scratch arrays of one thread, reused from batch to batch.
public final class KeyBatch {
    private final KeyHasher hasher = new KeyHasher();
    private final int[] hashes = new int[Batch.ROWS];
    private final long[] lanes = new long[Batch.ROWS];
    /// By word of the key, then by row.
    private long[][] words = {};
    private int width;
    /// By word, whether a field of this batch has put its bits there.
    private boolean[] isStarted = {};
    private boolean isHashed;
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

    /// A hash of each key's words.
    int[] hashes() {
        if (!isHashed) {
            hasher.begin(rowCount);
            for (int word = 0; word < width; word++) {
                hasher.fold(words[word]);
            }
            hasher.finish(hashes);
            isHashed = true;
        }
        return hashes;
    }

    long[][] words() {
        return words;
    }

    /// Packs at most [Batch#ROWS] keys. Texts are added to those of their columns, in which room must have been reserved; without
    /// `interns`, those that are not there become words that no key has.
    void pack(
            List<Column> keys, int rowCount, KeyLayout layout, List<KeyTexts> texts, List<CodeMap> maps,
            boolean interns) {
        start(rowCount, layout.width());
        for (int c = 0; c < keys.size(); c++) {
            KeyLayout.Field field = layout.fields().get(c);
            if (field.isWhole()) {
                packWhole(keys.get(c), field, texts.get(c).pool(), interns);
            } else {
                packShared(keys.get(c), field, maps.get(c), texts.get(c).codes(), interns);
            }
            if (field.hasNullBit() && keys.get(c).mayHaveNulls()) {
                startWord(field.nullWord());
                setNullBits(keys.get(c), words[field.nullWord()], field.nullMask());
            }
        }
        for (int word = 0; word < width; word++) {
            startWord(word);
        }
    }

    private void start(int rowCount, int width) {
        this.rowCount = rowCount;
        this.width = width;
        isHashed = false;
        if (words.length < width) {
            words = new long[width][Batch.ROWS];
            isStarted = new boolean[width];
        }
        Arrays.fill(isStarted, false);
    }

    /// Zeros, unless there are bits already.
    private void startWord(int word) {
        if (!isStarted[word]) {
            Arrays.fill(words[word], 0, rowCount, 0);
            isStarted[word] = true;
        }
    }

    private void packWhole(Column key, KeyLayout.Field field, TextPool texts, boolean interns) {
        boolean isText = field.kind() == Kind.UTF8;
        long[] first = words[field.word()];
        long[] second = isText ? words[field.word() + 1] : lanes;
        isStarted[field.word()] = true;
        if (isText) {
            isStarted[field.word() + 1] = true;
        }
        if (Lanes.readKey(key, first, second)) {
            placeLongTexts(key.data(), first, second, rowCount, texts, interns);
        }
    }

    /// The first field of a word, where it starts at bit 0, is read straight into it.
    private void packShared(Column key, KeyLayout.Field field, CodeMap codeMap, TextCodes codes, boolean interns) {
        boolean isFirst = !isStarted[field.word()] && field.shift() == 0;
        long[] target = isFirst ? words[field.word()] : lanes;
        if (field.isCoded()) {
            codeMap.read(key, codes, interns, field.codeMask(), target);
            Lanes.replaceNulls(key, target, 0);
        } else {
            Lanes.readKey(key, target, target);
        }
        if (isFirst) {
            isStarted[field.word()] = true;
        } else {
            startWord(field.word());
            put(lanes, rowCount, field.shift(), words[field.word()]);
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
