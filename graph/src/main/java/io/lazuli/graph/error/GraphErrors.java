package io.lazuli.graph.error;

/// Every message of this module that users see.
public final class GraphErrors {
    private GraphErrors() {}

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
