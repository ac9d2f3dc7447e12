package io.lazuli.scheduler.internal.compute;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.Expansion;
import io.lazuli.graph.Key;
import io.lazuli.graph.Layer;
import io.lazuli.graph.memory.Block;
import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.core.Edge;
import io.lazuli.scheduler.internal.core.JobPlan;
import io.lazuli.scheduler.internal.core.LayerPlan;
import java.util.Optional;

/// One layer of a running job, as worker threads need it.
public final class LayerRun {
    final TaskJob job;
    private final Layer layer;
    /// Id of the layer's first task.
    final int firstTask;
    private final LayerMeasures measures = new LayerMeasures();
    private final JobPlan plan;
    private final LayerPlan self;
    private final int firstOfJob;
    /// Empty if no exchange reads this layer. All that do have as many slices.
    private final Optional<SliceRows> slices;

    public LayerRun(TaskJob job, JobPlan plan, LayerPlan self, int firstOfJob) {
        this.job = job;
        this.plan = plan;
        this.self = self;
        this.layer = self.layer().orElseThrow();
        this.firstOfJob = firstOfJob;
        this.firstTask = firstOfJob + self.offset();
        this.slices = self.uses().stream().filter(Edge::isExchange).findFirst()
                .map(use -> new SliceRows(plan.layers().get(use.consumer()).partitionCount()));
    }

    public Layer layer() {
        return layer;
    }

    public LayerMeasures measures() {
        return measures;
    }

    public Key key(int task) {
        return new Key(layer.token(), task - firstTask);
    }

    public boolean has(int task) {
        return task >= firstTask && task < firstTask + self.partitionCount();
    }

    public long timeoutNanos() {
        return self.terms().timeoutNanos();
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

    /// Dependency `d` as the plan has it.
    Edge input(int d) {
        return self.inputs().get(d);
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

    /// Notes how the rows of a partition's result are sliced.
    void countSlices(int partition, Block block) {
        slices.ifPresent(sums -> sums.add(partition, block));
    }

    /// Notes how the rows of a partition's result that came from another process were sliced when its task finished there, see
    /// [io.lazuli.scheduler.internal.store.ExportedResult#sliceRows]. Errors: INTERNAL if these are not the slices of this layer.
    public void countSlices(int partition, long[] sliceRows) {
        slices.ifPresent(sums -> {
            if (sliceRows.length != sums.sliceCount()) {
                throw Errors.wrongSliceCount(sliceRows.length, sums.sliceCount(), layer.label());
            }
            sums.add(partition, sliceRows);
        });
    }

    /// Errors: INTERNAL if `found` is not what the producers of dependency `d`, an exchange, have put into a slice. Of held results
    /// only the sum of all slices is known, which the core compares.
    void checkTaken(int d, int slice, long found) {
        if (producer(d).layer().isEmpty()) {
            return;
        }
        long made = job.layer(input(d).producer()).slices.map(sums -> sums.rows(slice)).orElse(found);
        if (found != made) {
            throw Errors.sliceLost(layer.label(), slice, made, found);
        }
    }

    /// When the result of a partition is needed: lower is sooner. By the rank of the layer that reads it first, then by the
    /// partition there.
    public long neededAt(int partition) {
        long first = Long.MAX_VALUE;
        for (Edge use : self.uses()) {
            long rank = (long) plan.layers().get(use.consumer()).rank() << Integer.SIZE;
            first = Math.min(first, rank + use.firstReader(partition));
        }
        return first == Long.MAX_VALUE ? partition : first;
    }

    /// Errors: USER if the graph starts from results that the expanding task was not given.
    void checkExpansion(Expansion expansion) {
        expansion.graph().held().forEach((token, count) -> {
            boolean isInput = false;
            for (int d = 0; d < dependencyCount(); d++) {
                isInput |= dependency(d).on().equals(token) && producerCount(d) == count;
            }
            if (!isInput) {
                throw Errors.expansionStartsElsewhere(token, count, layer.dependencies());
            }
        });
        for (Edge use : self.uses()) {
            if (use.isExchange()) {
                throw Errors.expansionIsExchanged();
            }
        }
    }

    private LayerPlan producer(int d) {
        return plan.layers().get(input(d).producer());
    }
}
