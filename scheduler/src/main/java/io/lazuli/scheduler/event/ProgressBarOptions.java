package io.lazuli.scheduler.event;

import java.time.Duration;
import java.util.Objects;

/// How a [ProgressBar] is shown.
///
/// @param minimum  jobs that end sooner are not shown
/// @param interval time between two frames, at least
/// @param width    columns of the terminal; zero to ask it, which also follows changes; where that cannot be done the environment's `COLUMNS`, or 80
/// @param isForced shown even if the output does not look like a terminal
public record ProgressBarOptions(Duration minimum, Duration interval, int width, boolean isForced) {
    public static final ProgressBarOptions DEFAULTS =
            new ProgressBarOptions(Duration.ofMillis(500), Duration.ofMillis(100), 0, false);

    public ProgressBarOptions {
        Objects.requireNonNull(minimum, "minimum is null");
        Objects.requireNonNull(interval, "interval is null");
        if (minimum.isNegative() || !interval.isPositive() || width < 0) {
            throw new IllegalArgumentException(
                    "minimum and width must not be negative and interval must be positive, found %s, %d and %s"
                            .formatted(minimum, width, interval));
        }
    }

    public ProgressBarOptions withMinimum(Duration minimum) {
        return new ProgressBarOptions(minimum, interval, width, isForced);
    }

    public ProgressBarOptions withInterval(Duration interval) {
        return new ProgressBarOptions(minimum, interval, width, isForced);
    }

    public ProgressBarOptions withWidth(int width) {
        return new ProgressBarOptions(minimum, interval, width, isForced);
    }

    public ProgressBarOptions withForced(boolean isForced) {
        return new ProgressBarOptions(minimum, interval, width, isForced);
    }
}
