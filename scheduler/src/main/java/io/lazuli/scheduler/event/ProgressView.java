package io.lazuli.scheduler.event;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How far the jobs of an engine are, folded from its events. After the last event of a job it says what
/// [io.lazuli.graph.Job#progress] does. What a job's tasks set off is told with the job. May be asked by any thread at any time.
///
/// Keeps the last hundred jobs that have ended under the scheduler that leads.
public final class ProgressView implements EventSubscriber {
    private static final int MOST_ENDED = 100;

    /// By id, in the order of submission.
    private final Map<Long, JobTally> jobs = new LinkedHashMap<>();
    /// While a block is read that tells of a gap: jobs that were not forgotten before it, and have not been told of since.
    private final Map<Long, JobTally> missing = new LinkedHashMap<>();
    /// Those of `jobs` that the engine has forgotten, the oldest first.
    private final Set<Long> forgotten = new LinkedHashSet<>();
    private final TaskRanges<LayerTally> layers = new TaskRanges<>();
    /// Of the last event.
    private long nanos;

    @Override
    public synchronized void accept(EventBlock block) {
        for (EventCursor event = block.cursor(); event.next();) {
            nanos = event.nanos();
            on(event);
        }
        if (!missing.isEmpty()) {
            endUnheard();
        }
    }

    /// Forgets all jobs: those that go on are told of again.
    @Override
    public synchronized void startOver(Instant opened) {
        jobs.clear();
        missing.clear();
        forgotten.clear();
        layers.clear();
        nanos = 0;
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
            case RESULTS_SPILLED -> job(event).ifPresent(job -> job.spilled(event));
            case JOB_FAILED -> job(event).ifPresent(job -> job.failed(event.failure()));
            case JOB_FINISHED -> job(event).ifPresent(job -> job.finished(event.state(), event.nanos()));
            case JOB_FORGOTTEN -> job(event).ifPresent(this::forget);
            case GAP -> lose();
            case JOB_STOPPED, WORKER_JOINED, WORKER_LEFT, WORKER_SAMPLED, ENGINE_CLOSED -> {}
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
                layer.moved(
                        event.transition(), event.from(), event.isRepeated(), rangeEnd - task, event.nanos());
            }
            task = rangeEnd;
        }
    }

    private void submitted(EventCursor event) {
        JobDescription description = event.description();
        JobTally before = missing.remove(description.id());
        JobTally root = rootOf(description.parent());
        JobTally job = new JobTally(description, event.task(), event.nanos(), root, before);
        jobs.put(description.id(), job);
        if (root != null) {
            root.inner.add(job);
        }
        for (LayerTally layer : job.layers) {
            layers.add(job.firstTask + layer.layer.firstTask(), layer.layer.taskCount(), layer);
        }
    }

    /// Where the work of a job that a task of `parent` sets off belongs; null if that is not known.
    private @Nullable JobTally rootOf(long parent) {
        JobTally job = jobs.get(parent);
        return job == null || job.root == null ? job : job.root;
    }

    private void forget(JobTally job) {
        if (job.root != null) {
            job.root.inner.end(job);
        }
        for (LayerTally layer : job.layers) {
            layers.remove(job.firstTask + layer.layer.firstTask(), layer);
        }
        keepEnded(job.description.id());
    }

    private void keepEnded(long job) {
        forgotten.add(job);
        if (forgotten.size() > MOST_ENDED) {
            long oldest = forgotten.iterator().next();
            forgotten.remove(oldest);
            jobs.remove(oldest);
        }
    }

    /// Nothing is known any more of jobs that were not forgotten, nor of what belongs to which task.
    private void lose() {
        missing.clear();
        missing.putAll(jobs);
        missing.keySet().removeAll(forgotten);
        jobs.keySet().removeAll(missing.keySet());
        layers.clear();
    }

    /// What is still missing went during the gap. A part of a job that goes on has done its work; of other jobs that ran nobody
    /// knows how they ended.
    private void endUnheard() {
        missing.forEach((id, job) -> {
            JobTally root = job.root == null ? null : jobs.get(job.root.description.id());
            if (root != null) {
                root.inner.endUnheard(job);
            }
            if (!job.isRunning()) {
                jobs.put(id, job);
                keepEnded(id);
            }
        });
        missing.clear();
    }

    /// All known jobs that no task set off, in the order of submission.
    public synchronized List<JobSummary> summaries() {
        return jobs.values().stream().filter(job -> job.root == null).map(job -> job.summary(nanos)).toList();
    }

    /// One job; empty if it is not known, or ended long ago.
    public synchronized Optional<JobSummary> summary(long job) {
        return Optional.ofNullable(jobs.get(job)).map(tally -> tally.summary(nanos));
    }

    /// The jobs that run, in the order of submission, and how fast; without those whose root runs, which they are a part of.
    ///
    /// @param nanos the time, as [EventStream#nanos] gives it
    public synchronized List<JobPace> running(long nanos) {
        return jobs.values().stream().filter(JobTally::isRunning).filter(JobTally::standsAlone)
                .map(job -> job.pace(nanos))
                .toList();
    }
}
