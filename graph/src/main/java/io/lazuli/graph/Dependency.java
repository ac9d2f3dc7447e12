package io.lazuli.graph;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;

/// How the partitions of a layer depend on those of another (its producer).
///
/// ```
///   OneToOne   p <- p                     Exchange   p <- slice p of every partition
///   Broadcast  p <- every partition       Tree       p <- fanIn neighbours from p * fanIn
///   Explicit   p <- those listed for p     Kept       p waits for every partition, and reads none
/// ```
public sealed interface Dependency {
    /// The producer's token.
    Token on();

    /// The producer's partitions that partition `partition` of the consumer needs, in order.
    ///
    /// @param producerCount partitions of the producer
    IntStream partitions(int partition, int producerCount);

    /// The slice that consumer `partition` takes of each, or [Argument#WHOLE].
    default int slice(int partition) {
        return Argument.WHOLE;
    }

    /// False if the consumer's tasks need the producer's to be there, but read none.
    default boolean isRead() {
        return true;
    }

    /// Errors: IllegalArgumentException if the two partition counts do not go together.
    default void check(int consumerCount, int producerCount) {}

    /// Partition `p` reads partition `p`.
    record OneToOne(Token on) implements Dependency {
        public OneToOne {
            Objects.requireNonNull(on, "on is null");
        }

        @Override
        public IntStream partitions(int partition, int producerCount) {
            return IntStream.of(partition);
        }

        @Override
        public void check(int consumerCount, int producerCount) {
            if (consumerCount != producerCount) {
                throw new IllegalArgumentException(
                        "one-to-one needs equal partition counts, found " + consumerCount + " on " + producerCount);
            }
        }
    }

    /// Every partition reads all of the producer's.
    record Broadcast(Token on) implements Dependency {
        public Broadcast {
            Objects.requireNonNull(on, "on is null");
        }

        @Override
        public IntStream partitions(int partition, int producerCount) {
            return IntStream.range(0, producerCount);
        }
    }

    /// Every partition waits for all of the producer's and reads none: they stay where they are until the task has ended, and what it
    /// expanded to. For a task that decides how to go on with results that are too many for one worker.
    record Kept(Token on) implements Dependency {
        public Kept {
            Objects.requireNonNull(on, "on is null");
        }

        @Override
        public IntStream partitions(int partition, int producerCount) {
            return IntStream.range(0, producerCount);
        }

        @Override
        public boolean isRead() {
            return false;
        }
    }

    /// Every partition reads its own slice of all of the producer's: a shuffle. Each producer block has as many slices as the
    /// consumer has partitions; rows out of the producer equal rows into the consumer, and the engine checks it.
    record Exchange(Token on) implements Dependency {
        public Exchange {
            Objects.requireNonNull(on, "on is null");
        }

        @Override
        public IntStream partitions(int partition, int producerCount) {
            return IntStream.range(0, producerCount);
        }

        @Override
        public int slice(int partition) {
            return partition;
        }
    }

    /// One level of a reduction: partition `p` reads partitions `p * fanIn` up to `(p + 1) * fanIn`, fewer at the end.
    record Tree(Token on, int fanIn) implements Dependency {
        public Tree {
            Objects.requireNonNull(on, "on is null");
            if (fanIn < 2) {
                throw new IllegalArgumentException("fan-in must be at least 2, found " + fanIn);
            }
        }

        @Override
        public IntStream partitions(int partition, int producerCount) {
            long start = (long) partition * fanIn;
            return IntStream.range((int) Math.min(start, producerCount), (int) Math.min(start + fanIn, producerCount));
        }

        @Override
        public void check(int consumerCount, int producerCount) {
            if (consumerCount != Math.ceilDiv(producerCount, fanIn)) {
                throw new IllegalArgumentException(
                        "a tree of fan-in " + fanIn + " does not take " + producerCount + " partitions to "
                                + consumerCount);
            }
        }
    }

    /// Any pattern: partition `p` reads `sources[offsets[p]]` up to `sources[offsets[p + 1]]`. The arrays are not copied.
    record Explicit(Token on, int[] offsets, int[] sources) implements Dependency {
        public Explicit {
            Objects.requireNonNull(on, "on is null");
            if (offsets.length == 0 || offsets[0] != 0 || offsets[offsets.length - 1] != sources.length) {
                throw new IllegalArgumentException("offsets must run from 0 to the number of sources");
            }
            for (int i = 1; i < offsets.length; i++) {
                if (offsets[i - 1] > offsets[i]) {
                    throw new IllegalArgumentException(
                            "offsets must ascend, found " + offsets[i - 1] + " before " + offsets[i]);
                }
            }
        }

        @Override
        public IntStream partitions(int partition, int producerCount) {
            return IntStream.range(offsets[partition], offsets[partition + 1]).map(i -> sources[i]);
        }

        @Override
        public void check(int consumerCount, int producerCount) {
            if (offsets.length != consumerCount + 1) {
                throw new IllegalArgumentException(
                        "offsets describe " + (offsets.length - 1) + " partitions, not " + consumerCount);
            }
            for (int source : sources) {
                if (source < 0 || source >= producerCount) {
                    throw new IllegalArgumentException(
                            "partition " + source + " does not exist, the producer has " + producerCount);
                }
            }
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Explicit(Token thatOn, int[] thatOffsets, int[] thatSources)
                    && on.equals(thatOn)
                    && Arrays.equals(offsets, thatOffsets)
                    && Arrays.equals(sources, thatSources);
        }

        @Override
        public int hashCode() {
            return Objects.hash(on, Arrays.hashCode(offsets), Arrays.hashCode(sources));
        }

        @Override
        public String toString() {
            return "Explicit[on=" + on + ", " + (offsets.length - 1) + " partitions, " + sources.length + " sources]";
        }
    }
}
