package io.lazuli.scheduler.internal.code;

import java.util.List;

/// A task graph as another process can run it.
///
/// @param bytes   what [io.lazuli.graph.codec.ValueCodec] decodes with the classes of `bundles`
/// @param bundles in the order in which classes are looked for
public record PortableGraph(byte[] bytes, List<Bundle> bundles) {
    /// What a [CodeStore] leases.
    public List<CodeHash> hashes() {
        return bundles.stream().map(Bundle::hash).toList();
    }
}
