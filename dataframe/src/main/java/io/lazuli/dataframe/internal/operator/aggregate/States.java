package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.column.Layouts;
import java.lang.foreign.MemorySegment;

/// Words of groups' states.
final class States {
    private States() {}

    /// Adds to the double at a byte.
    static void increase(MemorySegment states, long at, double more) {
        states.set(Layouts.DOUBLE, at, states.get(Layouts.DOUBLE, at) + more);
    }
}
