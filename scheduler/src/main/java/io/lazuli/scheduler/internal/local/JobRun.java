package io.lazuli.scheduler.internal.local;

import io.lazuli.graph.Expansion;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobListener;
import io.lazuli.graph.JobProgress;
import io.lazuli.graph.Key;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.memory.Block;
import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.compute.LayerRun;
import io.lazuli.scheduler.internal.compute.SerialCalls;
import io.lazuli.scheduler.internal.compute.TaskJob;
import io.lazuli.scheduler.internal.core.CoreProgress;
import io.lazuli.scheduler.internal.core.JobPlan;
import io.lazuli.scheduler.internal.core.LayerPlan;
import io.lazuli.scheduler.internal.job.Lineage;
import io.lazuli.scheduler.internal.store.JobStorage;
import io.lazuli.scheduler.internal.store.LostResultException;
import io.lazuli.scheduler.internal.core.TransitionBuffer;
import io.lazuli.scheduler.internal.job.JobRecord;
import io.lazuli.scheduler.internal.job.Measures;
import io.lazuli.graph.Token;
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
import org.jspecify.annotations.Nullable;

/// A job of the local engine: what its client sees of it, and what worker threads need. Fields without a note are guarded by
/// the dispatcher's lock.
final class JobRun implements Job, TaskJob {
    private final JobRecord record;
    private final LocalShell shell;
    private final ResultStore store;
    private final JobStorage storage;
    private final JobResults results;
    private final List<JobListener> listeners = new ArrayList<>();
    private final SerialCalls calls = new SerialCalls();

    /// Results held by the engine that the job starts from, in the order of their ids. Once admitted, the store has its holds.
    private final List<HeldLayer> held;
    private final Restored restored;
    /// By index in the plan; null for held layers.
    private final List<@Nullable LayerRun> layers = new ArrayList<>();
    /// What observers were told of what was spilled.
    private long toldWrittenBytes;
    private long toldReadBytes;
    private long toldDiskBytes;
    private boolean closed;
    /// Wants the one result of this job, if it has one; null if nobody does.
    private @Nullable Consumer<StoredResult> onResult;
    /// Nobody wants its results. Written under the lock, read by running tasks.
    private volatile boolean stopped;

    /// Hears of a persisted result that was lost and made again. It is called with the dispatcher's lock held.
    interface Restored {
        /// Ownership: borrows `result`.
        void accept(Key key, StoredResult result);
    }

    /// Ownership: takes over `held`.
    JobRun(JobRecord record, List<HeldLayer> held, LocalShell shell, ResultStore store, Restored restored) {
        this(record, held, shell, store, restored, store.newJob());
    }

    private JobRun(
            JobRecord record,
            List<HeldLayer> held,
            LocalShell shell,
            ResultStore store,
            Restored restored,
            JobStorage storage) {
        this.record = record;
        this.held = held;
        this.restored = restored;
        this.shell = shell;
        this.store = store;
        this.storage = storage;
        this.results = new JobResults(this, shell, store);
    }

    @Override
    public void expand(int task, int attempt, Expansion expansion, int thread, long busyNanos, long exchangedRows) {
        TaskGraph graph = expansion.graph();
        JobPlan childPlan = JobPlan.of(graph, Map.of(), record.options());
        shell.call(inbox -> {
            JobRun child = child(graph, childPlan);
            inbox.worker().taskExpanded(task, attempt, child.id(), childPlan, busyNanos, exchangedRows);
            inbox.worker().from(thread);
            return true;
        });
    }

    /// Has a result made again that this job started from.
    void restore(int task, int attempt, Inbox inbox) {
        Key lost = record.key(task);
        Lineage lineage = held.stream()
                .filter(layer -> layer.token().equals(lost.layer()))
                .findFirst()
                .orElseThrow()
                .lineage();
        TaskGraph graph = lineage.ofPartition(lost.partition());
        JobPlan childPlan = JobPlan.of(graph, Map.of(), lineage.options());
        JobRun child = child(graph, childPlan);
        child.onResult = result -> restored.accept(lost, result);
        inbox.client().restorationSubmitted(id(), task, attempt, child.id(), childPlan);
    }

    private JobRun child(TaskGraph graph, JobPlan childPlan) {
        JobRecord childRecord = record.child(shell.nextJobId(), graph, childPlan);
        JobRun child = new JobRun(childRecord, List.of(), shell, store, restored, storage);
        shell.jobs().put(child.id(), child);
        shell.events().announce(child.id(), childRecord::description);
        return child;
    }

    @Override
    public long id() {
        return record.id();
    }

    @Override
    public String name() {
        return record.name();
    }

