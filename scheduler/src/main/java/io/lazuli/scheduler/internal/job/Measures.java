package io.lazuli.scheduler.internal.job;

import java.util.ArrayList;
import java.util.List;

/// What was measured of the tasks of one layer beside what the core is told.
///
/// @param longestNanos time of the longest task
/// @param sums         of what tasks counted, by index, see [io.lazuli.graph.TaskContext#count]
public record Measures(long longestNanos, List<Long> sums) {
    public static final Measures NONE = new Measures(0, List.of());

    public Measures {
        sums = List.copyOf(sums);
    }

    /// Of the tasks of both.
    public Measures plus(Measures other) {
        List<Long> longer = sums.size() < other.sums.size() ? other.sums : sums;
        List<Long> shorter = sums.size() < other.sums.size() ? sums : other.sums;
        List<Long> both = new ArrayList<>(longer);
        for (int i = 0; i < shorter.size(); i++) {
            both.set(i, both.get(i) + shorter.get(i));
        }
        return new Measures(Math.max(longestNanos, other.longestNanos), both);
    }
}
