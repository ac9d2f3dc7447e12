package io.lazuli.graph.bag;

import io.lazuli.graph.error.GraphErrors;
import io.lazuli.graph.function.Function0;
import io.lazuli.graph.function.Function2;
import io.lazuli.graph.memory.Block;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a partition ends as: the last part of a task.
sealed interface Sink extends Part {
    /// Takes elements and then gives the block of the task.
    interface Target extends Receiver {
        /// Ownership: the caller's.
        Block toBlock();
    }

    Target open(PartitionRun run);

    /// True if each task reads what the task of the partition before it made.
    default boolean isChained() {
        return false;
    }

    /// A list of the elements.
    record Collected() implements Sink {
        @Override
        public String label() {
            return "collect";
        }

        @Override
        public Target open(PartitionRun run) {
            List<@Nullable Object> elements = new ArrayList<>();
            return new Target() {
                @Override
                public boolean accept(@Nullable Object element) {
                    return elements.add(element);
                }

                @Override
                public Block toBlock() {
                    return ListBlocks.of(elements);
                }
            };
        }
    }

    /// The only element itself, for [BagValue]. Errors: USER if there is none.
    record Only(String label) implements Sink {
        @Override
        public Target open(PartitionRun run) {
            List<@Nullable Object> elements = new ArrayList<>(1);
            return new Target() {
                @Override
                public boolean accept(@Nullable Object element) {
                    return elements.add(element);
                }

                @Override
                public Block toBlock() {
                    if (elements.isEmpty()) {
                        throw GraphErrors.emptyBag(label);
                    }
                    return ListBlocks.ofValue(elements.getFirst());
                }
            };
        }
    }

    /// The beginning of a shuffle: [Keyed] elements in `sliceCount` slices by the hash of their key.
    record Scattered(String label, int sliceCount) implements Sink {
        @Override
        public Target open(PartitionRun run) {
            return new Scatter(label, sliceCount, run);
        }
    }

    /// Running results of `fold` from the first element of the bag on: each partition goes on where the one before it ended.
    record Accumulated(
            Function0<@Nullable Object> initial,
            Function2<@Nullable Object, @Nullable Object, @Nullable Object> fold) implements Sink {
        @Override
        public String label() {
            return "accumulate";
        }

        @Override
        public boolean isChained() {
            return true;
        }

        @Override
        public Target open(PartitionRun run) {
            UserCalls calls = new UserCalls(label(), run);
            List<Block> before = run.lastInput();
            return new Target() {
                private final List<@Nullable Object> elements = new ArrayList<>();
                /// The result after all elements so far.
                private @Nullable Object last = before.isEmpty() ? calls.call(initial) : Accumulation.last(before);

                @Override
                public boolean accept(@Nullable Object element) {
                    calls.next();
                    last = calls.call(fold, last, element);
                    return elements.add(last);
                }

                @Override
                public Block toBlock() {
                    return ListBlocks.ofValue(new Accumulation(elements, last));
                }
            };
        }
    }

    /// A partition of running results.
    ///
    /// @param last the result where the next partition goes on, also if this one is empty
    record Accumulation(List<?> elements, @Nullable Object last) {
        private static @Nullable Object last(List<Block> before) {
            return before.getFirst().value() instanceof Accumulation(var _, Object last) ? last : null;
        }
    }
}
