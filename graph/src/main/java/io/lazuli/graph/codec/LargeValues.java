package io.lazuli.graph.codec;

import java.util.IdentityHashMap;
import java.util.Map;

/// Large parts of a value that are written already, each with its number. Reader and writer number them alike: a part is large
/// if its form takes at least [#LEAST_BYTES], and gets its number when it is complete.
///
/// Small parts are written again wherever they occur. So no more is remembered than a fraction of what is written, and a value
/// whose parts are shared over and over still takes space in proportion to its objects, not to the ways to reach them.
final class LargeValues {
    static final int LEAST_BYTES = 256;

    private final Map<Object, Integer> numbers = new IdentityHashMap<>();

    /// The number of `value`, or -1.
    int numberOf(Object value) {
        return numbers.isEmpty() ? -1 : numbers.getOrDefault(value, -1);
    }

    void add(Object value) {
        numbers.put(value, numbers.size());
    }
}
