package io.lazuli.graph.error;

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
}
