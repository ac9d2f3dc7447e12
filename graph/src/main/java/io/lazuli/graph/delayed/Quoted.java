package io.lazuli.graph.delayed;

/// A [Delayed] as an argument that is meant itself, not its result.
record Quoted(Delayed<?> value) {
    @Override
    public String toString() {
        return "value(" + value + ")";
    }
}
