package io.lazuli.scheduler;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Graphs for tests.
public final class Graphs {
    private Graphs() {}

    public static Layer layer(String label, int partitionCount, int slices, Dependency... dependencies) {
        return Layer.of(new Mix(label.hashCode(), slices, 40), partitionCount, List.of(dependencies), label);
    }

    /// Layers of all patterns, wired at random.
    public static TaskGraph random(long seed, int rows) {
        Random random = new Random(seed);
        List<Layer> layers = new ArrayList<>();
        int count = 1 + random.nextInt(7);
        for (int i = 0; i < count; i++) {
            int partitionCount = 1 + random.nextInt(6);
            List<Dependency> dependencies = new ArrayList<>();
            int wanted = Math.min(layers.size(), random.nextInt(4));
            for (int d = 0; d < wanted; d++) {
                dependencies.add(dependency(random, layers.get(random.nextInt(layers.size())), partitionCount));
            }
            Mix mix = new Mix(seed * 100 + i, 1 + random.nextInt(6), random.nextInt(rows + 1));
            layers.add(Layer.of(mix, partitionCount, dependencies, "layer " + i));
        }
        return new TaskGraph(Map.of(), layers, layers.getLast().token());
    }

    private static Dependency dependency(Random random, Layer producer, int consumerCount) {
        Token on = producer.token();
        int producerCount = producer.partitionCount();
        List<Dependency> possible = new ArrayList<>();
        possible.add(new Dependency.Broadcast(on));
        possible.add(explicit(random, on, producerCount, consumerCount));
        if (producerCount == consumerCount) {
            possible.add(new Dependency.OneToOne(on));
        }
        if (((Mix) producer.operation()).slices() == consumerCount) {
            possible.add(new Dependency.Exchange(on));
            possible.add(new Dependency.Exchange(on));
        }
        for (int fanIn = 2; fanIn < 7; fanIn++) {
            if (Math.ceilDiv(producerCount, fanIn) == consumerCount) {
                possible.add(new Dependency.Tree(on, fanIn));
            }
        }
        return possible.get(random.nextInt(possible.size()));
    }

    private static Dependency explicit(Random random, Token on, int producerCount, int consumerCount) {
        int[] offsets = new int[consumerCount + 1];
        List<Integer> sources = new ArrayList<>();
        for (int c = 0; c < consumerCount; c++) {
            int count = random.nextInt(4);
            for (int i = 0; i < count; i++) {
                sources.add(random.nextInt(producerCount));
            }
            offsets[c + 1] = sources.size();
        }
        return new Dependency.Explicit(on, offsets, sources.stream().mapToInt(i -> i).toArray());
    }
}
