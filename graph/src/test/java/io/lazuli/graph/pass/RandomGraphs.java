package io.lazuli.graph.pass;

import io.lazuli.graph.Annotations;
import io.lazuli.graph.Dependency;
import io.lazuli.graph.Dependency.Broadcast;
import io.lazuli.graph.Dependency.Exchange;
import io.lazuli.graph.Dependency.Explicit;
import io.lazuli.graph.Dependency.Kept;
import io.lazuli.graph.Dependency.OneToOne;
import io.lazuli.graph.Dependency.Tree;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// Graphs of all patterns, wired at random, rich in what passes look for: chains of layers, chains of tasks, results that
/// nobody reads.
public final class RandomGraphs {
    private final Random random;
    private final List<Layer> layers = new ArrayList<>();

    private RandomGraphs(long seed) {
        this.random = new Random(seed);
    }

    public static TaskGraph of(long seed) {
        RandomGraphs graphs = new RandomGraphs(seed);
        int count = 1 + graphs.random.nextInt(9);
        for (int i = 0; i < count; i++) {
            graphs.addLayer(seed * 100 + i, "layer " + i);
        }
        List<Layer> layers = graphs.layers;
        Layer output = layers.get(Math.max(0, count - 1 - graphs.random.nextInt(2)));
        return new TaskGraph(Map.of(), layers, output.token());
    }

    private void addLayer(long seed, String label) {
        Token token = Token.of(seed, label);
        List<Dependency> dependencies = new ArrayList<>();
        int partitionCount = 1 + random.nextInt(7);
        int kind = random.nextInt(10);
        if (!layers.isEmpty() && kind < 4) {
            partitionCount = layers.getLast().partitionCount();
            dependencies.add(new OneToOne(layers.getLast().token()));
        } else if (!layers.isEmpty()) {
            for (int d = random.nextInt(4); d > 0; d--) {
                dependencies.add(dependency(layers.get(random.nextInt(layers.size())), partitionCount));
            }
        }
        if (kind >= 7) {
            partitionCount = dependencies.isEmpty() ? partitionCount + random.nextInt(20) : partitionCount;
            dependencies.add(random.nextInt(dependencies.size() + 1), within(token, partitionCount));
        }
        Hash operation = new Hash(seed, 1 + random.nextInt(6));
        layers.add(new Layer(token, operation, partitionCount, dependencies, label, annotations()));
    }

    private Annotations annotations() {
        return switch (random.nextInt(8)) {
            case 0 -> Annotations.NONE.withPriority(random.nextInt(3));
            case 1 -> Annotations.NONE.withTimeout(Duration.ofMinutes(1));
            case 2 -> Annotations.NONE.withRetries(random.nextInt(3));
            case 3 -> Annotations.NONE.withWorkers(Set.of("w" + random.nextInt(2)));
            default -> Annotations.NONE;
        };
    }

    private Dependency dependency(Layer producer, int consumerCount) {
        Token on = producer.token();
        int producerCount = producer.partitionCount();
        List<Dependency> possible = new ArrayList<>();
        possible.add(new Broadcast(on));
        possible.add(new Kept(on));
        possible.add(explicit(on, producerCount, consumerCount));
        possible.add(explicit(on, producerCount, consumerCount));
        if (producerCount == consumerCount) {
            possible.add(new OneToOne(on));
        }
        if (((Hash) producer.operation()).slices() == consumerCount) {
            possible.add(new Exchange(on));
            possible.add(new Exchange(on));
        }
        for (int fanIn = 2; fanIn < 7; fanIn++) {
            if (Math.ceilDiv(producerCount, fanIn) == consumerCount) {
                possible.add(new Tree(on, fanIn));
            }
        }
        return possible.get(random.nextInt(possible.size()));
    }

    private Explicit explicit(Token on, int producerCount, int consumerCount) {
        int[] offsets = new int[consumerCount + 1];
        List<Integer> sources = new ArrayList<>();
        int most = 1 + random.nextInt(3);
        for (int p = 0; p < consumerCount; p++) {
            for (int i = random.nextInt(most + 1); i > 0; i--) {
                sources.add(random.nextInt(producerCount));
            }
            offsets[p + 1] = sources.size();
        }
        return new Explicit(on, offsets, sources.stream().mapToInt(i -> i).toArray());
    }

    /// Half of the layers are mostly chains.
    private Explicit within(Token on, int count) {
        boolean chains = random.nextBoolean();
        int[] offsets = new int[count + 1];
        List<Integer> sources = new ArrayList<>();
        for (int p = 0; p < count; p++) {
            int most = chains ? 1 : random.nextInt(4);
            for (int i = Math.min(p, most); i > 0; i--) {
                sources.add(chains && p > 2 ? p - 1 - random.nextInt(3) : random.nextInt(p));
            }
            offsets[p + 1] = sources.size();
        }
        return new Explicit(on, offsets, sources.stream().mapToInt(i -> i).toArray());
    }
}
