package io.lazuli.scheduler.internal.core;

import io.lazuli.graph.Dependency;

/// One dependency of one layer on another, seen from both ends. Single tasks are never linked: which tasks belong together
/// is computed from the pattern. Only [Dependency.Explicit], whose links exist as data anyway, gets a reverse index.
///
/// A *barrier* (broadcast or exchange) links every task with every other: it counts as one input of each consumer, missing
/// until the whole producer is there, and as one use of each producer, over when the whole consumer is done.
///
/// @param producer   index of the producing layer in the plan
/// @param consumer   index of the consuming layer
/// @param dependency index among the consumer's dependencies
/// @param uses       of an explicit dependency: consumers by producer partition; else null
public record Edge(int producer, int consumer, int dependency, Dependency pattern, Uses uses) {
    /// Consumers of producer partition `p`: `targets[offsets[p]]` up to `targets[offsets[p + 1]]`.
    public record Uses(int[] offsets, int[] targets) {
        static Uses of(Dependency.Explicit explicit, int producerCount) {
            int[] offsets = new int[producerCount + 1];
            for (int source : explicit.sources()) {
                offsets[source + 1]++;
            }
            for (int p = 0; p < producerCount; p++) {
                offsets[p + 1] += offsets[p];
            }
            int[] targets = new int[explicit.sources().length];
            int[] next = offsets.clone();
            for (int c = 0; c + 1 < explicit.offsets().length; c++) {
                for (int i = explicit.offsets()[c]; i < explicit.offsets()[c + 1]; i++) {
                    targets[next[explicit.sources()[i]]++] = c;
                }
            }
            return new Uses(offsets, targets);
        }
    }

    static Edge of(int producer, int consumer, int dependency, Dependency pattern, int producerCount) {
        Uses uses = pattern instanceof Dependency.Explicit explicit ? Uses.of(explicit, producerCount) : null;
        return new Edge(producer, consumer, dependency, pattern, uses);
    }

    boolean isBarrier() {
        return pattern instanceof Dependency.Broadcast || isExchange();
    }

    public boolean isExchange() {
        return pattern instanceof Dependency.Exchange;
    }

    /// How many inputs partition `partition` of the consumer waits for.
    int inputCount(int partition, int producerCount) {
        return switch (pattern) {
            case Dependency.OneToOne _, Dependency.Broadcast _, Dependency.Exchange _ -> 1;
            case Dependency.Tree tree ->
                Math.clamp(producerCount - (long) partition * tree.fanIn(), 0, tree.fanIn());
            case Dependency.Explicit explicit -> explicit.offsets()[partition + 1] - explicit.offsets()[partition];
        };
    }

    /// How many uses partition `partition` of the producer will see.
    int useCount(int partition) {
        return switch (pattern) {
            case Dependency.OneToOne _, Dependency.Broadcast _, Dependency.Exchange _, Dependency.Tree _ -> 1;
            case Dependency.Explicit _ -> uses.offsets()[partition + 1] - uses.offsets()[partition];
        };
    }
}
