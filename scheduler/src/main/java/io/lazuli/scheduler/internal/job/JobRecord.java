package io.lazuli.scheduler.internal.job;

import io.lazuli.graph.JobOptions;
import io.lazuli.graph.JobProgress;
import io.lazuli.graph.JobProgress.LayerProgress;
import io.lazuli.graph.Key;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.event.JobDescription;
import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.core.CoreProgress;
import io.lazuli.scheduler.internal.core.JobPlan;
import io.lazuli.scheduler.internal.core.LayerCounts;
import io.lazuli.scheduler.internal.core.LayerPlan;
import io.lazuli.scheduler.internal.core.WorkerProfile;
import io.lazuli.scheduler.internal.event.Description;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What a job is, how far it is, and why it ends. Guarded by the lock of whoever schedules it, except where said otherwise.
public final class JobRecord {
    private final long id;
    private final long parent;
    private final JobOptions options;
    private final List<Layer> graph;
    private final JobPlan plan;
    /// The job whose client waits: of a job that a task expanded to, the task's job's.
    private final JobRecord root;
    private final Failures failures;
    private final long startNanos = System.nanoTime();
    /// Set when the job is admitted, before anybody else sees it.
    @SuppressWarnings("NullAway.Init")
    private CoreProgress progress;
    private boolean isAdmitted;
    private int firstTask;
    private JobProgress.State state = JobProgress.State.RUNNING;
    /// Why the job ends without results; null if it does not. Thrown once nothing of it runs any more.
    private @Nullable LazuliException failure;
    private long endNanos;
    /// Why a result of the job, or of what its tasks expanded to, was to be made again last.
    private volatile @Nullable Throwable lastLoss;

    private JobRecord(long id, long parent, JobOptions options, TaskGraph graph, JobPlan plan,
            @Nullable JobRecord root) {
        this.id = id;
        this.parent = parent;
        this.options = options;
        this.graph = graph.layers();
        this.plan = plan;
        this.root = root == null ? this : root;
        this.failures = root == null ? new Failures() : root.failures;
    }

    /// A job that a client submitted.
    ///
    /// @param parent the job whose task did so, or [io.lazuli.scheduler.internal.core.TransitionBuffer#NONE]
    /// @param plan   of `graph`
    public static JobRecord of(long id, long parent, JobOptions options, TaskGraph graph, JobPlan plan) {
        return new JobRecord(id, parent, options, graph, plan, null);
    }

    /// A job that runs in place of a task of this one.
    public JobRecord child(long childId, TaskGraph childGraph, JobPlan childPlan) {
        return new JobRecord(childId, id, options, childGraph, childPlan, root);
    }

    /// Any thread may ask, as for the next five.
    public long id() {
        return id;
    }

    public String name() {
        return options.name();
    }

    public JobOptions options() {
        return options;
    }

    public JobPlan plan() {
        return plan;
    }

    /// True if no task expanded to this job.
    public boolean isRoot() {
        return root == this;
    }

    /// Of the output.
    public int partitionCount() {
        return plan.layers().get(plan.output()).partitionCount();
    }

    /// The core has given the job its ids.
    public void admit(int first, CoreProgress view) {
        firstTask = first;
        progress = view;
        isAdmitted = true;
    }

    /// True once the core has given it its ids.
    public boolean isAdmitted() {
        return isAdmitted;
    }

    public int firstTask() {
        return firstTask;
    }

    /// Id of the task that makes the output's first partition.
    public int firstOutput() {
        return firstTask + plan.layers().get(plan.output()).offset();
    }

    public boolean has(int task) {
        return task >= firstTask && task < firstTask + plan.taskCount();
    }

    private LayerPlan layerOf(int task) {
        return plan.layerAt(task - firstTask);
    }

    public Key key(int task) {
        return plan.keyAt(task - firstTask);
    }

    /// Keeps why the task failed, for the client. Any thread may say so.
    public void recordFailure(Layer layer, int task, Key key, Throwable reason) {
        failures.add(layer, task, key, reason);
    }

