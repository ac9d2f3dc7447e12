package io.lazuli.graph.pass;

import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.ReferenceEngine;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.memory.Block;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Runs graphs of [Hash] and [Text] tasks.
final class Runs {
    private Runs() {}

    /// The values of each output partition. Fails if the engine is left with memory in use.
    static List<List<Long>> values(TaskGraph graph) {
        List<List<Long>> values = new ArrayList<>();
        try (ReferenceEngine engine = ReferenceEngine.open(2, 64 << 20);
                Job job = engine.submit(graph, JobOptions.DEFAULTS)) {
            for (int p = 0; p < job.partitionCount(); p++) {
                Block block = job.take(p);
                values.add(Arrays.stream(Hash.values(block)).boxed().toList());
                block.release();
            }
        }
        return values;
    }

    /// The text of each output partition.
    static List<String> texts(TaskGraph graph) {
        try (ReferenceEngine engine = ReferenceEngine.open(2, 64 << 20)) {
            return texts(engine, graph);
        }
    }

    static List<String> texts(ReferenceEngine engine, TaskGraph graph) {
        List<String> texts = new ArrayList<>();
        try (Job job = engine.submit(graph, JobOptions.DEFAULTS)) {
            for (int p = 0; p < job.partitionCount(); p++) {
                Block block = job.take(p);
                texts.add(String.valueOf(block.value()));
                block.release();
            }
        }
        return texts;
    }
}
