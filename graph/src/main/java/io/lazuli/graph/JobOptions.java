package io.lazuli.graph;

import java.util.Objects;

/// How a job is to be run. Options never change its result.
///
/// @param name     what people see
/// @param priority higher runs first
/// @param retries  how often a task that failed for a reason other than the user's program is run again
public record JobOptions(String name, int priority, int retries) {
    public static final JobOptions DEFAULTS = new JobOptions("job", 0, 0);

    public JobOptions {
        Objects.requireNonNull(name, "name is null");
        if (retries < 0) {
            throw new IllegalArgumentException("retries must not be negative, found " + retries);
        }
    }

    public JobOptions withName(String name) {
        return new JobOptions(name, priority, retries);
    }

    public JobOptions withPriority(int priority) {
        return new JobOptions(name, priority, retries);
    }

    public JobOptions withRetries(int retries) {
        return new JobOptions(name, priority, retries);
    }
}
