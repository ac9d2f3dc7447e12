package io.lazuli.dataframe.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/// What recursion over expressions does with operands. A stream takes ten frames of the stack, of which a level may have two: a thousand
/// levels have to fit on the stack of a thread.
public final class Lists {
    private Lists() {}

    /// What `function` gives for each value, in order.
    public static <T, R> List<R> map(List<? extends T> values, Function<? super T, ? extends R> function) {
        List<R> results = new ArrayList<>(values.size());
        for (T value : values) {
            results.add(function.apply(value));
        }
        return Collections.unmodifiableList(results);
    }
}
