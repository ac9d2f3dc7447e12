package io.lazuli.graph.bag;

import io.lazuli.graph.function.Function0;
import io.lazuli.graph.function.Function1;
import io.lazuli.graph.function.Function2;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// What happens to each element on its way through a task: a part between its origin and its sink.
sealed interface Step extends Part
        permits Step.Mapped, Step.MappedWith, Step.Filtered, Step.FlatMapped, Step.PartitionMapped, Step.Sampled,
        Step.Head, Step.Folded, Step.Reduced, Step.FoldedByKey, Step.Joined, Step.Top, LinesWritten {
    /// A receiver that does this step and hands on to `next`.
    ///
    /// @param side input of `run` that is the side of this step; without meaning if it has none
    Receiver to(Receiver next, PartitionRun run, int side);

    /// True if the step reads a value that another part of the graph computes.
    default boolean hasSide() {
        return false;
    }

    /// Hands on what `function` makes of an element.
    record Mapped(String label, Function1<@Nullable Object, @Nullable Object> function) implements Step {
        @Override
        public Receiver to(Receiver next, PartitionRun run, int side) {
            return new Passing(label, next, run) {
                @Override
                public boolean accept(@Nullable Object element) {
                    calls.next();
                    return next.accept(calls.call(function, element));
                }
            };
        }
    }

    /// As [Mapped], with the side as the second argument.
    record MappedWith(Function2<@Nullable Object, @Nullable Object, @Nullable Object> function) implements Step {
        @Override
        public String label() {
            return "map";
        }

        @Override
        public boolean hasSide() {
            return true;
        }

        @Override
        public Receiver to(Receiver next, PartitionRun run, int side) {
            Object value = run.value(side);
            return new Passing(label(), next, run) {
                @Override
                public boolean accept(@Nullable Object element) {
                    calls.next();
                    return next.accept(calls.call(function, element, value));
                }
            };
        }
    }

    /// Hands on the elements for which `predicate` gives `kept`.
    record Filtered(String label, Function1<@Nullable Object, Boolean> predicate, boolean kept) implements Step {
        @Override
        public Receiver to(Receiver next, PartitionRun run, int side) {
            return new Passing(label, next, run) {
                @Override
                public boolean accept(@Nullable Object element) {
                    calls.next();
                    Boolean holds = calls.call(predicate, element);
                    if (holds == null) {
                        throw calls.returnedNull("true or false");
                    }
                    return holds != kept || next.accept(element);
                }
            };
        }
    }

    /// Hands on all that `function` makes of an element.
    record FlatMapped(Function1<@Nullable Object, ? extends Iterable<?>> function) implements Step {
        @Override
        public String label() {
            return "flatMap";
        }

        @Override
        public Receiver to(Receiver next, PartitionRun run, int side) {
            return new Passing(label(), run.cancellable(next), run) {
                @Override
                public boolean accept(@Nullable Object element) {
                    calls.next();
                    return handOnAll(calls.call(function, element));
                }
            };
        }
    }

    /// Hands on all that `function` makes of the list of a partition's elements.
    record PartitionMapped(Function1<@Nullable Object, ? extends Iterable<?>> function) implements Step {
        @Override
        public String label() {
            return "mapPartitions";
        }

        @Override
        public Receiver to(Receiver next, PartitionRun run, int side) {
            List<@Nullable Object> elements = new ArrayList<>();
            return new Passing(label(), run.cancellable(next), run) {
                @Override
                public boolean accept(@Nullable Object element) {
                    return elements.add(element);
                }

                @Override
                public void end() {
                    handOnAll(calls.call(function, Collections.unmodifiableList(elements)));
                    next.end();
                }
            };
        }
    }

    /// Hands on each element with probability `fraction`; which ones depends on `seed`, the partition and the place in it.
    record Sampled(double fraction, long seed) implements Step {
        @Override
        public String label() {
            return "sample";
        }

        @Override
        public Receiver to(Receiver next, PartitionRun run, int side) {
            SplittableRandom random = new SplittableRandom(StableHash.mix(seed) + run.partition());
            return new Passing(label(), next, run) {
                @Override
                public boolean accept(@Nullable Object element) {
                    return random.nextDouble() >= fraction || next.accept(element);
                }
            };
        }
    }

    /// Hands on the first `count` elements of a partition.
    record Head(int count) implements Step {
        @Override
        public String label() {
            return "take";
        }

        @Override
        public Receiver to(Receiver next, PartitionRun run, int side) {
            return new Passing(label(), next, run) {
                /// Elements that may still be handed on.
                private int left = count;

                @Override
                public boolean accept(@Nullable Object element) {
                    return left > 0 && next.accept(element) && --left > 0;
                }
            };
        }
    }

    /// Hands on one element for a partition: what `fold` makes of `initial` and all elements.
    record Folded(
            String label,
            Function0<@Nullable Object> initial,
            Function2<@Nullable Object, @Nullable Object, @Nullable Object> fold) implements Step {
        @Override
        public Receiver to(Receiver next, PartitionRun run, int side) {
            return new Passing(label, next, run) {
                private @Nullable Object folded = calls.call(initial);

                @Override
                public boolean accept(@Nullable Object element) {
                    calls.next();
                    folded = calls.call(fold, folded, element);
                    return true;
                }

                @Override
                public void end() {
                    next.accept(folded);
                    next.end();
                }
            };
        }
    }

    /// Hands on one element for a partition, or none if there are none: all elements made one, two by two.
    record Reduced(Function2<@Nullable Object, @Nullable Object, @Nullable Object> function) implements Step {
        @Override
        public String label() {
            return "reduce";
        }

        @Override
        public Receiver to(Receiver next, PartitionRun run, int side) {
            return new Passing(label(), next, run) {
                private boolean isEmpty = true;
                /// What the elements so far are together; without meaning if there were none.
                private @Nullable Object reduced;

                @Override
                public boolean accept(@Nullable Object element) {
                    calls.next();
                    reduced = isEmpty ? element : calls.call(function, reduced, element);
                    isEmpty = false;
                    return true;
                }

                @Override
                public void end() {
                    if (!isEmpty) {
                        next.accept(reduced);
                    }
                    next.end();
                }
            };
        }
    }

    /// Hands on a [Keyed] element for each key of a partition: what `fold` makes of `initial` and all elements with that key.
    record FoldedByKey(
            String label,
            Function1<@Nullable Object, @Nullable Object> key,
            Function0<@Nullable Object> initial,
            Function2<@Nullable Object, @Nullable Object, @Nullable Object> fold) implements Step {
        @Override
        public Receiver to(Receiver next, PartitionRun run, int side) {
            return new Passing(label, run.cancellable(next), run) {
                private final Grouped.Groups groups = new Grouped.Groups(initial, fold, calls);

                @Override
                public boolean accept(@Nullable Object element) {
                    calls.next();
                    groups.add(calls.call(key, element), element);
                    return true;
                }

                @Override
                public void end() {
                    groups.emit(next);
                    next.end();
                }
            };
        }
    }

    /// Hands on a [Pair] of an element and each value that the side, a map of lists, has for its key. Null matches nothing.
    record Joined(Function1<@Nullable Object, @Nullable Object> key) implements Step {
        @Override
        public String label() {
            return "join";
        }

        @Override
        public boolean hasSide() {
            return true;
        }

        @Override
        public Receiver to(Receiver next, PartitionRun run, int side) {
            Map<?, ?> lists = (Map<?, ?>) Objects.requireNonNull(run.value(side), "the other side of a join is a map");
            return new Passing(label(), run.cancellable(next), run) {
                @Override
                public boolean accept(@Nullable Object element) {
                    calls.next();
                    Object found = calls.call(key, element);
                    if (found == null || !(lists.get(found) instanceof List<?> others)) {
                        return true;
                    }
                    for (Object other : others) {
                        if (!next.accept(Pair.of(element, other))) {
                            return false;
                        }
                    }
                    return true;
                }
            };
        }
    }

    /// Hands on the `count` largest elements of a partition, the largest first; of equal ones those that came first.
    record Top(String label, int count,
            Function2<@Nullable Object, @Nullable Object, Integer> comparator) implements Step {
        @Override
        public Receiver to(Receiver next, PartitionRun run, int side) {
            return new TopElements(this, next, run);
        }
    }
}
