package io.lazuli.graph;

import java.util.Objects;

/// The name of one result: partition `partition` of the layer with token `layer`. Equal keys are computed once.
public record Key(Token layer, int partition) implements Comparable<Key> {
    public Key {
        Objects.requireNonNull(layer, "layer is null");
        if (partition < 0) {
            throw new IllegalArgumentException("partition must not be negative, found " + partition);
        }
    }

    @Override
    public int compareTo(Key other) {
        int byLayer = layer.compareTo(other.layer);
        return byLayer != 0 ? byLayer : Integer.compare(partition, other.partition);
    }

    @Override
    public String toString() {
        return layer.abbreviation() + ":" + partition;
    }
}