    /// As [#recordFailure(Layer, int, Key, Throwable)], with the lock.
    public void recordFailure(int task, Throwable reason) {
        recordFailure(layerOf(task).layer().orElseThrow(), task, key(task), reason);
    }

    /// Keeps why the task's result can be had by no other process.
    public void recordRefusal(int task, LazuliException reason) {
        failures.refuse(task, reason);
    }

    /// Keeps why a result has to be made again. Any thread may say so.
    public void recordLoss(Throwable loss) {
        root.lastLoss = loss;
    }

    public void loseRows(int layer, long produced, long takenRows) {
        fail(Errors.rowsLost(plan.layers().get(layer).label(), produced, takenRows));
    }

    public void refuse(int layer, List<WorkerProfile> workers) {
        fail(Errors.unrunnable(plan.layers().get(layer).layer().orElseThrow(), workers));
    }

    public void loseHeld() {
        fail(Errors.heldLost(name()));
    }

    public void refuseToRead(int task, int losses) {
        fail(Errors.unreadable(layerOf(task).label(), key(task), losses, root.lastLoss));
    }

    public void blame(int task, int deaths) {
        fail(Errors.deadly(layerOf(task).label(), key(task), deaths));
    }

    /// Keeps why this job will be stopped; those that wait for it are stopped for the same reason.
    private void fail(LazuliException reason) {
        failure = reason;
        if (root.failure == null) {
            root.failure = reason;
        }
    }

    /// The job will not succeed.
    ///
    /// @param task whose failure is the reason; negative if none's is
    public void stop(int task) {
        if (failure == null) {
            failure = task < 0 ? Errors.cancelled(name()) : failures.of(task);
        }
    }

    /// It had succeeded, and runs again.
    public void reopen() {
        state = JobProgress.State.RUNNING;
    }

    public void finish(JobProgress.State outcome) {
        state = outcome;
        endNanos = System.nanoTime();
        if (isRoot()) {
            failures.clear();
        }
    }

    public JobProgress.State state() {
        return state;
    }

    public boolean isRunning() {
        return state == JobProgress.State.RUNNING;
    }

    /// Why there will be no results; empty as long as some may come.
    public Optional<LazuliException> failure() {
        return isRunning() ? Optional.empty() : Optional.ofNullable(failure);
    }

    /// Why it failed, in words, if it did.
    public Optional<String> failureMessage() {
        return state == JobProgress.State.FAILED
                ? Optional.ofNullable(failure).map(LazuliException::getMessage)
                : Optional.empty();
    }

    public JobDescription description() {
        return Description.of(id, parent, name(), options.priority(), graph, plan);
    }

    /// Tells an observer who comes late what is known of a job that was admitted, except for its end.
    public void describe(Description into) {
        into.job(description(), firstTask, startNanos, progress.of(graph));
    }

    /// Tells an observer who comes late how the job ended, if it has.
    public void describeEnd(Description into) {
        if (!isRunning()) {
            into.end(id, state, endNanos, failureMessage());
        }
    }

    /// @param measures of a layer, by its token
    public JobProgress progress(long spilledBytes, Function<Token, Measures> measures) {
        long end = isRunning() ? System.nanoTime() : endNanos;
        List<LayerCounts> counts = isAdmitted ? progress.of(graph) : List.of();
        List<LayerProgress> of = IntStream.range(0, counts.size())
                .mapToObj(i -> progress(counts.get(i), measures.apply(graph.get(i).token())))
                .toList();
        return new JobProgress(state, Duration.ofNanos(end - startNanos), spilledBytes, of);
    }

    private static LayerProgress progress(LayerCounts counts, Measures measures) {
        return new LayerProgress(
                counts.label(), counts.taskCount(), counts.leasedCount(), counts.finishedCount(),
                Duration.ofNanos(counts.busyNanos()), counts.rows(), counts.bytes(),
                Duration.ofNanos(measures.longestNanos()), measures.sums());
    }

    /// The same failure for each thread that asks, with that thread's way to it.
    public static LazuliException copyOf(LazuliException failure) {
        return new LazuliException(failure.code(), Objects.requireNonNull(failure.getMessage()), failure.getCause());
    }
}
