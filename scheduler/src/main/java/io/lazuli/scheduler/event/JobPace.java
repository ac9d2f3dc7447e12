package io.lazuli.scheduler.event;

import java.util.List;
import java.util.Objects;

/// A job on its way.
///
/// @param summary of it so far
/// @param layers  in the order of the layers of the summary's progress
/// @param inner   in the order of the summary's
/// @param all     of all layers; how long is left is known once all have begun
public record JobPace(JobSummary summary, List<Pace> layers, List<Pace> inner, Pace all) {
    public JobPace {
        Objects.requireNonNull(summary, "summary is null");
        Objects.requireNonNull(all, "all is null");
        layers = List.copyOf(layers);
        inner = List.copyOf(inner);
    }
}
