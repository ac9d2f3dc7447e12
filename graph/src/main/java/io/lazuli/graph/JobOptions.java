package io.lazuli.graph;

import java.time.Duration;
import java.util.Objects;

/// How a job is to be run. Options never change its result.
///
/// @param name     what people see
/// @param priority higher runs first
/// @param retries  how often a failed task is run again; not done where it could not help: data or a plan that is wrong
/// @param timeout  most time one attempt of a task may take; zero for any
/// @param fuses    whether a chain of tasks may run as one, which is faster; false shows, times and counts each of them
public record JobOptions(String name, int priority, int retries, Duration timeout, boolean fuses) {
    public static final JobOptions DEFAULTS = new JobOptions("job", 0, 0, Duration.ZERO, true);

    public JobOptions {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(timeout, "timeout is null");
        if (retries < 0) {
            throw new IllegalArgumentException("retries must not be negative, found " + retries);
        }
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("timeout must not be negative, found " + timeout);
        }
    }

    public long timeoutNanos() {
        return timeout.toNanos();
    }

    public JobOptions withName(String name) {
        return new JobOptions(name, priority, retries, timeout, fuses);
    }

    public JobOptions withPriority(int priority) {
        return new JobOptions(name, priority, retries, timeout, fuses);
    }

    public JobOptions withRetries(int retries) {
        return new JobOptions(name, priority, retries, timeout, fuses);
    }

    public JobOptions withTimeout(Duration timeout) {
        return new JobOptions(name, priority, retries, timeout, fuses);
    }

    public JobOptions withFusion(boolean fuses) {
        return new JobOptions(name, priority, retries, timeout, fuses);
    }
}
