package io.lazuli.dashboard.internal.model;

import io.lazuli.scheduler.event.EngineEvent;
import io.lazuli.scheduler.event.EventBlock;
import io.lazuli.scheduler.event.EventCursor;
import io.lazuli.scheduler.event.EventKind;
import io.lazuli.scheduler.event.EventSubscriber;
import io.lazuli.scheduler.event.JobPace;
import io.lazuli.scheduler.event.JobSummary;
import io.lazuli.scheduler.event.ProgressView;
import io.lazuli.scheduler.event.TaskRanges;
import io.lazuli.scheduler.event.TaskSpan;
import io.lazuli.scheduler.event.TaskStatus;
import io.lazuli.scheduler.event.TaskStream;
import io.lazuli.scheduler.event.TaskTransition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All that the pages show of an engine, folded from its events. Bounded, whatever the engine does: the last jobs, attempts, samples
/// and failures. May be asked by any thread at any time.
///
/// Counts of tasks are [ProgressView]'s, which are the engine's own; here is what these do not tell.
public final class RunModel implements EventSubscriber {
    private static final int MOST_SPANS = 50_000;
    private static final int MOST_FAILURES = 300;
    private static final int MOST_CAUSES = 10_000;

    private final ProgressView progress = new ProgressView();
    private final TaskStream stream = new TaskStream(MOST_SPANS);
    private final JobBook jobs = new JobBook();
    private final Map<Integer, WorkerRecord> workers = new TreeMap<>();
    private final Deque<Failure> failures = new ArrayDeque<>();
    /// Jobs that have not ended.
    private final Set<Long> running = new HashSet<>();
    private final Sums sums = new Sums();
    /// Why attempts failed whose end is told next, by task.
    private final Map<Integer, String> causes = new HashMap<>();
    private long failureCount;
    private long sampleCount;
    /// Of the last event.
    private long nanos;
    private boolean closed;
    /// The worker of which was just heard that it is gone; null if none is.
    private @Nullable LostWorker lost;

    @Override
    public synchronized void accept(EventBlock block) {
        progress.accept(block);
        stream.accept(block);
        causes.putAll(block.causes());
        for (EventCursor event = block.cursor(); event.next();) {
            nanos = event.nanos();
            on(event);
        }
        tellLost();
        jobs.endUnheard();
        if (causes.size() > MOST_CAUSES) {
            causes.clear(); // of attempts whose ends were missed
        }
    }

    private void on(EventCursor event) {
        switch (event.kind()) {
            case TASKS_MOVED -> moved(event);
            case TASK_ENDED -> {
                moved(event);
                ended(event);
            }
            case JOB_SUBMITTED -> {
                jobs.submitted(event);
                sums.submitted(event);
                running.add(event.job());
            }
            case JOB_STOPPED -> stopped(event);
            case JOB_FAILED -> failed(event);
            case JOB_FINISHED -> finished(event);
            case JOB_FORGOTTEN -> jobs.forget(event.job());
            case RESULTS_SPILLED -> sums.spilled(event);
            case WORKER_JOINED -> worker(event.worker()).joined(event);
            case WORKER_LEFT -> left(event);
            case WORKER_SAMPLED -> worker(event.worker()).sampled(new WorkerRecord.Sample(
                    ++sampleCount, event.worker(), event.nanos(), event.sample()));
            case GAP -> {
                sums.missed(event);
                jobs.lose();
                running.clear();
                workers.values().forEach(WorkerRecord::miss);
            }
            case ENGINE_CLOSED -> closed = true;
            case LAYER_COUNTED -> {}
        }
    }

    private WorkerRecord worker(int worker) {
        return workers.computeIfAbsent(worker, WorkerRecord::new);
    }

    private void moved(EventCursor event) {
        TaskTransition transition = event.transition();
        sums.moved(transition, event.taskCount());
        if (lost != null && lost.caused(event)) {
            lost.moved(event);
        }
        if (event.worker() != EngineEvent.NONE) {
            int change = count(transition.to() == TaskStatus.LEASED) - count(event.from() == TaskStatus.LEASED);
            worker(event.worker()).leased(change * event.taskCount(), event.nanos());
        }
        if (isTrouble(transition)) {
            record(event);
        }
    }

    private void left(EventCursor event) {
        tellLost();
        WorkerRecord worker = worker(event.worker());
        worker.left(event);
        lost = new LostWorker(event.worker(), worker.name(), worker.fullName(), event);
    }

    /// All that the core does about a worker's loss comes at the same time as the loss, in one block.
    private void tellLost() {
        LostWorker gone = lost;
        if (gone != null) {
            lost = null;
            add(gone.toFailure(++failureCount));
        }
    }

    /// A result that existed is made again, because it is lost or because one that is needs it.
    static boolean isMadeAgain(TaskTransition transition) {
        return transition == TaskTransition.LOST || transition == TaskTransition.REVIVED;
    }

    private static int count(boolean is) {
        return is ? 1 : 0;
    }

