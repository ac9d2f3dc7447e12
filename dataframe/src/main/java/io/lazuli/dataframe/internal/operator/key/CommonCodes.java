package io.lazuli.dataframe.internal.operator.key;

import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.TextDictionary;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// One dictionary for coded columns that have one each, so that rows of all of them can stand in one coded column.
///
/// ```
///   column 0   0 "jfk"   1 "lax"     map 0 | 0 | 1 |
///   column 1   0 "lax"   1 "sfo"     map 1 | 1 | 2 |       common   0 "jfk"   1 "lax"   2 "sfo"
/// ```
///
/// Ownership: the dictionary is the reservation's and lives as long.
public final class CommonCodes {
    private final TextCodes codes;
    /// The common code by column and code there.
    private final int[][] maps;

    private CommonCodes(TextCodes codes, int[][] maps) {
        this.codes = codes;
        this.maps = maps;
    }

    /// Empty if a column is not coded, the dictionaries have more than `mostEntries` entries together, or memory is refused.
    public static Optional<CommonCodes> of(Reservation memory, List<Column> columns, int mostEntries) {
        if (!columns.stream().allMatch(Column::isCoded)) {
            return Optional.empty();
        }
        List<TextDictionary> dictionaries = columns.stream().map(Column::dictionary).toList();
        if (dictionaries.stream().mapToLong(TextDictionary::size).sum() > mostEntries) {
            return Optional.empty();
        }
        TextCodes codes = new TextCodes(new StateMemory(memory));
        int[][] maps = new int[dictionaries.size()][];
        for (int c = 0; c < maps.length; c++) {
            TextDictionary dictionary = dictionaries.get(c);
            if (!codes.tryReserve(dictionary.views(), dictionary.size())) {
                return Optional.empty();
            }
            maps[c] = map(dictionary, codes);
        }
        return Optional.of(new CommonCodes(codes, maps));
    }

    /// One entry at least, for the codes of null rows.
    private static int[] map(TextDictionary dictionary, TextCodes codes) {
        int[] map = new int[Math.max(1, dictionary.size())];
        Arrays.setAll(map, entry -> entry < dictionary.size()
                ? codes.intern(dictionary.views(), entry, dictionary.data())
                : 0);
        return map;
    }

    public TextDictionary dictionary() {
        return codes;
    }

    /// Writes the common codes of rows `rows[i]` of columns `from[i]`, whose own codes are in `sources`.
    public void take(MemorySegment[] sources, int[] from, int[] rows, int count, MemorySegment to) {
        for (int i = 0; i < count; i++) {
            int code = sources[from[i]].get(Layouts.INT, rows[i] * 4L);
            to.set(Layouts.INT, i * 4L, maps[from[i]][code]);
        }
    }
}
