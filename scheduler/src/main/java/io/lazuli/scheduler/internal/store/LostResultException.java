package io.lazuli.scheduler.internal.store;

import io.lazuli.graph.Key;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.internal.Errors;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A result was spilled and cannot be read back, or fetched from another process and cannot be read here: what it was in is gone or
/// is not what was written. Not an error of anybody's job: who catches it has the result made again.
public final class LostResultException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Key key;
    private final String place;
    private final String why;
    /// Whether it was fetched from another process.
    private final boolean isCopy;

    private LostResultException(
            String format, Key key, String place, String why, boolean isCopy, @Nullable Throwable cause) {
        super(format.formatted(key, place, why), cause);
        this.key = key;
        this.place = place;
        this.why = why;
        this.isCopy = isCopy;
    }

    static LostResultException spilled(Key key, Path file, String why, @Nullable Throwable cause) {
        return new LostResultException(
                "result %s was spilled to %s and cannot be read back: %s", key, file.toString(), why, false, cause);
    }

    /// @param place what was read: a file, or what stands for bytes that came from elsewhere
    static LostResultException fetched(Key key, String place, Throwable cause) {
        return new LostResultException(
                "result %s was fetched as %s and cannot be read: %s", key, place, reason(cause), true, cause);
    }

    /// What a failure to read says about what was read.
    static String reason(Throwable failure) {
        return switch (failure) {
            case DamagedFileException damaged -> String.valueOf(damaged.getMessage());
            case NoSuchFileException _ -> "it is gone";
            case LazuliException undecodable -> String.valueOf(undecodable.getMessage());
            default -> failure.toString();
        };
    }

    /// The result that is lost.
    public Key key() {
        return key;
    }

    /// Where it was: a file in most cases.
    public String place() {
        return place;
    }

    /// What was found there, such as `it is cut short`.
    public String why() {
        return why;
    }

    /// What a user is told if nobody can make the result again.
    public LazuliException toError() {
        return isCopy ? Errors.copyLost(place, key, why, this) : Errors.spillLost(place, key, why, this);
    }
}
