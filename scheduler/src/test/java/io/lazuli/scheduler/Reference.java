package io.lazuli.scheduler;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.Key;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.Token;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.graph.memory.Reservation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Runs a graph layer by layer in the calling thread: what every engine must agree with.
public final class Reference {
    private Reference() {}

    /// The values of each output partition.
    public static List<long[]> run(TaskGraph graph) {
        Map<Token, List<Block>> results = new HashMap<>();
        try (MemoryAccountant accountant = MemoryAccountant.create(1L << 30)) {
            for (Layer layer : graph.layers()) {
                List<Block> blocks = new ArrayList<>();
                for (int p = 0; p < layer.partitionCount(); p++) {
                    try (Reservation memory = accountant.reserve("reference", 0)) {
                        blocks.add(layer.operation().run(new Context(new Key(layer.token(), p), memory),
                                inputs(layer, p, results)));
                    }
                }
                results.put(layer.token(), blocks);
            }
            List<long[]> values = results.get(graph.output()).stream().map(Mix::values).toList();
            results.values().forEach(blocks -> blocks.forEach(Block::release));
            return values;
        }
    }

    private static TaskInputs inputs(Layer layer, int partition, Map<Token, List<Block>> results) {
        return new TaskInputs() {
            @Override
            public int dependencyCount() {
                return layer.dependencies().size();
            }

            @Override
            public List<Block> blocks(int dependency) {
                Dependency pattern = layer.dependencies().get(dependency);
                List<Block> all = results.get(pattern.on());
                return pattern.partitions(partition, all.size()).mapToObj(all::get).toList();
            }

            @Override
            public int slice(int dependency) {
                return layer.dependencies().get(dependency).slice(partition);
            }
        };
    }

    private record Context(Key key, Reservation memory) implements TaskContext {
        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public void checkCancelled() {}
    }
}
