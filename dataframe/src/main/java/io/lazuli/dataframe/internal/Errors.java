package io.lazuli.dataframe.internal;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;

/// The wording of every error of this module. A message says what failed, on which input, what was found, what was expected
/// or available and what to do.
public final class Errors {
    private Errors() {}

    public static LazuliException duplicateColumn(String name) {
        return user("Column '%s' would occur twice. Rename one of them with as(\"...\").".formatted(name));
    }

    private static LazuliException user(String message) {
        return new LazuliException(ErrorCode.USER, message);
    }
}
