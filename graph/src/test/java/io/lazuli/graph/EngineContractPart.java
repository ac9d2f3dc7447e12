package io.lazuli.graph;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lazuli.graph.TroubleOperations.Gate;
import io.lazuli.graph.TroubleOperations.Signals;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What the parts of [EngineContract] share: ways to build small graphs, run them and take results without leaks.
abstract class EngineContractPart {
    private final EngineContract contract;

    EngineContractPart(EngineContract contract) {
        this.contract = contract;
    }

    Engine engine(int threads) {
        return contract.engine(threads, EngineContract.AMPLE);
    }

    Engine engine(int threads, long bufferBudgetBytes) {
        return contract.engine(threads, bufferBudgetBytes);
    }

    Signals signals() {
        return contract.signals();
    }

    static Layer layer(Operation operation, int partitionCount, Dependency... dependencies) {
        return Layer.of(operation, partitionCount, List.of(dependencies), operation.name());
    }

    static TaskGraph graph(Layer... layers) {
        return TaskGraph.of(List.of(layers));
    }

    static TaskGraph graphOn(Persisted held, Layer... layers) {
        List<Layer> list = List.of(layers);
        return new TaskGraph(Map.of(held.token(), held.partitionCount()), list, list.getLast().token());
    }

    static Job submit(Engine engine, TaskGraph graph) {
        return engine.submit(graph, JobOptions.DEFAULTS);
    }

    /// Starts a job of one task that waits, and returns once it does.
    Job submitAndWaitForStart(Engine engine, Gate gate) {
        Job job = submit(engine, graph(layer(gate, 1)));
        awaitSignal(gate.started());
        return job;
    }

    void awaitSignal(String name) {
        Waiting.until("there is the signal " + name, () -> signals().isGiven(name));
    }

    static long[] take(Job job, int partition) {
        Block block = job.take(partition);
        try {
            return LongOperations.values(block);
        } finally {
            block.release();
        }
    }

    static List<long[]> takeAll(Job job) {
        List<long[]> results = new ArrayList<>();
        for (int partition = 0; partition < job.partitionCount(); partition++) {
            results.add(take(job, partition));
        }
        return results;
    }

    static List<long[]> run(Engine engine, Layer... layers) {
        return run(engine, graph(layers));
    }

    static List<long[]> run(Engine engine, TaskGraph graph) {
        try (Job job = submit(engine, graph)) {
            return takeAll(job);
        }
    }

    static LazuliException failure(Job job, int partition) {
        return catchThrowableOfType(LazuliException.class, () -> take(job, partition));
    }

    /// Layers that reduce a layer to one partition by trees of sums.
    static List<Layer> withTreeSum(Layer layer, int fanIn) {
        List<Layer> layers = new ArrayList<>(List.of(layer));
        while (layers.getLast().partitionCount() > 1) {
            Layer last = layers.getLast();
            int count = Math.ceilDiv(last.partitionCount(), fanIn);
            layers.add(layer(new LongOperations.SumOf(), count, new Dependency.Tree(last.token(), fanIn)));
        }
        return layers;
    }
}
