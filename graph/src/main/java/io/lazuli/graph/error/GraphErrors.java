package io.lazuli.graph.error;

/// Every message of this module that users see.
public final class GraphErrors {
    private GraphErrors() {}

    public static LazuliException noStableContent(Class<?> type) {
        return new LazuliException(
                ErrorCode.USER,
                "A value of %s has no stable content to hash. Use a record, or implement Tokenized."
                        .formatted(type.getName()));
    }

    public static LazuliException nestedTooDeep() {
        return new LazuliException(
                ErrorCode.USER,
                "A value that is to be hashed contains itself, or is nested too deep for the stack. Use a list in place of a chain, and no cycles.");
    }

    /// `what` says the type, where it is and why.
    public static LazuliException cannotEncode(String what) {
        return new LazuliException(ErrorCode.USER, "A value cannot be written as bytes: " + what + ".");
    }

    public static LazuliException corruptValue(long bytes, long position, RuntimeException cause) {
        return new LazuliException(
                ErrorCode.DATA,
                "%,d bytes are not an encoded value: at byte %,d, %s. They were damaged, or written by another program; write them again."
                        .formatted(bytes, position, cause.getMessage()),
                cause);
    }
}
