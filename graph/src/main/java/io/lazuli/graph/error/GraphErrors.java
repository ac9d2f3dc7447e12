package io.lazuli.graph.error;

import java.io.IOException;
import java.nio.file.Path;

/// Every message of this module.
public final class GraphErrors {
    private GraphErrors() {}

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