    JobPlan plan() {
        return record.plan();
    }

    @Override
    public boolean has(int task) {
        return record.has(task);
    }

    @Override
    public int partitionCount() {
        return record.partitionCount();
    }

    private SpillCounters spilled() {
        return storage.counters();
    }

    @Override
    public JobStorage storage() {
        return storage;
    }

    @Override
    public LayerRun layer(int index) {
        return layers.get(index);
    }

    @Override
    public boolean isStopped() {
        return stopped;
    }

    @Override
    public void recordFailure(Layer layer, int task, Key key, Throwable reason) {
        record.recordFailure(layer, task, key, reason);
        shell.events().attemptFailed(task, reason);
    }

    @Override
    public LayerRun layerOf(int task) {
        return layers.stream()
                .filter(layer -> layer != null && layer.has(task))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("job " + id() + " has no task " + task));
    }

    void admit(int firstTask, CoreProgress view) {
        record.admit(firstTask, view);
        int nextHeld = 0;
        for (LayerPlan layer : plan().layers()) {
            layers.add(layer.layer().isEmpty() ? null : new LayerRun(this, plan(), layer, firstTask));
            if (layer.isHeld() && !held.isEmpty()) {
                List<StoredResult> results = held.get(nextHeld++).results();
                for (int p = 0; p < layer.partitionCount(); p++) {
                    store.put(firstTask + layer.offset() + p, results.get(p));
                }
            }
        }
        results.startAt(record.firstOutput());
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
        record.stop(reason);
        stopped = true;
        results.withdrawAll();
    }

    JobRecord record() {
        return record;
    }

    @Override
    public void recordLoss(LostResultException loss) {
        record.recordLoss(loss);
    }

    void finish(JobProgress.State outcome) {
        record.finish(outcome);
        if (onResult != null && outcome == JobProgress.State.SUCCEEDED) {
            onResult.accept(results.firstResult());
        }
        record.failureMessage().ifPresent(message -> shell.events().failed(id(), message));
        tell(listener -> listener.ended(outcome));
        results.signal();
    }

    private void tell(Consumer<JobListener> news) {
        if (!listeners.isEmpty()) {
            listeners.forEach(listener -> calls.add(() -> news.accept(listener)));
            shell.dispatcher().callLater(calls);
        }
    }

    @Override
    public void addListener(JobListener listener) {
        shell.call(_ -> {
            listeners.add(listener);
            results.offered().forEach(partition -> calls.add(() -> listener.offered(partition)));
            if (!record.isRunning()) {
                JobProgress.State outcome = record.state();
                calls.add(() -> listener.ended(outcome));
            }
            shell.dispatcher().callLater(calls);
            return true;
        });
    }

    void describe(Description into) {
        record.describe(into);
        into.spill(id(), toldWrittenBytes, toldReadBytes, toldDiskBytes);
        record.describeEnd(into);
    }

    void sample(TransitionBuffer into) {
        if (!record.isRoot()) {
            return;
        }
        long disk = spilled().bytesOnDisk();
        long written = spilled().bytesWritten();
        long read = spilled().bytesRead();
        if (written != toldWrittenBytes || read != toldReadBytes || disk != toldDiskBytes) {
            into.resultsSpilled(id(), written - toldWrittenBytes, read - toldReadBytes, disk - toldDiskBytes);
            toldWrittenBytes = written;
            toldReadBytes = read;
            toldDiskBytes = disk;
        }
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
        record.failure().ifPresent(failure -> {
            throw JobRecord.copyOf(failure);
        });
        if (closed) {
            throw new IllegalStateException("job '" + name() + "' is closed");
        }
        shell.defect().ifPresent(defect -> {
            throw defect;
        });
    }

    @Override
    public void cancel() {
        shell.call(inbox -> {
            if (record.isRunning()) {
                inbox.client().jobCancelled(id());
            }
            return true;
        });
    }

    @Override
    public JobProgress progress() {
        return shell.call(_ -> record.progress(spilled().bytesWritten(), this::measures));
    }

    private Measures measures(Token layer) {
        return layers.stream()
                .filter(run -> run != null && run.layer().token().equals(layer))
                .map(run -> run.measures().now())
                .findFirst()
                .orElse(Measures.NONE);
    }

    @Override
    public void close() {
        shell.call(inbox -> {
            if (!closed && shell.jobs().containsKey(id())) {
                inbox.client().jobClosed(id());
            }
            closed = true;
            return true;
        });
        results.awaitEnd();
        shell.dispatcher().awaitSettled();
    }

    boolean isClosed() {
        return closed;
    }

    boolean isOver() {
        return !record.isRunning() || shell.defect().isPresent();
    }
}
