package io.lazuli.scheduler.event;

import java.util.Objects;

/// Why an attempt of a task failed.
///
/// @param task   its id in the engine
/// @param reason in words
public record AttemptFailure(int task, String reason) {
    public AttemptFailure {
        Objects.requireNonNull(reason, "reason is null");
    }
}
