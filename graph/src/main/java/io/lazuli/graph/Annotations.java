package io.lazuli.graph;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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

    /// How one task is to be run that does the work of two, one annotated with this, the other with `other`: the higher
    /// priority, the sum of the timeouts, for each resource the larger amount, the workers that may run both.
    ///
    /// Empty where that would change what was asked for: no worker may run both, only one has a timeout (the other's is the
    /// job's, which is not known here), only one names its retries, or one may run again: then what went well before it is not
    /// to be done twice.
    public Optional<Annotations> fusedWith(Annotations other) {
        boolean oneTimeout = timeout.isZero() != other.timeout.isZero();
        boolean sameRetries = retries == other.retries && retries <= 0;
        SortedSet<String> both = common(workers, other.workers);
        boolean noWorker = both.isEmpty() && !workers.isEmpty();
        if (oneTimeout || !sameRetries || noWorker) {
            return Optional.empty();
        }
        SortedMap<String, Integer> most = new TreeMap<>(resources);
        other.resources.forEach((name, amount) -> most.merge(name, amount, Math::max));
        return Optional.of(new Annotations(
                Math.max(priority, other.priority), retries, timeout.plus(other.timeout), most,
                both));
    }

    /// Workers in both sets, where an empty one stands for all.
    private static SortedSet<String> common(SortedSet<String> some, SortedSet<String> others) {
        if (some.isEmpty() || others.isEmpty()) {
            return some.isEmpty() ? others : some;
        }
        SortedSet<String> both = new TreeSet<>(some);
        both.retainAll(others);
        return both;
    }

    public long timeoutNanos() {
        return timeout.toNanos();
    }

    /// True if a worker must have something in particular.
    public boolean restrictsWorkers() {
        return !resources.isEmpty() || !workers.isEmpty();
    }
}
