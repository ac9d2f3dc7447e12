package io.lazuli.graph.bag;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.error.GraphErrors;
import io.lazuli.graph.function.Function0;
import io.lazuli.graph.function.Function1;
import io.lazuli.graph.function.Function2;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The plans of operations that do more than pass elements on.
final class Plans {
    /// Partial results that are combined in one task.
    private static final int FAN_IN = 16;

    private Plans() {}

    /// All partitions of `node` as one, by way of `step`, which may be done to any of them first: a tree.
    ///
    /// ```
    ///   37 partitions -> step -> 3 x (16 blocks -> step) -> 3 blocks -> step
    /// ```
    static Node reduced(Node node, Step first, Step step) {
        Node reduced = node.then(first);
        while (reduced.partitionCount() > 1) {
            int count = Math.ceilDiv(reduced.partitionCount(), FAN_IN);
            Dependency tree = new Dependency.Tree(reduced.token(), FAN_IN);
            reduced = Node.origin(new Origin.Elements(step.label()), count, List.of(reduced), List.of(tree)).then(step);
        }
        return reduced;
    }

    /// [Keyed] elements with equal keys meet in one of `count` partitions and become one, whose value is what `fold` makes of theirs.
    static Node shuffled(String label, Node keyed, int count, Function0<?> initial, Function2<?, ?, ?> fold) {
        Node scattered = keyed.into(new Sink.Scattered(label, count));
        return Node.origin(
                new Grouped(label, Known.cast(initial), Known.cast(fold)),
                count,
                List.of(scattered),
                List.of(new Dependency.Exchange(scattered.token())));
    }

    static Node zipped(Node left, Node right) {
        if (left.partitionCount() != right.partitionCount()) {
            throw GraphErrors.partitionsDiffer("zip", left.partitionCount(), right.partitionCount());
        }
        return Node.origin(new Origin.Zipped(), left.partitionCount(), List.of(left, right), List.of(
                new Dependency.OneToOne(left.token()), new Dependency.OneToOne(right.token())));
    }

    static Node concatenated(Node left, Node right) {
        int first = left.partitionCount();
        int count = Math.addExact(first, right.partitionCount());
        return Node.origin(new Origin.Elements("concat"), count, List.of(left, right), List.of(
                sources(left, count, p -> p < first ? IntStream.of(p) : IntStream.empty()),
                sources(right, count, p -> p < first ? IntStream.empty() : IntStream.of(p - first))));
    }

    static Node product(Node left, Node right) {
        int width = right.partitionCount();
        int count = Math.multiplyExact(left.partitionCount(), width);
        return Node.origin(new Origin.Product(), count, List.of(left, right), List.of(
                sources(left, count, p -> IntStream.of(p / width)),
                sources(right, count, p -> IntStream.of(p % width))));
    }

    /// Every task of `left` reads all of `right`, as lists by key.
    static Node joined(Node left, Node right, Function1<?, ?> key, Function1<?, ?> rightKey) {
        Node gathered = Node.origin(
                new Origin.Elements("join"), 1, List.of(right), List.of(new Dependency.Broadcast(right.token())));
        Node lists = gathered
                .then(new Step.Folded("join", Known.cast(Reductions.newMap()), Reductions.addToListOf(rightKey)))
                .into(new Sink.Only("join"));
        return left.then(new Step.Joined(Known.cast(key)), lists);
    }

    static Node repartitioned(Node node, int count) {
        int before = node.partitionCount();
        if (count <= before) {
            return Node.origin(new Origin.Elements("repartition"), count, List.of(node), List.of(sources(
                    node, count,
                    p -> IntStream.range(Cuts.bound(before, count, p), Cuts.bound(before, count, p + 1)))));
        }
        Origin.Portions portions = new Origin.Portions(before, count);
        return Node.origin(portions, count, List.of(node), List.of(
                sources(node, count, p -> IntStream.of(portions.source(p)))));
    }

    static Node accumulated(Node node, @Nullable Object initial, Function2<?, ?, ?> function) {
        Node accumulated = node.into(
                new Sink.Accumulated(Known.constant(initial), Known.cast(function)));
        return Node.origin(new Origin.Accumulations(), node.partitionCount(), List.of(accumulated), List.of(
                new Dependency.OneToOne(accumulated.token())));
    }

    /// Partition `p` of `count` reads the partitions `sources.apply(p)` of `node`.
    private static Dependency sources(Node node, int count, IntFunction<IntStream> sources) {
        int[] offsets = new int[count + 1];
        IntStream.Builder all = IntStream.builder();
        for (int p = 0; p < count; p++) {
            int[] own = sources.apply(p).toArray();
            offsets[p + 1] = offsets[p] + own.length;
            IntStream.of(own).forEach(all);
        }
        return new Dependency.Explicit(node.token(), offsets, all.build().toArray());
    }
}
