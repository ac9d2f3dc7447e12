package io.lazuli.scheduler.simulation;

import io.lazuli.graph.Annotations;
import io.lazuli.graph.Dependency;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// A graph with layers of all patterns, wired at random, and tasks of all tempers.
final class RandomGraph {
    private final Dice dice;
    private final Scenario scenario;
    /// Share of tasks that are special.
    private final double odd;
    private final List<Layer> layers = new ArrayList<>();
    /// What the graph starts from: partition counts.
    private final Map<Token, Integer> held;
    private final List<Token> producers = new ArrayList<>();

    RandomGraph(Dice dice, Scenario scenario, Map<Token, Integer> held) {
        this.dice = dice;
        this.scenario = scenario;
        this.held = held;
        this.producers.addAll(held.keySet());
        this.odd = scenario.hasOddTasks() && dice.chance(0.6) ? dice.pick(List.of(0.03, 0.1, 0.3)) : 0;
    }

    TaskGraph build() {
        int count = dice.between(1, scenario.largestGraph());
        for (int i = 0; i < count; i++) {
            layers.add(layer(i));
            producers.add(layers.getLast().token());
        }
        return new TaskGraph(held, layers, layers.getLast().token());
    }

    private Layer layer(int index) {
        int partitions = dice.between(1, scenario.widestLayer());
        Token token = new Token(dice.any(), dice.any());
        List<Dependency> dependencies = new ArrayList<>();
        int wanted = producers.isEmpty() ? 0 : dice.between(1, 3);
        for (int d = 0; d < wanted; d++) {
            Token producer = dice.chance(0.5) ? producers.getLast() : dice.pick(producers);
            dependencies.add(dependency(producer, partitionCount(producer), partitions));
        }
        if (dice.chance(0.2)) {
            dependencies.add(dice.below(dependencies.size() + 1), onItself(token, partitions));
        }
        return new Layer(token, work(partitions), partitions, dependencies, "layer " + index, annotations());
    }

    private int partitionCount(Token producer) {
        return layers.stream()
                .filter(layer -> layer.token().equals(producer))
                .findFirst()
                .map(Layer::partitionCount)
                .orElseGet(() -> held.get(producer));
    }

    private Dependency dependency(Token on, int producers, int consumers) {
        List<Dependency> possible = new ArrayList<>();
        possible.add(new Dependency.Broadcast(on));
        possible.add(new Dependency.Exchange(on));
        possible.add(new Dependency.Kept(on));
        possible.add(explicit(on, producers, consumers));
        if (producers == consumers) {
            possible.add(new Dependency.OneToOne(on));
            possible.add(new Dependency.OneToOne(on));
        }
        for (int fanIn = 2; fanIn < 9; fanIn++) {
            if (Math.ceilDiv(producers, fanIn) == consumers) {
                possible.add(new Dependency.Tree(on, fanIn));
            }
        }
        return dice.pick(possible);
    }

    private Dependency explicit(Token on, int producers, int consumers) {
        int[] offsets = new int[consumers + 1];
        List<Integer> sources = new ArrayList<>();
        for (int c = 0; c < consumers; c++) {
            int count = dice.below(4);
            for (int i = 0; i < count; i++) {
                sources.add(dice.below(producers));
            }
            offsets[c + 1] = sources.size();
        }
        return new Dependency.Explicit(on, offsets, sources.stream().mapToInt(i -> i).toArray());
    }

    private Dependency onItself(Token token, int partitions) {
        int[] offsets = new int[partitions + 1];
        List<Integer> sources = new ArrayList<>();
        for (int p = 0; p < partitions; p++) {
            int count = p == 0 ? 0 : dice.below(3);
            for (int i = 0; i < count; i++) {
                sources.add(dice.below(p));
            }
            offsets[p + 1] = sources.size();
        }
        return new Dependency.Explicit(token, offsets, sources.stream().mapToInt(i -> i).toArray());
    }

    private Work work(int partitions) {
        Map<Integer, Temper> tempers = new TreeMap<>();
        for (int p = 0; p < partitions; p++) {
            if (dice.chance(odd)) {
                tempers.put(p, temper());
            }
        }
        long bytes = dice.chance(0.1) ? 0 : dice.between(1L, scenario.largestResult());
        long grant =
                dice.chance(0.02) ? 2 * scenario.workerBytes() : bytes + dice.between(0L, scenario.largestResult());
        return new Work(dice.any(), dice.below(50), bytes, grant, dice.around(scenario.meanTaskNanos()), tempers);
    }

    private Temper temper() {
        int roll = dice.below(100);
        if (roll < 30) {
            return new Temper.Flaky(dice.between(1, 2));
        } else if (roll < 55) {
            return new Temper.Expanding(dice.between(1, 3));
        } else if (roll < 67) {
            return new Temper.Greedy(dice.between(1L, scenario.workerBytes()));
        } else if (roll < 80) {
            return new Temper.Waiting();
        } else if (roll < 84) {
            return new Temper.Broken(dice.chance(0.5));
        } else if (roll < 90) {
            return new Temper.Deadly(dice.chance(0.5) ? Temper.Deadly.ALWAYS : dice.between(1, 2));
        } else if (roll < 97) {
            return new Temper.Endless(dice.chance(0.5));
        }
        return new Temper.Leaky();
    }

    private Annotations annotations() {
        Annotations annotations = Annotations.NONE;
        if (dice.chance(0.2)) {
            annotations = annotations.withPriority(dice.between(-2, 2));
        }
        if (dice.chance(0.1)) {
            annotations = annotations.withRetries(dice.below(4));
        }
        if (dice.chance(0.1)) {
            annotations = annotations.withWorkers(Set.of("big", dice.chance(0.5) ? "worker 0" : "elsewhere"));
        }
        if (dice.chance(0.1)) {
            annotations = annotations.withResources(Map.of("gpu", dice.between(1, 2)));
        }
        if (scenario.hasOddTasks() && dice.chance(0.01)) {
            annotations = annotations.withWorkers(Set.of("nowhere"));
        }
        return annotations;
    }
}
