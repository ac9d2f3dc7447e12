package io.lazuli.dataframe.internal.operator.key;

import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.TextDictionary;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The hashes of the texts of one coded column after the other: one for each entry of its dictionary that a row has, and not one
/// for each row. Confined to one thread.
final class EntryHashes {
    /// An entry whose hash it happens to be is hashed again and again, no more.
    private static final long UNKNOWN = 0;

    private @Nullable TextDictionary dictionary;
    private long[] hashes = {};

    /// The hashes of a coded column's texts; undefined for null rows.
    void read(Column column, long[] lanes) {
        TextDictionary texts = column.dictionary();
        if (texts.size() == 0) {
            return;
        }
        if (dictionary != texts) {
            Arrays.fill(hashes, UNKNOWN);
            dictionary = texts;
        }
        if (hashes.length < texts.size()) {
            hashes = Arrays.copyOf(hashes, Math.max(texts.size(), 2 * hashes.length));
        }
        if (!read(column.codes(), column.length(), hashes, lanes)) {
            addMissing(column.codes(), column.length(), texts);
            read(column.codes(), column.length(), hashes, lanes);
        }
    }

    /// Whether all hashes were known.
    private static boolean read(MemorySegment codes, int count, long[] hashes, long[] lanes) {
        int unknown = 0;
        for (int row = 0; row < count; row++) {
            long hash = hashes[codes.get(Layouts.INT, row * 4L)];
            unknown |= hash == UNKNOWN ? 1 : 0;
            lanes[row] = hash;
        }
        return unknown == 0;
    }

    private void addMissing(MemorySegment codes, int count, TextDictionary texts) {
        for (int row = 0; row < count; row++) {
            int code = codes.get(Layouts.INT, row * 4L);
            if (hashes[code] == UNKNOWN) {
                hashes[code] = KeyHasher.text(texts.views(), code, texts.data());
            }
        }
    }
}
