package io.lazuli.scheduler.internal.local;

import io.lazuli.graph.Expansion;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobListener;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.JobProgress;
import io.lazuli.graph.JobProgress.LayerProgress;
import io.lazuli.graph.Key;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.scheduler.event.JobDescription;
import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.core.CoreProgress;
import io.lazuli.scheduler.internal.core.JobPlan;
import io.lazuli.scheduler.internal.core.LayerCounts;
import io.lazuli.scheduler.internal.core.LayerPlan;
import io.lazuli.scheduler.internal.store.JobStorage;
import io.lazuli.scheduler.internal.store.LostResultException;
import io.lazuli.scheduler.internal.core.TransitionBuffer;
import io.lazuli.scheduler.internal.event.Description;
import io.lazuli.scheduler.internal.store.ResultStore;
import io.lazuli.scheduler.internal.store.SpillCounters;
import io.lazuli.scheduler.internal.store.StoredResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A job of the local engine: what its client sees of it, and what worker threads need. Fields without a note are guarded by
/// the dispatcher's lock.
final class JobRun implements Job {
    private final long id;
    /// The job whose task returned this one's graph or submitted it; [TransitionBuffer#NONE] if no task did.
    private final long parent;
    /// The layers that were submitted, needed or not.
    private final List<Layer> graph;
    private final JobPlan plan;
    private final Dispatcher dispatcher;
    private final ResultStore store;
    private final JobOptions options;
    /// The job whose client waits: of a job that a task expanded to, the task's job's.
    private final JobRun root;
    private final JobStorage storage;
    private final Failures failures;
    private final JobResults results;
    private final List<JobListener> listeners = new ArrayList<>();
    private final SerialCalls calls = new SerialCalls();
    private final long startNanos = System.nanoTime();

    /// Results held by the engine that the job starts from, in the order of their ids. Once admitted, the store has its holds.
    private final List<HeldLayer> held;
    private final Restored restored;
    /// By index in the plan; null for held layers.
    private final List<@Nullable LayerRun> layers = new ArrayList<>();
    /// Set when the job is admitted, before anybody else sees it.
    @SuppressWarnings("NullAway.Init")
    private CoreProgress progress;
    private int firstTask;
    /// What observers were told of what was spilled.
    private long toldWrittenBytes;
    private long toldReadBytes;
    private long toldDiskBytes;
    private JobProgress.State state = JobProgress.State.RUNNING;
    /// Why the job ends without results; null if it does not. Thrown once nothing of it runs any more.
    private @Nullable LazuliException failure;
    private long endNanos;
    private boolean closed;
    /// Wants the one result of this job, if it has one; null if nobody does.
    private @Nullable Consumer<StoredResult> onResult;
    /// Why a result of the job, or of what its tasks expanded to, was to be made again last.
    private volatile @Nullable LostResultException lastLoss;
    /// Nobody wants its results. Written under the lock, read by running tasks.
    private volatile boolean stopped;

    /// Hears of a persisted result that was lost and made again. It is called with the dispatcher's lock held.
    interface Restored {
        /// Ownership: borrows `result`.
        void accept(Key key, StoredResult result);
    }

    /// Ownership: takes over `held`.
    JobRun(
            long id,
            long parent,
            JobOptions options,
            List<Layer> graph,
            JobPlan plan,
            List<HeldLayer> held,
            Dispatcher dispatcher,
            ResultStore store,
            Restored restored) {
        this(id, parent, options, graph, plan, held, dispatcher, store, restored, null);
    }

    private JobRun(
            long id,
            long parent,
            JobOptions options,
            List<Layer> graph,
            JobPlan plan,
            List<HeldLayer> held,
            Dispatcher dispatcher,
            ResultStore store,
            Restored restored,
            @Nullable JobRun root) {
        this.id = id;
        this.parent = parent;
        this.options = options;
        this.graph = graph;
        this.plan = plan;
        this.held = held;
        this.restored = restored;
        this.dispatcher = dispatcher;
        this.store = store;
        this.root = root == null ? this : root;
        this.storage = root == null ? store.newJob() : root.storage;
        this.failures = root == null ? new Failures() : root.failures;
        this.results = new JobResults(this, dispatcher, store);
    }

    /// Runs `graph` in place of a task of this job.
    ///
    /// @param thread that ran the task
    void expand(int task, int attempt, Expansion expansion, int thread, long busyNanos, long exchangedRows) {
        TaskGraph graph = expansion.graph();
        JobPlan childPlan = JobPlan.of(graph, Map.of(), options);
        dispatcher.call(inbox -> {
            JobRun child = child(graph, childPlan);
            inbox.worker().taskExpanded(task, attempt, child.id, childPlan, busyNanos, exchangedRows);
            inbox.worker().from(thread);
            return true;
        });
    }

