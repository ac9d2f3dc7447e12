package io.lazuli.scheduler.internal.cluster;

import io.lazuli.graph.Expansion;
import io.lazuli.graph.Key;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.memory.Block;
import io.lazuli.scheduler.internal.compute.LayerRun;
import io.lazuli.scheduler.internal.compute.TaskJob;
import io.lazuli.scheduler.internal.core.JobPlan;
import io.lazuli.scheduler.internal.core.LayerPlan;
import io.lazuli.scheduler.internal.job.Measures;
import io.lazuli.scheduler.internal.store.JobStorage;
import io.lazuli.scheduler.internal.store.LostResultException;
import io.lazuli.scheduler.internal.store.ResultCopies;
import io.lazuli.scheduler.internal.store.ResultStore;
import io.lazuli.scheduler.internal.store.SpillCounters;
import io.lazuli.scheduler.internal.store.ValueFormat;
import io.lazuli.scheduler.internal.wire.FromWorker;
import io.lazuli.scheduler.internal.wire.JobSpec;
import io.lazuli.scheduler.internal.wire.RemoteFailure;
import io.lazuli.scheduler.internal.wire.ShippedGraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A job as one of a cluster's workers knows it.
final class WorkerJob implements TaskJob, AutoCloseable {
    private final long id;
    private final JobSpec spec;
    private final JobClasses classes;
    private final JobPlan plan;
    private final int firstTask;
    private final WorkerShell shell;
    private final JobStorage storage;
    /// By index in the plan; null for held layers.
    private final List<@Nullable LayerRun> layers = new ArrayList<>();
    /// What the scheduler was told of them, by index in the plan.
    private final Map<Integer, Measures> toldMeasures = new HashMap<>();
    private FromWorker.Spilled toldSpill;
    /// Tasks of other workers of whose results a slice was damaged, or did not come.
    private final Set<Integer> distrusted = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    /// Ownership: takes over `classes`.
    ///
    /// @param graph what its tasks do
    WorkerJob(long id, JobSpec spec, TaskGraph graph, JobClasses classes, int firstTask, WorkerShell shell,
            ResultStore store) {
        this.id = id;
        this.spec = spec;
        this.classes = classes;
        this.plan = JobPlan.of(graph, spec.held(), spec.options());
        this.firstTask = firstTask;
        this.shell = shell;
        this.storage = store.newJob(ValueFormat.of(classes.codec()));
        this.toldSpill = new FromWorker.Spilled(id, 0, 0, 0);
        for (LayerPlan layer : plan.layers()) {
            layers.add(layer.isHeld() ? null : new LayerRun(this, plan, layer, firstTask));
        }
    }

    long id() {
        return id;
    }

    JobPlan plan() {
        return plan;
    }

    /// What a task makes, or whose held result it stands for.
    Key key(int task) {
        return plan.keyAt(task - firstTask);
    }

    /// What another worker's result of a task is copied as.
    ResultCopies.Wanted wanted(int task) {
        LayerPlan layer = plan.layerAt(task - firstTask);
        if (layer.isHeld()) {
            return new ResultCopies.Wanted(key(task), makerOf(task), 0, storage);
        }
        LayerRun run = layerOf(task);
        return new ResultCopies.Wanted(
                key(task), run.layer().operation(), run.neededAt(key(task).partition()), storage);
    }

    /// What has made the result of a task of this job, or the held result that it stands for.
    Operation makerOf(int task) {
        LayerPlan layer = plan.layerAt(task - firstTask);
        return layer.layer().map(Layer::operation).orElseGet(
                () -> ShippedGraph.open(
                        Objects.requireNonNull(spec.makers().get(layer.token()), "the scheduler knows"),
                        classes.codec()));
    }

    /// Notes how the rows of a result of another worker were sliced there.
    void countSlices(int task, long[] sliceRows) {
        if (!plan.layerAt(task - firstTask).isHeld()) {
            layerOf(task).countSlices(key(task).partition(), sliceRows);
        }
    }

    int endTask() {
        return firstTask + plan.taskCount();
    }

    @Override
    public String name() {
        return spec.options().name();
    }

    @Override
    public LayerRun layer(int index) {
        return Objects.requireNonNull(layers.get(index), "a held layer does not run");
    }

    @Override
    public LayerRun layerOf(int task) {
        return layers.stream()
                .filter(layer -> layer != null && layer.has(task))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("job " + id + " has no task " + task));
    }

    @Override
    public boolean has(int task) {
        return task >= firstTask && task < endTask();
    }

    @Override
    public ClassLoader loader() {
        return classes.loader();
    }

    /// It is forgotten.
    @Override
    public void close() {
        classes.close();
    }

    @Override
    public boolean mayMissInputs() {
        return true;
    }

    @Override
    public boolean isStopped() {
        return stopped;
    }

    void stop() {
        stopped = true;
    }

    @Override
    public JobStorage storage() {
        return storage;
    }

    @Override
    public void keep(ResultStore store, int task, int attempt, Key key, Block block, long order) {
        shell.keep(task, attempt, store.keep(key, block, order, storage));
    }

    @Override
    public void measured(LayerRun layer) {
        shell.measured(this, layer);
    }

    @Override
    public void recordFailure(Layer layer, int task, Key key, Throwable reason) {
        shell.tell(new FromWorker.TaskBroke(task, RemoteFailure.of(classes.explained(reason))));
    }

    @Override
    public void recordInputLoss(int task, LostResultException loss) {
        distrusted.add(task);
        recordLoss(loss);
    }

    /// True unless a slice of that result was lost here: then it is to be copied as a whole, so that it is found out before a task
    /// starts whether it can be had.
    boolean trustsSlicesOf(int task) {
        return !distrusted.contains(task);
    }

    @Override
    public void recordLoss(LostResultException loss) {
        shell.tell(new FromWorker.ResultBroke(id, RemoteFailure.of(loss)));
    }

    /// A result of another worker did not come.
    ///
    /// @param why null if its holder had not got it
    void recordMiss(@Nullable Throwable why) {
        if (why != null) {
            shell.tell(new FromWorker.ResultBroke(id, RemoteFailure.of(why)));
        }
    }

    @Override
    public void expand(int task, int attempt, Expansion expansion, int thread, long busyNanos, long exchangedRows) {
        ShippedGraph graph = ShippedGraph.of(expansion.graph(), classes.codec());
        JobPlan childPlan = JobPlan.of(graph.skeleton(), Map.of(), spec.options());
        shell.expanded(graph, (inbox, ticket) -> {
            inbox.taskExpanded(task, attempt, ticket, childPlan, busyNanos, exchangedRows);
            inbox.from(thread);
        });
    }

    /// Says what was measured of the layer.
    void tellMeasures(LayerRun layer, Consumer<FromWorker> scheduler) {
        int index = layers.indexOf(layer);
        Measures now = layer.measures().now();
        if (!now.equals(toldMeasures.put(index, now))) {
            scheduler.accept(new FromWorker.Measured(id, index, now));
        }
    }

    /// Says what has gone to disk since the scheduler was told last.
    void tellSpill(Consumer<FromWorker> scheduler) {
        SpillCounters spilled = storage.counters();
        FromWorker.Spilled spill = new FromWorker.Spilled(
                id, spilled.bytesWritten(), spilled.bytesRead(), spilled.bytesOnDisk());
        if (!spill.equals(toldSpill)) {
            toldSpill = spill;
            scheduler.accept(spill);
        }
    }
}
