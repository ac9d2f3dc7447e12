package io.lazuli.scheduler.event;

import java.time.Duration;
import java.util.Optional;

/// How fast a layer or job goes on.
///
/// @param tasksPerSecond over the last five seconds
/// @param timeLeft       if it goes on so; empty if nothing was finished in that time
public record Pace(double tasksPerSecond, Optional<Duration> timeLeft) {
    static Pace of(double tasksPerSecond, long tasksLeft) {
        if (tasksLeft == 0) {
            return new Pace(tasksPerSecond, Optional.of(Duration.ZERO));
        }
        return new Pace(
                tasksPerSecond,
                tasksPerSecond > 0
                        ? Optional.of(Duration.ofMillis((long) (1000 * tasksLeft / tasksPerSecond)))
                        : Optional.empty());
    }
}
