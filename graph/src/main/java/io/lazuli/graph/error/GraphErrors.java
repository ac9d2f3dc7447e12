package io.lazuli.graph.error;

import java.io.IOException;
import java.nio.file.Path;

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

    public static LazuliException functionCannotTravel(String type) {
        return new LazuliException(
                ErrorCode.USER,
                "A function of %s cannot be sent to a worker: its class is closed, or made at run time by something else than a lambda expression. Write it as a lambda expression, a method reference or a record."
                        .formatted(type));
    }

    /// @param path where in the captured value the part is that cannot travel; empty for the value itself
    public static LazuliException captureCannotTravel(
            String function, String variable, String type, String path, String part, String reason) {
        String where = path.isEmpty() ? "" : " with %s at %s".formatted(part, path);
        return new LazuliException(
                ErrorCode.USER,
                "A function cannot be sent to a worker: %s captures %s of %s%s: %s. Capture a record or plain values, or load it inside of the function."
                        .formatted(function, variable, type, where, reason));
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

    public static LazuliException nullResult() {
        return new LazuliException(ErrorCode.INTERNAL, "it returned null instead of a block.");
    }

    /// Two descriptions of work that go by one token.
    public static LazuliException sameToken(String token, String one, String other) {
        return new LazuliException(
                ErrorCode.USER,
                "Token %s stands for two different things: %s, and %s. A token must be a hash of all that decides the result: build layers with Layer.of, or give them Token.random()."
                        .formatted(token, one, other));
    }

    /// What failed within a task that does the work of several.
    public static String stepFailed(String operation, int step, int stepCount, String key, Throwable cause) {
        String what = cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
        return "Step '%s' (%d of %d, for %s) failed: %s".formatted(operation, step, stepCount, key, what);
    }

    public static LazuliException pictureFormat(Path file) {
        return new LazuliException(
                ErrorCode.USER,
                "Cannot draw a graph to %s: its name must end with .svg or .dot. For another format write .dot and let Graphviz convert it: dot -Tpng graph.dot -o graph.png"
                        .formatted(file));
    }

    public static LazuliException cannotWritePicture(Path file, IOException cause) {
        return new LazuliException(
                ErrorCode.RESOURCE,
                "Cannot write the picture of a graph to %s: %s. Name a file in a directory that exists and can be written."
                        .formatted(file, cause),
                cause);
    }
}