    /// Has a result made again that this job started from.
    void restore(int task, int attempt, Inbox inbox) {
        Key lost = key(task);
        Lineage lineage = held.stream()
                .filter(layer -> layer.token().equals(lost.layer()))
                .findFirst()
                .orElseThrow()
                .lineage();
        TaskGraph graph = lineage.ofPartition(lost.partition());
        JobPlan childPlan = JobPlan.of(graph, Map.of(), lineage.options());
        JobRun child = child(graph, childPlan);
        child.onResult = result -> restored.accept(lost, result);
        inbox.client().restorationSubmitted(id, task, attempt, child.id, childPlan);
    }

    private JobRun child(TaskGraph graph, JobPlan childPlan) {
        long childId = dispatcher.nextJobId();
        JobRun child = new JobRun(
                childId, id, options, graph.layers(), childPlan, List.of(), dispatcher, store, restored, root);
        dispatcher.jobs().put(childId, child);
        dispatcher.events().announce(childId, child::description);
        return child;
    }

    @Override
    public long id() {
        return id;
    }

    String name() {
        return options.name();
    }

    JobPlan plan() {
        return plan;
    }

    boolean has(int task) {
        return task >= firstTask && task < firstTask + plan.taskCount();
    }

    @Override
    public int partitionCount() {
        return plan.layers().get(plan.output()).partitionCount();
    }

    SpillCounters spilled() {
        return storage.counters();
    }

    /// What the store knows of this job.
    JobStorage storage() {
        return storage;
    }

    LayerRun layer(int index) {
        return layers.get(index);
    }

    boolean isStopped() {
        return stopped;
    }

    /// Keeps why the task failed, for the client.
    void recordFailure(Layer layer, int task, Key key, Throwable reason) {
        failures.add(layer, task, key, reason);
    }

    /// The task did not end when it was asked to.
    void recordAbandoned(int task) {
        LayerRun layer = layerOf(task);
        recordFailure(layer.layer, task, layer.key(task), Errors.abandoned(overdue(task)));
    }

    /// The task waited for another, at which its thread was given up.
    void recordThreadLost(int task) {
        LayerRun layer = layerOf(task);
        recordFailure(layer.layer, task, layer.key(task), Errors.threadLost());
    }

    /// Why a running task is to end.
    LazuliException overdue(int task) {
        return stopped
                ? Errors.cancelled(name())
                : Errors.timedOut(Duration.ofNanos(layerOf(task).timeoutNanos()));
    }

    private LayerPlan layerPlanOf(int task) {
        return plan.layers().stream().filter(layer -> layer.has(task - firstTask)).findFirst().orElseThrow();
    }

    private Key key(int task) {
        LayerPlan layer = layerPlanOf(task);
        return new Key(layer.token(), task - firstTask - layer.offset());
    }

