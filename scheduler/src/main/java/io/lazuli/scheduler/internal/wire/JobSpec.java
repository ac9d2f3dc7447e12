package io.lazuli.scheduler.internal.wire;

import io.lazuli.graph.JobOptions;
import io.lazuli.graph.Operation;
import io.lazuli.graph.Token;
import io.lazuli.scheduler.internal.core.JobPlan;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A job as it is submitted.
///
/// @param held     what the graph starts from: outputs of jobs that are kept
/// @param makers   what made these; the scheduler knows
/// @param bundles  hashes of the code that its operations need, see [io.lazuli.scheduler.internal.code]
public record JobSpec(ShippedGraph graph, JobOptions options, Map<Token, JobPlan.Held> held,
        Map<Token, Operation> makers,
        List<String> bundles) {
    public JobSpec {
        Objects.requireNonNull(graph, "graph is null");
        Objects.requireNonNull(options, "options is null");
        held = Map.copyOf(held);
        makers = Map.copyOf(makers);
        bundles = List.copyOf(bundles);
    }

    /// A job that starts from nothing that is kept.
    public static JobSpec of(ShippedGraph graph, JobOptions options, List<String> bundles) {
        return new JobSpec(graph, options, Map.of(), Map.of(), bundles);
    }

    public JobSpec withMakers(Map<Token, Operation> those) {
        return new JobSpec(graph, options, held, those, bundles);
    }

    /// The same for all who know the spec, whether they know what its operations do or not.
    public JobPlan plan() {
        return JobPlan.of(graph.skeleton(), held, options);
    }
}
