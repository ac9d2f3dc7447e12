package io.lazuli.graph.bag;

import io.lazuli.graph.Token;
import io.lazuli.graph.Tokenized;
import io.lazuli.graph.error.GraphErrors;
import io.lazuli.graph.memory.Block;
import java.util.Iterator;
import java.util.List;

/// Where the elements of a partition come from: the first part of a task.
sealed interface Origin extends Part permits Origin.Listed, Origin.Range, Origin.Elements, Origin.Portions,
        Origin.Single, Origin.Accumulations, Origin.Iterated, Origin.Zipped, Origin.Product, Grouped, TextOrigin {
    /// The elements of the same partition of another layer.
    Origin PASSED_ON = new Elements("elements");

    /// Hands the elements of the partition of `run` to `next`, until it wants no more. Does not end it.
    void emit(PartitionRun run, Receiver next);

    /// Hands over all of `elements`; returns false if no more are wanted.
    private static boolean emitAll(List<?> elements, Receiver next) {
        for (Object element : elements) {
            if (!next.accept(element)) {
                return false;
            }
        }
        return true;
    }

    /// The user's own values: `partitions` are known when the graph is built.
    record Listed(List<List<?>> partitions, Token token) implements Origin, Tokenized {
        @Override
        public String label() {
            return "values";
        }

        @Override
        public void emit(PartitionRun run, Receiver next) {
            emitAll(partitions.get(run.partition()), next);
        }

        @Override
        public String toString() {
            return "Listed[" + partitions.size() + " partitions]";
        }
    }

    /// The numbers from `start` to before `end`, cut into `count` ranges.
    record Range(long start, long end, int count) implements Origin {
        @Override
        public String label() {
            return "range";
        }

        @Override
        public void emit(PartitionRun run, Receiver next) {
            long last = bound(run.partition() + 1);
            for (long number = bound(run.partition()); number < last; number++) {
                if (!next.accept(number)) {
                    return;
                }
            }
        }

        private long bound(int partition) {
            return start + Cuts.bound(end - start, count, partition);
        }
    }

    /// The elements of all blocks that the task depends on, in order.
    record Elements(String label) implements Origin {
        @Override
        public void emit(PartitionRun run, Receiver next) {
            for (int input = 0; input < run.originInputCount(); input++) {
                for (Block block : run.blocks(input)) {
                    if (!emitAll(run.elements(input, block), next)) {
                        return;
                    }
                }
            }
        }
    }

    /// A part of the one block that the task depends on, where `sourceCount` blocks are cut into `count` partitions.
    record Portions(int sourceCount, int count) implements Origin {
        @Override
        public String label() {
            return "repartition";
        }

        @Override
        public void emit(PartitionRun run, Receiver next) {
            int source = source(run.partition());
            int first = first(source);
            int portions = first(source + 1) - first;
            int portion = run.partition() - first;
            List<?> elements = run.elements(0, run.blocks(0).getFirst());
            emitAll(elements.subList(Cuts.bound(elements.size(), portions, portion),
                    Cuts.bound(elements.size(), portions, portion + 1)), next);
        }

        /// The block that a partition is cut from.
        int source(int partition) {
            return (int) ((long) partition * sourceCount / count);
        }

        private int first(int source) {
            return (int) Math.ceilDiv((long) source * count, (long) sourceCount);
        }
    }

    /// The value of the one block that the task depends on, as the only element.
    record Single(String label) implements Origin {
        @Override
        public void emit(PartitionRun run, Receiver next) {
            next.accept(run.value(0));
        }
    }

    /// The elements of the iterable that the one block which the task depends on is.
    record Iterated(String label) implements Origin {
        @Override
        public void emit(PartitionRun run, Receiver next) {
            if (!(run.value(0) instanceof Iterable<?> elements)) {
                throw GraphErrors.notIterable(run.partition(), run.value(0));
            }
            UserCalls calls = new UserCalls(label, run);
            for (Iterator<?> iterator = calls.iterator(elements); calls.hasNext(iterator);) {
                calls.next();
                if (!next.accept(calls.next(iterator))) {
                    return;
                }
            }
        }
    }

    /// The elements that [Sink.Accumulated] made.
    record Accumulations() implements Origin {
        @Override
        public String label() {
            return "accumulate";
        }

        @Override
        public void emit(PartitionRun run, Receiver next) {
            if (run.value(0) instanceof Sink.Accumulation(List<?> elements, var _)) {
                emitAll(elements, next);
            }
        }
    }

    /// Pairs of the elements at the same places of two blocks.
    record Zipped() implements Origin {
        @Override
        public String label() {
            return "zip";
        }

        @Override
        public void emit(PartitionRun run, Receiver next) {
            List<?> left = run.elements(0, run.blocks(0).getFirst());
            List<?> right = run.elements(1, run.blocks(1).getFirst());
            if (left.size() != right.size()) {
                throw GraphErrors.lengthsDiffer("zip", run.partition(), left.size(), right.size());
            }
            for (int i = 0; i < left.size(); i++) {
                if (!next.accept(Pair.of(left.get(i), right.get(i)))) {
                    return;
                }
            }
        }
    }

    /// Every element of one block with every element of the other.
    record Product() implements Origin {
        @Override
        public String label() {
            return "product";
        }

        @Override
        public void emit(PartitionRun run, Receiver next) {
            List<?> right = run.elements(1, run.blocks(1).getFirst());
            for (Object a : run.elements(0, run.blocks(0).getFirst())) {
                for (Object b : right) {
                    if (!next.accept(Pair.of(a, b))) {
                        return;
                    }
                }
            }
        }
    }
}