    private static boolean isTrouble(TaskTransition transition) {
        return transition == TaskTransition.FAILED || transition == TaskTransition.RETRIED
                || transition == TaskTransition.LOST;
    }

    /// Tells of attempts that failed and of results that were lost, layer by layer: those of a lost worker with it.
    private void record(EventCursor event) {
        int end = event.task() + event.taskCount();
        for (int task = event.task(); task < end;) {
            TaskRanges.Range<LayerRecord> range = jobs.rangeOf(task);
            int rangeEnd = Math.min(end, range.end());
            LayerRecord layer = range.layer();
            if (layer != null) {
                layer.moved(event.transition(), rangeEnd - task);
                if (event.transition() == TaskTransition.LOST && lost != null && lost.caused(event)) {
                    lost.took(layer, rangeEnd - task);
                } else {
                    add(failure(event, layer, task, rangeEnd - task));
                }
            }
            task = rangeEnd;
        }
    }

    private Failure failure(EventCursor event, LayerRecord layer, int task, int count) {
        boolean isMeasured = event.kind() == EventKind.TASK_ENDED;
        return new Failure(
                ++failureCount, event.nanos(), kind(event.transition()), layer.job.description.id(),
                layer.job.description.name(), layer.label(), layer.partitionOf(task), count, layer.attemptOf(task),
                event.worker(), isMeasured ? event.busyNanos() : 0,
                isMeasured ? Objects.requireNonNullElse(causes.remove(task), "") : "");
    }

    private static String kind(TaskTransition transition) {
        return switch (transition) {
            case RETRIED -> "retried";
            case LOST -> "lost";
            default -> "failed";
        };
    }

    private void ended(EventCursor event) {
        sums.ended(event);
        jobs.layerOf(event.task()).ifPresent(layer -> layer.ended(event));
        if (event.worker() != EngineEvent.NONE && event.from() != TaskStatus.EXPANDED) {
            worker(event.worker()).ended(event);
        }
    }

    private void stopped(EventCursor event) {
        JobRecord job = jobs.find(event.job());
        if (job != null && event.task() != EngineEvent.NONE) {
            jobs.layerOf(event.task()).ifPresent(layer -> {
                job.stoppedIn = layer.label();
                job.stoppedAt = layer.partitionOf(event.task());
            });
        }
    }

    private void failed(EventCursor event) {
        JobRecord job = jobs.find(event.job());
        if (job == null) {
            return;
        }
        add(new Failure(
                ++failureCount, event.nanos(), "job", event.job(), job.description.name(), job.stoppedIn,
                job.stoppedAt, 1, EngineEvent.NONE, EngineEvent.NONE, 0, event.failure()));
    }

    private void finished(EventCursor event) {
        JobRecord job = jobs.find(event.job());
        if (job != null && job.isRoot()) {
            sums.finished(event.state());
        }
        running.remove(event.job());
        if (running.isEmpty()) {
            workers.values().forEach(WorkerRecord::rest);
        }
    }

    private void add(Failure failure) {
        failures.add(failure);
        if (failures.size() > MOST_FAILURES) {
            failures.remove();
        }
    }

    /// The jobs that are known and that no task set off, in the order of submission.
    ///
    /// @param now as [io.lazuli.scheduler.event.EventStream#nanos] gives it
    public synchronized List<JobView> jobs(long now) {
        Map<Long, JobPace> paces = new HashMap<>();
        progress.running(now).forEach(pace -> paces.put(pace.summary().job(), pace));
        List<JobView> views = new ArrayList<>();
        for (JobSummary summary : progress.summaries()) {
            JobRecord job = jobs.find(summary.job());
            if (job != null) {
                JobPace pace = paces.get(summary.job());
                views.add(new JobView(
                        job.description, job.startNanos, pace == null ? summary : pace.summary(),
                        job.layers.stream().map(LayerRecord::extra).toList(), Optional.ofNullable(pace)));
            }
        }
        return views;
    }

    public synchronized List<WorkerView> workers() {
        return workers.values().stream().map(WorkerRecord::view).toList();
    }

    /// Samples with a higher number, in order.
    public synchronized List<WorkerRecord.Sample> samplesAfter(long number) {
        return workers.values().stream().flatMap(worker -> worker.samplesAfter(number).stream())
                .sorted(Comparator.comparingLong(WorkerRecord.Sample::number))
                .toList();
    }

    /// Failures with a higher number, in order.
    public synchronized List<Failure> failuresAfter(long number) {
        return failures.stream().filter(failure -> failure.number() > number).toList();
    }

    /// Attempts by number, see [TaskStream#spans].
    public List<TaskSpan> spans(long first, long end) {
        return stream.spans(first, end);
    }

    public long spanCount() {
        return stream.seenCount();
    }

    public synchronized Totals totals() {
        return sums.totals();
    }

    /// Of the last event.
    public synchronized long nanos() {
        return nanos;
    }

    /// The engine has ended.
    public synchronized boolean isClosed() {
        return closed;
    }

    /// One of [#jobs].
    public Optional<JobView> job(long id, long now) {
        return jobs(now).stream().filter(job -> job.id() == id).findFirst();
    }
}
