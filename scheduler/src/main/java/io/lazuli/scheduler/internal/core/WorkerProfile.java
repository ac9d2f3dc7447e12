package io.lazuli.scheduler.internal.core;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a worker says of itself when it joins.
///
/// @param threads   tasks that it runs at once
/// @param resources amounts that tasks can ask for, such as `GPU -> 1`
/// @param labels    names by which tasks can ask for it
/// @param memoryBytes most bytes of data outside its heap
public record WorkerProfile(int threads, SortedMap<String, Integer> resources, SortedSet<String> labels,
        long memoryBytes) {
    public WorkerProfile {
        if (threads < 1) {
            throw new IllegalArgumentException("a worker needs at least one thread, found " + threads);
        }
        resources = Collections.unmodifiableSortedMap(new TreeMap<>(resources));
        labels = Collections.unmodifiableSortedSet(new TreeSet<>(labels));
    }

    /// The same with so much memory.
    public WorkerProfile withMemoryBytes(long bytes) {
        return new WorkerProfile(threads, resources, labels, bytes);
    }

    /// One that offers nothing but threads.
    public static WorkerProfile of(int threads) {
        return new WorkerProfile(threads, new TreeMap<>(Map.of()), new TreeSet<>(Set.of()), 0);
    }
}
