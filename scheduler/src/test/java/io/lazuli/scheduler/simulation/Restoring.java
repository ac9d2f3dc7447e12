package io.lazuli.scheduler.simulation;

import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.scheduler.internal.job.Lineage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The graph that makes one partition of a kept result again: that of [Lineage#ofPartition], with a last task that can be simulated.
final class Restoring {
    private Restoring() {}

    static TaskGraph graph(Lineage lineage, int partition) {
        TaskGraph graph = lineage.ofPartition(partition);
        Work work = (Work) lineage.graph().outputLayer().operation();
        Layer last = graph.outputLayer();
        List<Layer> layers = new ArrayList<>(graph.layers());
        layers.removeLast();
        layers.add(new Layer(
                last.token(), work.passing(), last.partitionCount(), last.dependencies(), last.label(),
                last.annotations()));
        return new TaskGraph(graph.held(), layers, graph.output());
    }
}
