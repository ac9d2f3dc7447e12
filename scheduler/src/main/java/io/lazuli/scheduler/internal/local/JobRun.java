package io.lazuli.scheduler.internal.local;

import io.lazuli.graph.Job;
import io.lazuli.graph.JobListener;
import io.lazuli.graph.JobProgress;
import io.lazuli.graph.JobProgress.LayerProgress;
import io.lazuli.graph.Layer;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.scheduler.event.JobDescription;
import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.core.CoreProgress;
import io.lazuli.scheduler.internal.core.EventBuffer;
import io.lazuli.scheduler.internal.core.JobPlan;
import io.lazuli.scheduler.internal.core.LayerCounts;
import io.lazuli.scheduler.internal.core.LayerPlan;
import io.lazuli.scheduler.internal.core.TransitionBuffer;
import io.lazuli.scheduler.internal.event.Description;
import io.lazuli.scheduler.internal.store.ResultStore;
import io.lazuli.scheduler.internal.store.StoredResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A job of the local engine: what its client sees of it, and what worker threads need. Fields without a note are guarded by
/// the dispatcher's lock.
final class JobRun implements Job {
    private final long id;
    private final String name;
    private final int priority;
    /// The layers that were submitted, needed or not.
    private final List<Layer> graph;
    private final JobPlan plan;
    private final Dispatcher dispatcher;
    private final ResultStore store;
    private final LongAdder spilledBytes = new LongAdder();
    /// Why tasks failed, by id; written by workers.
    private final Map<Integer, LazuliException> failures = new ConcurrentHashMap<>();
    private final Condition changed;
    private final List<JobListener> listeners = new ArrayList<>();
    private final SerialCalls calls = new SerialCalls();
    private final long startNanos = System.nanoTime();

    /// Results held by the engine that the job starts from, in the order of their ids; empty once admitted.
    private final List<StoredResult> held;
    /// By index in the plan; null for held layers.
    private final List<@Nullable LayerRun> layers = new ArrayList<>();
    /// Set when the job is admitted, before anybody else sees it.
    @SuppressWarnings("NullAway.Init")
    private CoreProgress progress;
    private int firstTask;
    private int firstOutput;
    /// Of `spilledBytes`, what observers were told.
    private long toldSpilledBytes;
    /// Partitions of the output that can be taken.
    private final BitSet offered = new BitSet();
    private final BitSet taken = new BitSet();
    private JobProgress.State state = JobProgress.State.RUNNING;
    /// Why the job ends without results; null if it does not. Thrown once nothing of it runs any more.
    private @Nullable LazuliException failure;
    private long endNanos;
    private boolean closed;
    /// Nobody wants its results. Written under the lock, read by running tasks.
    private volatile boolean stopped;

    /// Ownership: takes over one hold of each of `held`.
    JobRun(
            long id,
            String name,
            int priority,
            List<Layer> graph,
            JobPlan plan,
            List<StoredResult> held,
            Dispatcher dispatcher,
            ResultStore store) {
        this.id = id;
        this.name = name;
        this.priority = priority;
        this.graph = graph;
        this.plan = plan;
        this.held = new ArrayList<>(held);
        this.dispatcher = dispatcher;
        this.store = store;
        this.changed = dispatcher.newCondition();
    }

    @Override
    public long id() {
        return id;
    }

    String name() {
        return name;
    }

    @Override
    public int partitionCount() {
        return plan.layers().get(plan.output()).partitionCount();
    }

    LongAdder spilledBytes() {
        return spilledBytes;
    }

    LayerRun layer(int index) {
        return layers.get(index);
    }

    boolean isStopped() {
        return stopped;
    }

    void recordFailure(int task, LazuliException reason) {
        failures.put(task, reason);
    }

    void admit(int first, CoreProgress view) {
        firstTask = first;
        progress = view;
        int nextHeld = 0;
        for (LayerPlan layer : plan.layers()) {
            layers.add(layer.layer().isEmpty() ? null : new LayerRun(this, plan, layer, firstTask));
            for (int p = 0; layer.layer().isEmpty() && p < layer.partitionCount(); p++) {
                store.put(firstTask + layer.offset() + p, held.get(nextHeld++));
            }
        }
        held.clear();
        firstOutput = firstTask + plan.layers().get(plan.output()).offset();
    }

