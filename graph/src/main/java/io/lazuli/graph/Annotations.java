package io.lazuli.graph;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// How the tasks of a layer are to be run, where that differs from the rest of their job. Never changes a result, and is no
/// part of a token.
///
/// @param priority  added to the job's; higher runs first
/// @param retries   how often a failed task is run again; [#INHERITED] for the job's number
/// @param timeout   most time one attempt may take; zero for the job's
/// @param resources what a worker must have free for one task, such as `GPU -> 1`
/// @param workers   names or labels of workers that may run it; empty for any
public record Annotations(
        int priority, int retries, Duration timeout, SortedMap<String, Integer> resources, SortedSet<String> workers) {
    /// In place of a number of retries: what the job says.
    public static final int INHERITED = -1;
    public static final Annotations NONE =
            new Annotations(0, INHERITED, Duration.ZERO, Collections.emptySortedMap(), Collections.emptySortedSet());

    public Annotations {
        Objects.requireNonNull(timeout, "timeout is null");
        resources = Collections.unmodifiableSortedMap(new TreeMap<>(resources));
        workers = Collections.unmodifiableSortedSet(new TreeSet<>(workers));
        if (retries < INHERITED) {
            throw new IllegalArgumentException("retries must not be negative, found " + retries);
        }
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("timeout must not be negative, found " + timeout);
        }
        resources.forEach((name, amount) -> {
            if (amount == null || amount < 1) {
                throw new IllegalArgumentException("resource " + name + " needs an amount above 0, found " + amount);
            }
        });
    }

    public Annotations withPriority(int priority) {
        return new Annotations(priority, retries, timeout, resources, workers);
    }

    public Annotations withRetries(int retries) {
        return new Annotations(priority, retries, timeout, resources, workers);
    }

    public Annotations withTimeout(Duration timeout) {
        return new Annotations(priority, retries, timeout, resources, workers);
    }

    public Annotations withResources(Map<String, Integer> resources) {
        return new Annotations(priority, retries, timeout, new TreeMap<>(resources), workers);
    }

    public Annotations withWorkers(Set<String> workers) {
        return new Annotations(priority, retries, timeout, resources, new TreeSet<>(workers));
    }

    /// True if a worker must have something in particular.
    public boolean restrictsWorkers() {
        return !resources.isEmpty() || !workers.isEmpty();
    }
}
