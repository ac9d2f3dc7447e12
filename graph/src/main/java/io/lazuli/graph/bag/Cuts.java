package io.lazuli.graph.bag;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Cuts sequences into parts of the same length, give or take one.
final class Cuts {
    private Cuts() {}

    /// Where part `part` of `count` begins in a sequence of `length`; part `count` begins at its end. It is `length * part / count`,
    /// computed so that it cannot overflow.
    static long bound(long length, int count, int part) {
        return length / count * part + length % count * part / count;
    }

    static int bound(int length, int count, int part) {
        return (int) bound((long) length, count, part);
    }

    /// `elements` as `count` lists.
    static List<List<?>> parts(List<?> elements, int count) {
        List<List<?>> parts = new ArrayList<>(count);
        for (int part = 0; part < count; part++) {
            parts.add(elements.subList(bound(elements.size(), count, part), bound(elements.size(), count, part + 1)));
        }
        return Collections.unmodifiableList(parts);
    }
}
