package io.lazuli.scheduler.simulation;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import io.lazuli.scheduler.internal.core.JobPlan;
import io.lazuli.scheduler.internal.core.LayerPlan;
import io.lazuli.scheduler.internal.job.Lineage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/// What a job's results must be, and which of its tasks must run for them: worked out plainly, task by task, in the order of the
/// graph. Tasks are numbered as in the plan, from 0.
final class Expected {
    final JobPlan plan;
    final JobOptions options;
    /// By task; null for a result that the job starts from and does not use.
    final Value[] values;
    /// True for tasks that the output depends on.
    final boolean[] needed;
    /// What tasks expand to.
    final Map<Integer, Expected> expansions = new TreeMap<>();
    private final Map<Token, Value[]> valuesOf = new HashMap<>();
    /// How what it starts from was made; nothing of what a task expands to.
    private final Map<Token, Lineage> lineages;

    /// @param held values of the layers that the graph starts from
    Expected(JobPlan plan, JobOptions options, Map<Token, Value[]> held) {
        this(plan, options, held, Map.of());
    }

    /// @param held     values of the layers that the graph starts from
    /// @param lineages how they were made
    Expected(JobPlan plan, JobOptions options, Map<Token, Value[]> held, Map<Token, Lineage> lineages) {
        this.plan = plan;
        this.lineages = lineages;
        this.options = options;
        this.values = new Value[plan.taskCount()];
        this.needed = new boolean[plan.taskCount()];
        for (LayerPlan layer : plan.layers()) {
            Value[] results = layer.isHeld() ? held.get(layer.token()) : new Value[layer.partitionCount()];
            valuesOf.put(layer.token(), results);
            for (int p = 0; p < layer.partitionCount(); p++) {
                if (!layer.isHeld()) {
                    results[p] = value(layer, p);
                }
                values[layer.offset() + p] = results[p];
            }
        }
        markNeeded();
    }

    /// The only result of an expansion.
    Value output() {
        return values[outputLayer().offset()];
    }

    /// Of all partitions of the output.
    Value[] outputs() {
        return valuesOf.get(outputLayer().token());
    }

    /// What makes a result again that the job starts from.
    Expected restorer(int task) {
        LayerPlan layer = layerOf(task);
        Lineage lineage = lineages.get(layer.token());
        return of(Restoring.graph(lineage, task - layer.offset()), lineage.options());
    }

    /// All that made what the job starts from, layer by layer.
    List<Expected> restored() {
        return lineages.values().stream().map(lineage -> of(lineage.graph(), lineage.options())).toList();
    }

    private static Expected of(TaskGraph graph, JobOptions options) {
        return new Expected(JobPlan.of(graph, Map.of(), options), options, Map.of());
    }

    LayerPlan outputLayer() {
        return plan.layers().get(plan.output());
    }

    static Work work(LayerPlan layer) {
        return (Work) layer.layer().orElseThrow().operation();
    }

    /// What a task is called in reasons.
    static String name(LayerPlan layer, int partition) {
        return layer.token().abbreviation() + "/" + partition;
    }

    String name(int task) {
        LayerPlan layer = layerOf(task);
        return name(layer, task - layer.offset());
    }

    LayerPlan layerOf(int task) {
        for (LayerPlan layer : plan.layers()) {
            if (task < layer.offset() + layer.partitionCount()) {
                return layer;
            }
        }
        throw new IllegalArgumentException("task " + task + " of " + plan.taskCount());
    }

    /// What to do with each input of a task.
    interface InputAction {
        void accept(int input, int slice);
    }

    /// Tasks whose results `task` reads, in order, once for each time.
    void forEachInput(int task, InputAction action) {
        LayerPlan layer = layerOf(task);
        List<Dependency> dependencies = layer.layer().map(Layer::dependencies).orElse(List.of());
        for (int d = 0; d < dependencies.size(); d++) {
            LayerPlan producer = producer(layer, d);
            int slice = dependencies.get(d).slice(task - layer.offset());
            if (dependencies.get(d).isRead()) {
                dependencies.get(d)
                        .partitions(task - layer.offset(), producer.partitionCount())
                        .forEach(p -> action.accept(producer.offset() + p, slice));
            }
        }
    }

