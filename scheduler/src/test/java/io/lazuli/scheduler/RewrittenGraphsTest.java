package io.lazuli.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Dependency.OneToOne;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.pass.FuseLayers;
import io.lazuli.graph.pass.MergedGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// What graph passes make of a graph, on the real engine.
class RewrittenGraphsTest {
    /// A random graph with a chain of layers at its end.
    private static TaskGraph graph(long seed) {
        TaskGraph start = Graphs.random(seed, 30);
        List<Layer> layers = new ArrayList<>(start.layers());
        for (int i = 0; i < 3; i++) {
            Layer last = layers.getLast();
            layers.add(Graphs.layer("chain " + i, last.partitionCount(), 1, new OneToOne(last.token())));
        }
        return TaskGraph.of(layers);
    }

    @Property(tries = 60)
    void fusedAndMergedGraphsGiveTheSame(@ForAll long seed) {
        List<TaskGraph> graphs = List.of(graph(seed), graph(seed + 1), graph(seed));
        TaskGraph merged = MergedGraph.of(graphs).graph();
        TaskGraph fused = new FuseLayers().apply(merged);
        assertThat(fused.layers()).hasSizeLessThan(merged.layers().size());
        List<List<Long>> expected =
                graphs.stream().flatMap(graph -> Reference.run(graph).stream()).map(RewrittenGraphsTest::boxed)
                        .toList();
        assertThat(run(merged)).isEqualTo(expected);
        assertThat(run(fused)).isEqualTo(expected);
    }

    private static List<List<Long>> run(TaskGraph graph) {
        List<List<Long>> values = new ArrayList<>();
        try (LocalEngine engine = LocalEngine.open(EngineOptions.defaults().withThreads(2).withBufferBytes(64 << 20));
                Job job = engine.submit(graph, JobOptions.DEFAULTS)) {
            for (int p = 0; p < job.partitionCount(); p++) {
                Block block = job.take(p);
                values.add(boxed(Mix.values(block)));
                block.release();
            }
        }
        return values;
    }

    private static List<Long> boxed(long[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
