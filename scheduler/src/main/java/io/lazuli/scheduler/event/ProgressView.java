package io.lazuli.scheduler.event;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/// How far the jobs of an engine are, folded from its events. After the last event of a job it says what
/// [io.lazuli.graph.Job#progress] does. May be asked by any thread at any time.
///
/// Keeps the last hundred jobs that have ended.
public final class ProgressView implements EventSubscriber {
    private static final int MOST_ENDED = 100;

    /// By id, in the order of submission.
    private final Map<Long, JobTally> jobs = new LinkedHashMap<>();
    /// Jobs that ran before a gap and have not been told of since.
    private final Map<Long, JobTally> missing = new HashMap<>();
    /// Those of `jobs` that the engine has forgotten, the oldest first.
    private final Queue<Long> forgotten = new ArrayDeque<>();
    private final TaskRanges<LayerTally> layers = new TaskRanges<>();
    /// Of the last event.
    private long nanos;

    @Override
    public synchronized void accept(EventBlock block) {
        for (EventCursor event = block.cursor(); event.next();) {
            nanos = event.nanos();
            on(event);
        }
    }

    private void on(EventCursor event) {
        switch (event.kind()) {
            case TASKS_MOVED -> moved(event);
            case TASK_ENDED -> {
                moved(event);
                LayerTally layer = layers.find(event.task()).layer();
                if (layer != null) {
                    layer.ended(event);
                }
            }
            case JOB_SUBMITTED -> submitted(event);
            case LAYER_COUNTED -> job(event).ifPresent(job -> job.layers.get(event.layer()).counted(event));
            case RESULTS_SPILLED -> job(event).ifPresent(job -> job.spilled(event.bytes()));
            case JOB_FAILED -> job(event).ifPresent(job -> job.failed(event.failure()));
            case JOB_FINISHED -> job(event).ifPresent(job -> job.finished(event.state(), event.nanos()));
            case JOB_FORGOTTEN -> job(event).ifPresent(this::forget);
            case GAP -> lose();
            case JOB_STOPPED, WORKER_JOINED, WORKER_LEFT, ENGINE_CLOSED -> {}
        }
    }

    private Optional<JobTally> job(EventCursor event) {
        return Optional.ofNullable(jobs.get(event.job()));
    }

    private void moved(EventCursor event) {
        int task = event.task();
        int end = task + event.taskCount();
        while (task < end) {
            TaskRanges.Range<LayerTally> range = layers.find(task);
            int rangeEnd = Math.min(end, range.end());
            LayerTally layer = range.layer();
            if (layer != null) {
                layer.moved(event.transition(), event.from(), rangeEnd - task, event.nanos());
            }
            task = rangeEnd;
        }
    }

    private void submitted(EventCursor event) {
        JobDescription description = event.description();
        JobTally before = missing.remove(description.id());
        JobTally job = before == null
                ? new JobTally(description, event.task(), event.nanos())
                : new JobTally(description, event.task(), before);
        jobs.put(description.id(), job);
        for (LayerTally layer : job.layers) {
            layers.add(job.firstTask + layer.layer.firstTask(), layer.layer.taskCount(), layer);
        }
    }

    private void forget(JobTally job) {
        for (LayerTally layer : job.layers) {
            layers.remove(job.firstTask + layer.layer.firstTask(), layer);
        }
        forgotten.add(job.description.id());
        if (forgotten.size() > MOST_ENDED) {
            jobs.remove(forgotten.remove());
        }
    }

    /// Nothing is known any more of jobs that have not ended, nor of what belongs to which task.
    private void lose() {
        missing.clear();
        jobs.forEach((id, job) -> {
            if (job.isRunning()) {
                missing.put(id, job);
            }
        });
        jobs.keySet().removeAll(missing.keySet());
        layers.clear();
    }

    /// All known jobs, in the order of submission.
    public synchronized List<JobSummary> summaries() {
        return jobs.values().stream().map(job -> job.summary(nanos)).toList();
    }

    /// One job; empty if it is not known, or ended long ago.
    public synchronized Optional<JobSummary> summary(long job) {
        return Optional.ofNullable(jobs.get(job)).map(tally -> tally.summary(nanos));
    }

    /// The jobs that run, in the order of submission, and how fast.
    ///
    /// @param nanos the time, as [EventStream#nanos] gives it
    public synchronized List<JobPace> running(long nanos) {
        return jobs.values().stream().filter(JobTally::isRunning).map(job -> job.pace(nanos)).toList();
    }
}
