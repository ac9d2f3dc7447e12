package io.lazuli.dataframe.internal.operator.key;

import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.TextDictionary;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// From the codes of one dictionary after the other to those of a [TextCodes]. Entries are looked up when a row first has one, all of
/// them where they are few, so a column costs one text a distinct value and not one a row. Confined to one thread.
///
/// ```
///   chunk's dictionary   0 "jfk"   1 "lax"   2 "sfo"
///   map                  7         unknown   3            codes | 0 | 2 | 0 |  ->  | 7 | 3 | 7 |
/// ```
final class CodeMap {
    private static final int UNKNOWN = -1;
    /// The code of texts that are not there: no text has it, in however few bits.
    private static final int ABSENT = -2;

    private @Nullable TextDictionary source;
    private @Nullable TextCodes target;
    private int[] codes = {};

    /// Whether the next columns with this dictionary need no room any more.
    boolean knows(TextDictionary dictionary, TextCodes texts) {
        return dictionary == texts || dictionary == source && texts == target;
    }

    /// From now on codes of `dictionary` are translated.
    void start(TextDictionary dictionary, TextCodes texts) {
        source = dictionary;
        target = texts;
        if (codes.length < dictionary.size()) {
            codes = new int[Math.max(dictionary.size(), 2 * codes.length)];
        }
        Arrays.fill(codes, 0, dictionary.size(), UNKNOWN);
    }

    /// Looks all entries up, and adds those that are missing where it `interns`, for which room must have been reserved.
    void addAll(TextDictionary dictionary, TextCodes texts, boolean interns) {
        for (int entry = 0; entry < dictionary.size(); entry++) {
            add(entry, dictionary, texts, interns);
        }
    }

    /// The codes of a text column in `texts`, coded or not, as far as the mask shows them; undefined for null rows. Texts that are
    /// missing are added where `interns`, for which room must have been reserved; otherwise theirs is a code that no text has.
    void read(Column column, TextCodes texts, boolean interns, long mask, long[] lanes) {
        if (!column.isCoded()) {
            readTexts(column, texts, interns, mask, lanes);
        } else if (column.dictionary() == texts) {
            readCodes(column.codes(), column.length(), lanes);
        } else if (column.dictionary().size() == 0) {
            Arrays.fill(lanes, 0, column.length(), 0);
        } else {
            if (!knows(column.dictionary(), texts)) {
                start(column.dictionary(), texts);
            }
            translate(column, texts, interns, mask, lanes);
        }
    }

    private static void readTexts(Column column, TextCodes texts, boolean interns, long mask, long[] lanes) {
        MemorySegment views = column.values();
        MemorySegment data = column.data();
        for (int row = 0; row < column.length(); row++) {
            if (column.isNull(row)) {
                lanes[row] = 0;
            } else {
                int code = interns ? texts.intern(views, row, data) : texts.find(views, row, data);
                lanes[row] = (code == TextCodes.MISSING ? ABSENT : code) & mask;
            }
        }
    }

    private static void readCodes(MemorySegment from, int count, long[] lanes) {
        for (int row = 0; row < count; row++) {
            lanes[row] = from.get(Layouts.INT, row * 4L);
        }
    }

    private void translate(Column column, TextCodes texts, boolean interns, long mask, long[] lanes) {
        boolean isComplete = translate(column.codes(), column.length(), codes, mask, lanes);
        if (!isComplete) {
            if (column.dictionary().size() <= column.length()) {
                addAll(column.dictionary(), texts, interns);
            } else {
                addMissing(column, texts, interns);
            }
            translate(column.codes(), column.length(), codes, mask, lanes);
        }
    }

    /// Whether all codes were known.
    private static boolean translate(MemorySegment from, int count, int[] codes, long mask, long[] lanes) {
        int unknown = 0;
        for (int row = 0; row < count; row++) {
            int code = codes[from.get(Layouts.INT, row * 4L)];
            unknown |= code + 1 == 0 ? 1 : 0;
            lanes[row] = code & mask;
        }
        return unknown == 0;
    }

    private void addMissing(Column column, TextCodes texts, boolean interns) {
        for (int row = 0; row < column.length(); row++) {
            int entry = column.codes().get(Layouts.INT, row * 4L);
            if (codes[entry] == UNKNOWN) {
                add(entry, column.dictionary(), texts, interns);
            }
        }
    }

    private void add(int entry, TextDictionary dictionary, TextCodes texts, boolean interns) {
        MemorySegment views = dictionary.views();
        MemorySegment data = dictionary.data();
        int code = interns ? texts.intern(views, entry, data) : texts.find(views, entry, data);
        codes[entry] = code == TextCodes.MISSING ? ABSENT : code;
    }
}
