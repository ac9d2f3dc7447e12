package io.lazuli.graph.bag;

import io.lazuli.graph.Upstream;

/// Partitions that another collection makes, or an engine keeps.
record Given(Upstream upstream) implements Part {
    @Override
    public String label() {
        return upstream.toString();
    }
}
