package io.lazuli.scheduler.internal.core;

import io.lazuli.graph.Dependency;
import java.util.function.IntConsumer;

/// One dependency of one layer on another, seen from both ends. Single tasks are never linked: which tasks belong together
/// is computed from the pattern. Only [Dependency.Explicit], whose links exist as data anyway, gets a reverse index.
///
/// A *barrier* (broadcast, exchange or kept) links every task with every other: it counts as one input of each consumer, missing
/// until the whole producer is there, and as one use of each producer, over when the whole consumer is done.
///
/// @param producer   index of the producing layer in the plan
/// @param consumer   index of the consuming layer
/// @param dependency index among the consumer's dependencies
/// @param uses       of an explicit dependency: consumers by producer partition; else empty
public record Edge(int producer, int consumer, int dependency, Dependency pattern, Uses uses) {
    /// Consumers of producer partition `p`: `targets[offsets[p]]` up to `targets[offsets[p + 1]]`.
    public record Uses(int[] offsets, int[] targets) {
        private static final Uses NONE = new Uses(new int[0], new int[0]);

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
        Uses uses = pattern instanceof Dependency.Explicit explicit ? Uses.of(explicit, producerCount) : Uses.NONE;
        return new Edge(producer, consumer, dependency, pattern, uses);
    }

    public boolean isBarrier() {
        return isBarrier(pattern);
    }

    static boolean isBarrier(Dependency pattern) {
        return switch (pattern) {
            case Dependency.Broadcast _, Dependency.Exchange _, Dependency.Kept _ -> true;
            case Dependency.OneToOne _, Dependency.Tree _, Dependency.Explicit _ -> false;
        };
    }

    public boolean isRead() {
        return pattern.isRead();
    }

    public boolean isExchange() {
        return pattern instanceof Dependency.Exchange;
    }

    /// How many inputs partition `partition` of the consumer waits for.
    int inputCount(int partition, int producerCount) {
        return switch (pattern) {
            case Dependency.OneToOne _, Dependency.Broadcast _, Dependency.Exchange _, Dependency.Kept _ -> 1;
            case Dependency.Tree tree ->
                Math.clamp(producerCount - (long) partition * tree.fanIn(), 0, tree.fanIn());
            case Dependency.Explicit explicit -> explicit.offsets()[partition + 1] - explicit.offsets()[partition];
        };
    }

    /// How many partitions of the producer partition `partition` of the consumer reads.
    public int readCount(int partition, int producerCount) {
        if (!isRead()) {
            return 0;
        }
        return isBarrier() ? producerCount : inputCount(partition, producerCount);
    }

    /// How many uses partition `partition` of the producer will see.
    int useCount(int partition) {
        return switch (pattern) {
            case Dependency.OneToOne _, Dependency.Broadcast _, Dependency.Exchange _, Dependency.Kept _, Dependency.Tree _ ->
                1;
            case Dependency.Explicit _ -> uses.offsets()[partition + 1] - uses.offsets()[partition];
        };
    }

    /// Calls `action` with each partition of the producer that partition `partition` of the consumer needs.
    public void forEachInput(int partition, int producerCount, IntConsumer action) {
        switch (pattern) {
            case Dependency.OneToOne _ -> action.accept(partition);
            case Dependency.Explicit explicit -> {
                for (int i = explicit.offsets()[partition]; i < explicit.offsets()[partition + 1]; i++) {
                    action.accept(explicit.sources()[i]);
                }
            }
            case Dependency.Tree tree -> {
                int first = partition * tree.fanIn();
                forEach(first, first + inputCount(partition, producerCount), action);
            }
            case Dependency.Broadcast _, Dependency.Exchange _, Dependency.Kept _ -> forEach(0, producerCount, action);
        }
    }

    private static void forEach(int from, int to, IntConsumer action) {
        for (int p = from; p < to; p++) {
            action.accept(p);
        }
    }

    /// The lowest partition of the consumer that reads the partition of the producer.
    public int firstReader(int partition) {
        return switch (pattern) {
            case Dependency.OneToOne _ -> partition;
            case Dependency.Tree tree -> partition / tree.fanIn();
            case Dependency.Explicit _ -> useCount(partition) == 0 ? 0 : uses.targets()[uses.offsets()[partition]];
            case Dependency.Broadcast _, Dependency.Exchange _, Dependency.Kept _ -> 0;
        };
    }

    /// Calls `action` with each partition of the consumer that reads partition `partition` of the producer, not for a barrier.
    void forEachUse(int partition, IntConsumer action) {
        switch (pattern) {
            case Dependency.OneToOne _ -> action.accept(partition);
            case Dependency.Tree tree -> action.accept(partition / tree.fanIn());
            case Dependency.Explicit _ -> {
                for (int i = uses.offsets()[partition]; i < uses.offsets()[partition + 1]; i++) {
                    action.accept(uses.targets()[i]);
                }
            }
            case Dependency.Broadcast _, Dependency.Exchange _, Dependency.Kept _ ->
                throw new IllegalStateException("all partitions read over " + pattern);
        }
    }
}
