package io.lazuli.scheduler.internal.wire;

/// A task failed for the lack of a class that its program was sent without. The client, which knows the program, says what to do.
public final class MissingClassException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String missing;

    /// @param missing its binary name
    public MissingClassException(String missing, Throwable cause) {
        super("class " + missing + " is missing", cause);
        this.missing = missing;
    }

    public String missing() {
        return missing;
    }
}
