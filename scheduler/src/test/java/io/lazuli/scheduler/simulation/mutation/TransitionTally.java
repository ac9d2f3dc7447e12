package io.lazuli.scheduler.simulation.mutation;

import java.util.Map;
import java.util.TreeMap;

/// How often each transition of tasks has happened. A scheduler's core that was loaded with [Change.Tell] counts here, in the copy
/// of this class that was loaded with it.
public final class TransitionTally {
    private static final Map<String, Long> COUNTS = new TreeMap<>();

    private TransitionTally() {}

    public static void count(Enum<?> transition) {
        COUNTS.merge(transition.name(), 1L, Long::sum);
    }

    public static Map<String, Long> counts() {
        return new TreeMap<>(COUNTS);
    }
}
