package io.lazuli.scheduler.internal.local;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.Key;
import io.lazuli.graph.Layer;
import io.lazuli.graph.memory.Block;
import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.core.Edge;
import io.lazuli.scheduler.internal.core.JobPlan;
import io.lazuli.scheduler.internal.core.LayerPlan;
import java.util.List;

/// One layer of a running job, as worker threads need it.
final class LayerRun {
    final JobRun job;
    final Layer layer;
    /// Id of the layer's first task.
    final int firstTask;
    private final JobPlan plan;
    private final LayerPlan self;
    private final int firstOfJob;

    LayerRun(JobRun job, JobPlan plan, LayerPlan self, int firstOfJob) {
        this.job = job;
        this.plan = plan;
        this.self = self;
        this.layer = self.layer().orElseThrow();
        this.firstOfJob = firstOfJob;
        this.firstTask = firstOfJob + self.offset();
    }

    Key key(int task) {
        return new Key(layer.token(), task - firstTask);
    }

    int dependencyCount() {
        return layer.dependencies().size();
    }

    Dependency dependency(int d) {
        return layer.dependencies().get(d);
    }

    int producerCount(int d) {
        return producer(d).partitionCount();
    }

    /// Id of the first task that dependency `d` can read.
    int firstInput(int d) {
        return firstOfJob + producer(d).offset();
    }

    /// Errors: INTERNAL if the block does not have the slices that an exchange of this layer's output needs.
    void checkSlices(Block block) {
        for (Edge use : self.uses()) {
            LayerPlan consumer = plan.layers().get(use.consumer());
            if (use.isExchange() && block.sliceCount() != consumer.partitionCount()) {
                String label = consumer.layer().map(Layer::label).orElseThrow();
                throw Errors.wrongSliceCount(block.sliceCount(), consumer.partitionCount(), label);
            }
        }
    }

    private LayerPlan producer(int d) {
        List<Edge> inputs = self.inputs();
        return plan.layers().get(inputs.get(d).producer());
    }
}
