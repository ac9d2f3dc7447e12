package io.lazuli.dataframe.internal;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Checks what users give to public methods before anything else looks at it.
public final class Arguments {
    private Arguments() {}

    /// The argument itself. Errors: USER if it is null.
    public static <T> T given(@Nullable T argument, String name) {
        if (argument == null) {
            throw missing("Argument '" + name + "' is null.");
        }
        return argument;
    }

    /// The elements of an argument. Errors: USER if it or one of them is null.
    public static <T> List<T> all(String name, T @Nullable [] arguments) {
        List<T> all = new ArrayList<>();
        T[] elements = given(arguments, name);
        for (T element : elements) {
            if (element == null) {
                throw missing("Argument '%s' has a null in place %d of %d.".formatted(name, all.size() + 1,
                        elements.length));
            }
            all.add(element);
        }
        return List.copyOf(all);
    }

    private static LazuliException missing(String problem) {
        return new LazuliException(ErrorCode.USER,
                problem + " Give a value, or leave the argument out; a null in the data is written nullOf(type).");
    }
}
