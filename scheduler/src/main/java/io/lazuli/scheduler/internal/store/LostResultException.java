package io.lazuli.scheduler.internal.store;

import io.lazuli.graph.Key;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.internal.Errors;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A result was spilled and cannot be read back: its file is gone or is not what was written. Not an error of anybody's job: who
/// catches it has the result made again.
public final class LostResultException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Key key;
    private final transient Path file;
    private final String why;

    LostResultException(Key key, Path file, String why, @Nullable Throwable cause) {
        super("result %s was spilled to %s and cannot be read back: %s".formatted(key, file, why), cause);
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

    /// What a user is told if nobody can make the result again.
    public LazuliException toError() {
        return Errors.spillLost(file, key, why, this);
    }
}
