package io.lazuli.graph.bag;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.Token;
import io.lazuli.graph.Upstream;
import java.util.List;
import java.util.stream.IntStream;

/// One part of a bag's plan, with what it reads. Immutable; what it is by content is known when it is made, so that equal parts
/// of a graph are computed once.
///
/// Steps and sinks are *piped*: they take the elements of `inputs[0]` one by one, in the same task where nobody else reads it.
/// All other inputs are read as blocks.
///
/// @param dependencies how it reads each of `inputs`
record Node(Part part, int partitionCount, List<Node> inputs, List<Dependency> dependencies, Token token) {
    static Node origin(Origin origin, int partitionCount, List<Node> inputs, List<Dependency> dependencies) {
        return new Node(origin, partitionCount, inputs, dependencies,
                Token.of("bag", origin, partitionCount, dependencies));
    }

    static Node source(Origin origin, int partitionCount) {
        return origin(origin, partitionCount, List.of(), List.of());
    }

    static Node given(Upstream upstream) {
        return new Node(new Given(upstream), upstream.partitionCount(), List.of(), List.of(), upstream.token());
    }

    /// One partition for each of `upstream`, made by `origin`.
    static Node from(Upstream upstream, Origin origin) {
        return origin(origin, upstream.partitionCount(), List.of(given(upstream)),
                List.of(new Dependency.OneToOne(upstream.token())));
    }

    /// This node, and then `step` for each element.
    Node then(Step step) {
        return piped(step, List.of(this), List.of(new Dependency.OneToOne(token)));
    }

    /// As [#then], for a step that reads `side`, which is one block.
    Node then(Step step, Node side) {
        return piped(
                step, List.of(this, side),
                List.of(new Dependency.OneToOne(token), new Dependency.Broadcast(side.token)));
    }

    /// This node, whose partitions end as `sink` says.
    Node into(Sink sink) {
        return piped(sink, List.of(this), List.of(new Dependency.OneToOne(token)));
    }

    private Node piped(Part part, List<Node> inputs, List<Dependency> dependencies) {
        return new Node(part, partitionCount, inputs, dependencies, Token.of("bag", part, dependencies));
    }

    /// How each task of a chained sink reads the task before it.
    Dependency before() {
        int[] offsets = IntStream.rangeClosed(0, partitionCount).map(p -> Math.max(0, p - 1)).toArray();
        return new Dependency.Explicit(token, offsets, IntStream.range(0, partitionCount - 1).toArray());
    }

    boolean isPiped() {
        return part instanceof Step || part instanceof Sink;
    }

    /// Equal content is equal work.
    @Override
    public boolean equals(Object other) {
        return other instanceof Node that && token.equals(that.token);
    }

    @Override
    public int hashCode() {
        return token.hashCode();
    }

    @Override
    public String toString() {
        return token.abbreviation() + " " + part.label();
    }
}