    /// Tasks that have to be there before `task` runs, whether it reads them or not.
    private void forEachNeeded(int task, IntConsumer action) {
        LayerPlan layer = layerOf(task);
        List<Dependency> dependencies = layer.layer().map(Layer::dependencies).orElse(List.of());
        for (int d = 0; d < dependencies.size(); d++) {
            LayerPlan producer = producer(layer, d);
            dependencies.get(d)
                    .partitions(task - layer.offset(), producer.partitionCount())
                    .forEach(p -> action.accept(producer.offset() + p));
        }
    }

    /// Rows that a task takes from its exchanges.
    long exchangedRows(int task) {
        LayerPlan layer = layerOf(task);
        long rows = 0;
        List<Dependency> dependencies = layer.layer().orElseThrow().dependencies();
        for (int d = 0; d < dependencies.size(); d++) {
            if (dependencies.get(d) instanceof Dependency.Exchange) {
                for (Value value : valuesOf.get(producer(layer, d).token())) {
                    rows += Work.sliceRows(value.rows(), task - layer.offset(), layer.partitionCount());
                }
            }
        }
        return rows;
    }

    /// What all tasks take, one after the other.
    long workNanos() {
        long nanos = 0;
        for (LayerPlan layer : plan.layers()) {
            if (!layer.isHeld()) {
                nanos += layer.partitionCount() * 2 * (work(layer).meanNanos() + Times.MILLISECOND);
            }
        }
        for (Expected expansion : expansions.values()) {
            nanos += expansion.workNanos();
        }
        return nanos;
    }

    /// True if every task of the layer runs.
    boolean isWhole(LayerPlan layer) {
        for (int p = 0; p < layer.partitionCount(); p++) {
            if (!needed[layer.offset() + p]) {
                return false;
            }
        }
        return true;
    }

    private LayerPlan producer(LayerPlan layer, int dependency) {
        return plan.layers().get(layer.inputs().get(dependency).producer());
    }

    private Value value(LayerPlan layer, int partition) {
        Work work = work(layer);
        int task = layer.offset() + partition;
        if (work.temper(partition) instanceof Temper.Expanding expanding) {
            Expected expansion = RandomExpansion.of(this, layer, partition, expanding.depth(), valuesOf);
            expansions.put(task, expansion);
            return expansion.output();
        }
        if (work.temper(partition) instanceof Temper.Passing) {
            return passed(layer, partition);
        }
        long checksum = work.start(partition);
        for (Dependency dependency : layer.layer().orElseThrow().dependencies()) {
            Value[] inputs = valuesOf.get(dependency.on());
            int slice = dependency.slice(partition);
            if (!dependency.isRead()) {
                continue;
            }
            for (int p : dependency.partitions(partition, inputs.length).toArray()) {
                checksum = Work.read(checksum, inputs[p].checksum(), slice);
            }
        }
        return new Value(checksum, work.rows(), work.bytes());
    }

    private Value passed(LayerPlan layer, int partition) {
        Dependency only = layer.layer().orElseThrow().dependencies().getFirst();
        Value[] inputs = valuesOf.get(only.on());
        return inputs[only.partitions(partition, inputs.length).findFirst().orElseThrow()];
    }

    /// From the output backwards: inputs are numbered below the tasks that read them.
    private void markNeeded() {
        LayerPlan output = outputLayer();
        for (int p = 0; p < output.partitionCount(); p++) {
            needed[output.offset() + p] = true;
        }
        for (int task = plan.taskCount() - 1; task >= 0; task--) {
            if (needed[task]) {
                forEachNeeded(task, input -> needed[input] = true);
            }
        }
    }
}
