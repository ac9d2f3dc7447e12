package io.lazuli.scheduler.internal;

import io.lazuli.graph.Key;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A result that was spilled cannot be read back: its file is gone or is not what was written. No error of a job: who catches it
/// has the result computed again. Its message says all there is to say, should that not be possible.
public final class LostResultException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Key key;
    private final transient Path file;
    private final String why;

    public LostResultException(Key key, Path file, String why, @Nullable Throwable cause) {
        super(Errors.resultLost(key, file, why), cause);
        this.key = key;
        this.file = file;
        this.why = why;
    }

    /// The result that is lost.
    public Key key() {
        return key;
    }

    /// Where it was.
    public Path file() {
        return file;
    }

    /// What was found there, such as `it is cut short`.
    public String why() {
        return why;
    }
}
