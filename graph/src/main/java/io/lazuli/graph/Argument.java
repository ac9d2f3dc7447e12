package io.lazuli.graph;

import io.lazuli.graph.memory.Block;
import java.util.Objects;

/// One input of a task: a result, or one slice of it.
///
/// @param dependency index of the layer's dependency it belongs to
/// @param key        the result
/// @param slice      the slice of the result's cuts, or [#WHOLE]
public record Argument(int dependency, Key key, int slice) {
    public static final int WHOLE = Block.WHOLE;

    public Argument {
        Objects.requireNonNull(key, "key is null");
        if (dependency < 0 || slice < WHOLE) {
            throw new IllegalArgumentException("no such input: dependency " + dependency + ", slice " + slice);
        }
    }
}
