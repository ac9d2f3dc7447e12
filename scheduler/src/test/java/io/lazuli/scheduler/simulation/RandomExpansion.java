package io.lazuli.scheduler.simulation;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import io.lazuli.scheduler.internal.core.JobPlan;
import io.lazuli.scheduler.internal.core.LayerPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The graph that a task returns in place of its result: always the same for the same task. It starts from some of the task's
/// inputs, and from nothing if there are none.
final class RandomExpansion {
    private final Dice dice;
    private final Work work;
    private final int depth;
    private final Map<Token, Integer> held = new LinkedHashMap<>();

    private RandomExpansion(Work work, int partition, int depth) {
        this.dice = new Dice(Work.mix(work.start(partition), depth));
        this.work = work;
        this.depth = depth;
    }

    static Expected of(
            Expected parent, LayerPlan layer, int partition, int depth, Map<Token, Value[]> values) {
        RandomExpansion expansion = new RandomExpansion(Expected.work(layer), partition, depth);
        TaskGraph graph = expansion.graph(layer.layer().orElseThrow(), partition, values);
        JobPlan plan = JobPlan.of(graph, Map.of(), parent.options);
        return new Expected(plan, parent.options, values);
    }

    private TaskGraph graph(Layer layer, int partition, Map<Token, Value[]> values) {
        List<Layer> layers = new ArrayList<>();
        int first = dice.between(1, 3);
        List<Dependency> inputs = new ArrayList<>();
        for (Dependency dependency : layer.dependencies()) {
            int count = values.get(dependency.on()).length;
            int[] read = dependency.partitions(partition, count).toArray();
            if (read.length > 0 && dice.chance(0.8)) {
                held.put(dependency.on(), count);
                inputs.add(some(dependency.on(), read, first));
            }
        }
        layers.add(layer(first, inputs));
        if (dice.chance(0.5)) {
            layers.add(layer(first, List.of(new Dependency.OneToOne(layers.getFirst().token()))));
        }
        if (first > 1) {
            layers.add(layer(1, List.of(new Dependency.Broadcast(layers.getLast().token()))));
        }
        return new TaskGraph(held, layers, layers.getLast().token());
    }

    /// Each of `consumers` partitions reads one or two of those that the expanding task was given.
    private Dependency some(Token on, int[] read, int consumers) {
        int[] offsets = new int[consumers + 1];
        int[] sources = new int[2 * consumers];
        for (int c = 0; c < consumers; c++) {
            int end = offsets[c] + dice.between(1, 2);
            for (int i = offsets[c]; i < end; i++) {
                sources[i] = read[dice.below(read.length)];
            }
            offsets[c + 1] = end;
        }
        return new Dependency.Explicit(on, offsets, Arrays.copyOf(sources, offsets[consumers]));
    }

    private Layer layer(int partitions, List<Dependency> dependencies) {
        Map<Integer, Temper> tempers =
                depth > 1 && dice.chance(0.5) ? Map.of(0, new Temper.Expanding(depth - 1)) : Map.of();
        Work operation =
                new Work(dice.any(), dice.below(20), work.bytes(), work.grantBytes(), work.meanNanos(), tempers);
        return new Layer(new Token(dice.any(), dice.any()), operation, partitions, dependencies, "expanded");
    }
}
