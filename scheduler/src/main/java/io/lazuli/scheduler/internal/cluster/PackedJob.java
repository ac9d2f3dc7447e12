package io.lazuli.scheduler.internal.cluster;

import io.lazuli.graph.TaskGraph;
import io.lazuli.scheduler.internal.code.Bundle;
import io.lazuli.scheduler.internal.job.Lineage;
import io.lazuli.scheduler.internal.wire.JobSpec;
import io.lazuli.scheduler.internal.wire.ShippedGraph;
import java.util.List;
import java.util.stream.Stream;

/// A job as it travels, and the code that it names.
public record PackedJob(JobSpec spec, List<Bundle> bundles) {
    public PackedJob {
        bundles = List.copyOf(bundles);
    }

    /// The same job, starting from nothing that is kept: what it starts from may be kept no more when it is to be made again.
    ///
    /// @param held what makes that from nothing
    PackedJob fromNothing(List<PackedJob> held) {
        if (held.isEmpty()) {
            return this;
        }
        List<Lineage> lineages = held.stream().map(PackedJob::lineage).toList();
        TaskGraph whole = Lineage.of(spec.graph().skeleton(), spec.options(), lineages).graph();
        List<Bundle> code = Stream.concat(Stream.of(this), held.stream())
                .flatMap(packed -> packed.bundles().stream())
                .distinct()
                .toList();
        List<String> hashes = code.stream().map(bundle -> bundle.hash().hex()).toList();
        return new PackedJob(JobSpec.of(ShippedGraph.shipped(whole), spec.options(), hashes), code);
    }

    private Lineage lineage() {
        return new Lineage(spec.graph().skeleton(), spec.options());
    }
}
