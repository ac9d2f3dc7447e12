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

    public static LazuliException sumOverflow(String aggregate, double sum) {
        return data("%s is about %.4g, beyond what a LONG holds (%d to %d). Cast the argument to FLOAT64 before summing."
                .formatted(aggregate, sum, Long.MIN_VALUE, Long.MAX_VALUE));
    }

    public static LazuliException groupsDoNotFit(String task, int groupCount) {
        return resource(
                "Grouping in %s ran out of memory with %,d groups in the table and no more memory to be had. Raise the memory limit, or group by fewer or coarser keys."
                        .formatted(task, groupCount));
    }

    public static LazuliException joinTableDoesNotFit(String task, int rowCount) {
        return resource(
                "The table of %,d rows that a join looks up in ran out of memory in %s. Raise the memory limit, use more partitions, or put the smaller frame on the right."
                        .formatted(rowCount, task));
    }

    private static LazuliException data(String message) {
        return new LazuliException(ErrorCode.DATA, message);
    }

    private static LazuliException resource(String message) {
        return new LazuliException(ErrorCode.RESOURCE, message);
    }

    private static LazuliException user(String message) {
        return new LazuliException(ErrorCode.USER, message);
    }
}
