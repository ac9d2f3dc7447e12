package io.lazuli.scheduler.internal.store;

import io.lazuli.graph.Key;
import java.nio.file.Path;

/// A result was spilled and cannot be read back. Not an error of anybody's job: the result is made again.
public final class LostResultException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LostResultException(Key key, Path file, String why) {
        super("result %s was spilled to %s and cannot be read back: %s".formatted(key, file, why));
    }
}
