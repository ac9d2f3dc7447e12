package io.lazuli.scheduler.internal.cluster;

import io.lazuli.graph.JobOptions;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.internal.core.JobPlan;
import java.util.Map;

/// Makes jobs of graphs: bytes, and the code that they need.
@FunctionalInterface
public interface Packing {
    /// Errors: USER if something of the graph cannot travel.
    ///
    /// @param held what the graph starts from
    PackedJob pack(TaskGraph graph, JobOptions options, Map<Token, JobPlan.Held> held);

    /// What to tell the user of a job's failure.
    default LazuliException explain(LazuliException failure) {
        return failure;
    }
}
