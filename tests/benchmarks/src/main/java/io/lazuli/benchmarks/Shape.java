package io.lazuli.benchmarks;

import io.lazuli.graph.Annotations;
import io.lazuli.graph.Dependency;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.delayed.Delayed;
import io.lazuli.graph.delayed.DelayedFunction1;
import io.lazuli.graph.delayed.DelayedListFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Graphs of [#TASKS] tasks (give or take one in ten thousand) that ask different things of a scheduler.
public enum Shape {
    /// Ten layers of 10,000.
    ONE_TO_ONE {
        @Override
        TaskGraph graph() {
            List<Layer> layers = new ArrayList<>(List.of(layer(0, TASKS / 10)));
            for (int i = 1; i < 10; i++) {
                layers.add(layer(i, TASKS / 10, new Dependency.OneToOne(layers.getLast().token())));
            }
            return TaskGraph.of(layers);
        }
    },

    /// Pairs, and pairs of these, down to one.
    TREE_2 {
        @Override
        TaskGraph graph() {
            return tree(50_000, 2);
        }
    },

    TREE_16 {
        @Override
        TaskGraph graph() {
            return tree(93_750, 16);
        }
    },

    /// The same tree as separate calls: one layer, linked task by task.
    CALLS {
        @Override
        TaskGraph graph() {
            List<Delayed<Integer>> level = new ArrayList<>(IntStream.range(0, 93_750).mapToObj(INCREMENT::call).toList());
            while (level.size() > 1) {
                List<Delayed<Integer>> next = new ArrayList<>();
                for (int i = 0; i < level.size(); i += 16) {
                    next.add(SUM.call(level.subList(i, Math.min(i + 16, level.size()))));
                }
                level = next;
            }
            return level.getFirst().graph();
        }
    },

    /// Calls of which each needs the one before: never more than one task is ready.
    CHAIN {
        @Override
        TaskGraph graph() {
            Delayed<Integer> chain = INCREMENT.call(0);
            for (int i = 1; i < TASKS; i++) {
                chain = INCREMENT.call(chain);
            }
            return chain.graph();
        }
    },

    /// All but one read the first.
    FAN_OUT {
        @Override
        TaskGraph graph() {
            Layer first = layer(0, 1);
            return TaskGraph.of(List.of(first, layer(1, TASKS - 1, new Dependency.Broadcast(first.token()))));
        }
    },

    /// The last reads all others.
    FAN_IN {
        @Override
        TaskGraph graph() {
            Layer first = layer(0, TASKS - 1);
            return TaskGraph.of(List.of(first, layer(1, 1, new Dependency.Broadcast(first.token()))));
        }
    },

    /// Half of them read a slice of each of the other half. Rows: none.
    EXCHANGE {
        @Override
        TaskGraph graph() {
            Layer first = layer(0, TASKS / 2);
            return TaskGraph.of(List.of(first, layer(1, TASKS / 2, new Dependency.Exchange(first.token()))));
        }
    },

    /// A thousand layers, ready at once and each as urgent as it likes.
    READY_LAYERS {
        @Override
        TaskGraph graph() {
            List<Layer> layers = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                Annotations urgency = Annotations.NONE.withPriority(i * 7919 % 1000);
                layers.add(layer(i, TASKS / 1000).withAnnotations(urgency));
            }
            List<Dependency> all = new ArrayList<>();
            layers.forEach(layer -> all.add(new Dependency.Broadcast(layer.token())));
            layers.add(layer(1000, 1, all.toArray(Dependency[]::new)));
            return TaskGraph.of(layers);
        }
    };

    static final int TASKS = 100_000;

    private static final DelayedFunction1<Integer, Integer> INCREMENT = Delayed.function((Integer i) -> i + 1);
    private static final DelayedListFunction<Integer, Integer> SUM =
            Delayed.functionOfAll((List<Integer> all) -> all.stream().mapToInt(i -> i).sum());

    abstract TaskGraph graph();

    private static Layer layer(int number, int partitionCount, Dependency... dependencies) {
        return Layer.of(new Nothing(number), partitionCount, List.of(dependencies), "layer " + number);
    }

    private static TaskGraph tree(int leafCount, int fanIn) {
        List<Layer> layers = new ArrayList<>(List.of(layer(0, leafCount)));
        while (layers.getLast().partitionCount() > 1) {
            Layer below = layers.getLast();
            int count = Math.ceilDiv(below.partitionCount(), fanIn);
            layers.add(layer(layers.size(), count, new Dependency.Tree(below.token(), fanIn)));
        }
        return TaskGraph.of(layers);
    }
}
