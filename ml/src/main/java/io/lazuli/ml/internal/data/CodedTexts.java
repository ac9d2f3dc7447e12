package io.lazuli.ml.internal.data;

import io.lazuli.dataframe.internal.column.Column;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A column of texts by number.
///
/// @param codes a row's place in `texts`, or [#MISSING]
record CodedTexts(List<String> texts, int[] codes) {
    static final int MISSING = -1;

    static CodedTexts of(Column column) {
        List<String> texts = new ArrayList<>();
        Map<String, Integer> known = new HashMap<>();
        int[] codes = new int[column.length()];
        for (int row = 0; row < codes.length; row++) {
            codes[row] = column.isNull(row) ? MISSING : code(column.stringAt(row), texts, known);
        }
        return new CodedTexts(texts, codes);
    }

    private static int code(String text, List<String> texts, Map<String, Integer> known) {
        Integer code = known.putIfAbsent(text, texts.size());
        if (code == null) {
            texts.add(text);
            return texts.size() - 1;
        }
        return code;
    }
}
