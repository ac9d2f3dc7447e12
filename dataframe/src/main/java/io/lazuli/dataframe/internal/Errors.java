package io.lazuli.dataframe.internal;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;

/// The wording of every error of this module. A message says what failed, on which input, what was found, what was expected
/// or available and what to do.
public final class Errors {
    /// Characters of a value that a message shows.
    private static final int SHOWN = 60;

    private Errors() {}

    public static LazuliException duplicateColumn(String name) {
        return user("Column '%s' would occur twice. Rename one of them with as(\"...\").".formatted(name));
    }

    /// @param found what the operation was applied to, such as `9223372036854775807 + 1`
    public static LazuliException integerOverflow(String found, Object type) {
        return data("Overflow: %s does not fit %s. Cast an operand to %s.".formatted(found, type, type.toString().equals("INT") ? "LONG" : "FLOAT64"));
    }

    /// @param found the value that has no counterpart in the type
    public static LazuliException castFailed(String found, Object from, Object to, String expected) {
        return data("Cannot cast %s from %s to %s: %s. Filter such rows out or cast to another type."
                .formatted(found, from, to, expected));
    }

    public static LazuliException textTooLong(long byteSize) {
        return data("A text of %,d bytes would arise; a text may have %,d. Shorten the texts before they are joined."
                .formatted(byteSize, Integer.MAX_VALUE));
    }

    public static LazuliException tooMuchText(long byteSize) {
        return new LazuliException(
                ErrorCode.RESOURCE,
                "A text column of one partition needs %,d bytes; it may have %,d. Use more partitions."
                        .formatted(byteSize, Integer.MAX_VALUE));
    }

    public static LazuliException userFunctionFailed(String name, String callSite, String argument, Throwable cause) {
        return new LazuliException(
                ErrorCode.USER,
                "Function '%s' (%s) failed for %s: %s. Make it accept the value or filter such rows out first."
                        .formatted(name, callSite, argument, cause),
                cause);
    }

    /// A value of the data as it may stand in a message.
    public static String shortened(String value) {
        return value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "...";
    }

    private static LazuliException data(String message) {
        return new LazuliException(ErrorCode.DATA, message);
    }

    private static LazuliException user(String message) {
        return new LazuliException(ErrorCode.USER, message);
    }
}