    private LayerRun layerOf(int task) {
        return layers.stream()
                .filter(layer -> layer != null && layer.has(task))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("job " + id + " has no task " + task));
    }

    void admit(int first, CoreProgress view) {
        firstTask = first;
        progress = view;
        int nextHeld = 0;
        for (LayerPlan layer : plan.layers()) {
            layers.add(layer.layer().isEmpty() ? null : new LayerRun(this, plan, layer, firstTask));
            if (layer.isHeld() && !held.isEmpty()) {
                List<StoredResult> results = held.get(nextHeld++).results();
                for (int p = 0; p < layer.partitionCount(); p++) {
                    store.put(firstTask + layer.offset() + p, results.get(p));
                }
            }
        }
        results.startAt(firstTask + plan.layers().get(plan.output()).offset());
    }

    void offer(int task, Inbox inbox) {
        if (results.offer(task)) {
            int partition = results.partitionOf(task);
            tell(listener -> listener.offered(partition));
        } else {
            inbox.client().resultTaken(task);
        }
    }

    void withdraw(int task) {
        results.withdraw(task);
    }

    void stop(int reason) {
        if (failure == null) {
            failure = reason < 0 ? Errors.cancelled(name()) : failures.of(reason);
        }
        stopped = true;
        results.withdrawAll();
    }

    void loseRows(int layer, long produced, long takenRows) {
        fail(Errors.rowsLost(layer(layer).layer.label(), produced, takenRows));
    }

    void refuse(int layer) {
        fail(Errors.unrunnable(layer(layer).layer, dispatcher.profile()));
    }

    void loseHeld() {
        fail(Errors.heldLost(name()));
    }

    /// Keeps why a result has to be made again.
    void recordLoss(LostResultException loss) {
        root.lastLoss = loss;
    }

    void refuseToRead(int task, int losses) {
        fail(Errors.unreadable(layerPlanOf(task).label(), key(task), losses, root.lastLoss));
    }

    /// Keeps why this job will be stopped; those that wait for it are stopped for the same reason.
    private void fail(LazuliException reason) {
        failure = reason;
        if (root.failure == null) {
            root.failure = reason;
        }
    }

    /// It had succeeded, and runs again.
    void reopen() {
        state = JobProgress.State.RUNNING;
    }

    void finish(JobProgress.State outcome) {
        state = outcome;
        endNanos = System.nanoTime();
        if (onResult != null && outcome == JobProgress.State.SUCCEEDED) {
            onResult.accept(results.firstResult());
        }
        if (root == this) {
            failures.clear();
        }
        failureMessage().ifPresent(message -> dispatcher.events().failed(id, message));
        tell(listener -> listener.ended(outcome));
        results.signal();
    }

    private void tell(Consumer<JobListener> news) {
        if (!listeners.isEmpty()) {
            listeners.forEach(listener -> calls.add(() -> news.accept(listener)));
            dispatcher.callLater(calls);
        }
    }

    @Override
    public void addListener(JobListener listener) {
        dispatcher.call(_ -> {
            listeners.add(listener);
            results.offered().forEach(partition -> calls.add(() -> listener.offered(partition)));
            if (state != JobProgress.State.RUNNING) {
                JobProgress.State outcome = state;
                calls.add(() -> listener.ended(outcome));
            }
            dispatcher.callLater(calls);
            return true;
        });
    }

    JobDescription description() {
        return Description.of(id, parent, name(), options.priority(), graph, plan);
    }

    void describe(Description into) {
        into.job(description(), firstTask, startNanos, progress.of(graph));
        into.spill(id, toldWrittenBytes, toldReadBytes, toldDiskBytes);
        if (state != JobProgress.State.RUNNING) {
            into.end(id, state, endNanos, failureMessage());
        }
    }

    void sample(TransitionBuffer into) {
        if (root != this) {
            return;
        }
        long disk = spilled().bytesOnDisk();
        long written = spilled().bytesWritten();
        long read = spilled().bytesRead();
        if (written != toldWrittenBytes || read != toldReadBytes || disk != toldDiskBytes) {
            into.resultsSpilled(id, written - toldWrittenBytes, read - toldReadBytes, disk - toldDiskBytes);
            toldWrittenBytes = written;
            toldReadBytes = read;
            toldDiskBytes = disk;
        }
    }

    private Optional<String> failureMessage() {
        return state == JobProgress.State.FAILED
                ? Optional.ofNullable(failure).map(LazuliException::getMessage)
                : Optional.empty();
    }

    void signal() {
        results.signal();
    }

    @Override
    public Block take(int partition) {
        return results.take(Objects.checkIndex(partition, partitionCount()));
    }

    @Override
    public Optional<Block> tryTake(int partition) {
        return results.tryTake(Objects.checkIndex(partition, partitionCount()));
    }

    /// As [#take], in whatever form the store has it. Ownership: the caller's hold.
    StoredResult takeResult(int partition) {
        return results.takeResult(Objects.checkIndex(partition, partitionCount()));
    }

    @Override
    public boolean await(int partition, Duration timeout) {
        return results.await(Objects.checkIndex(partition, partitionCount()), timeout);
    }

    /// Errors: why there will be no results; IllegalStateException if the client has closed the job.
    void checkHasResults() {
        if (failure != null && state != JobProgress.State.RUNNING) {
            throw new LazuliException(failure.code(), Objects.requireNonNull(failure.getMessage()), failure.getCause());
        }
        if (closed) {
            throw new IllegalStateException("job '" + name() + "' is closed");
        }
        dispatcher.defect().ifPresent(defect -> {
            throw defect;
        });
    }

    @Override
    public void cancel() {
        dispatcher.call(inbox -> {
            if (state == JobProgress.State.RUNNING) {
                inbox.client().jobCancelled(id);
            }
            return true;
        });
    }

    @Override
    public JobProgress progress() {
        return dispatcher.call(_ -> {
            long end = state == JobProgress.State.RUNNING ? System.nanoTime() : endNanos;
            List<LayerCounts> counts = progress.of(graph);
            List<LayerProgress> of =
                    IntStream.range(0, graph.size()).mapToObj(i -> progress(graph.get(i), counts.get(i))).toList();
            return new JobProgress(state, Duration.ofNanos(end - startNanos), spilled().bytesWritten(), of);
        });
    }

    private LayerProgress progress(Layer of, LayerCounts counts) {
        LayerMeasures measures = layers.stream()
                .filter(layer -> layer != null && layer.layer.token().equals(of.token()))
                .map(layer -> layer.measures)
                .findFirst()
                .orElseGet(LayerMeasures::new);
        return new LayerProgress(
                counts.label(), counts.taskCount(), counts.leasedCount(), counts.finishedCount(),
                Duration.ofNanos(counts.busyNanos()), counts.rows(), counts.bytes(), measures.longest(),
                measures.sums());
    }

    @Override
    public void close() {
        dispatcher.call(inbox -> {
            if (!closed && dispatcher.jobs().containsKey(id)) {
                inbox.client().jobClosed(id);
            }
            closed = true;
            return true;
        });
        results.awaitEnd();
        dispatcher.awaitSettled();
    }

    boolean isClosed() {
        return closed;
    }

    boolean isOver() {
        return state != JobProgress.State.RUNNING || dispatcher.defect().isPresent();
    }
}