    void offer(int task) {
        offered.set(task - firstOutput);
        tell(listener -> listener.offered(task - firstOutput));
        changed.signalAll();
    }

    void stop(int reason) {
        if (failure == null) {
            failure = reason < 0 ? Errors.cancelled(name) : failures.get(reason);
        }
        stopped = true;
        offered.clear();
        changed.signalAll();
    }

    void loseRows(int layer, long produced, long takenRows) {
        failure = Errors.rowsLost(layer(layer).layer.label(), produced, takenRows);
    }

    void finish(JobProgress.State outcome) {
        state = outcome;
        endNanos = System.nanoTime();
        failures.clear();
        if (outcome == JobProgress.State.FAILED && failure != null) {
            dispatcher.events().failed(id, Objects.requireNonNull(failure.getMessage()));
        }
        tell(listener -> listener.ended(outcome));
        changed.signalAll();
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
            offered.stream().forEach(partition -> calls.add(() -> listener.offered(partition)));
            if (state != JobProgress.State.RUNNING) {
                JobProgress.State outcome = state;
                calls.add(() -> listener.ended(outcome));
            }
            dispatcher.callLater(calls);
            return true;
        });
    }

    JobDescription description() {
        return Description.of(id, name, priority, graph, plan);
    }

    void describe(Description into) {
        into.job(description(), firstTask, progress.of(graph), toldSpilledBytes, state);
    }

    void sample(TransitionBuffer into) {
        long spilled = spilledBytes.sum();
        if (spilled > toldSpilledBytes) {
            into.resultsSpilled(id, spilled - toldSpilledBytes);
            toldSpilledBytes = spilled;
        }
    }

    void signal() {
        changed.signalAll();
    }

    @Override
    public Block take(int partition) {
        StoredResult result = takeResult(partition);
        try {
            return result.borrow();
        } finally {
            result.release();
        }
    }

    /// As [#take], in whatever form the store has it. Ownership: the caller's hold.
    StoredResult takeResult(int partition) {
        Objects.checkIndex(partition, partitionCount());
        try {
            return dispatcher.await(changed, events -> tryTake(partition, events));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Errors.interrupted(name);
        }
    }

    private Optional<StoredResult> tryTake(int partition, EventBuffer events) {
        if (taken.get(partition)) {
            throw new IllegalStateException("partition " + partition + " of job '" + name + "' was taken before");
        }
        if (failure != null && state != JobProgress.State.RUNNING) {
            throw new LazuliException(failure.code(), Objects.requireNonNull(failure.getMessage()), failure.getCause());
        }
        if (closed) {
            throw new IllegalStateException("job '" + name + "' is closed");
        }
        dispatcher.defect().ifPresent(defect -> {
            throw defect;
        });
        if (!offered.get(partition)) {
            return Optional.empty();
        }
        taken.set(partition);
        events.resultTaken(firstOutput + partition);
        return Optional.of(store.find(firstOutput + partition).retain());
    }

    @Override
    public void cancel() {
        dispatcher.call(events -> {
            if (state == JobProgress.State.RUNNING) {
                events.jobCancelled(id);
            }
            return true;
        });
    }

    @Override
    public JobProgress progress() {
        return dispatcher.call(_ -> {
            long end = state == JobProgress.State.RUNNING ? System.nanoTime() : endNanos;
            List<LayerProgress> of = progress.of(graph).stream().map(JobRun::progress).toList();
            return new JobProgress(state, Duration.ofNanos(end - startNanos), spilledBytes.sum(), of);
        });
    }

    private static LayerProgress progress(LayerCounts counts) {
        return new LayerProgress(
                counts.label(), counts.taskCount(), counts.leasedCount(), counts.finishedCount(),
                Duration.ofNanos(counts.busyNanos()), counts.rows(), counts.bytes());
    }

    @Override
    public void close() {
        dispatcher.call(events -> {
            if (!closed && dispatcher.jobs().containsKey(id)) {
                events.jobClosed(id);
            }
            closed = true;
            return true;
        });
        dispatcher.awaitUninterruptibly(changed, this::isOver);
        dispatcher.awaitSettled();
    }

    private boolean isOver() {
        return state != JobProgress.State.RUNNING || dispatcher.defect().isPresent();
    }
}
