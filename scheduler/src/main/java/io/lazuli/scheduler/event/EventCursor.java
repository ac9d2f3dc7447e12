package io.lazuli.scheduler.event;

import io.lazuli.graph.JobProgress;
import io.lazuli.scheduler.internal.core.TransitionBuffer;
import java.util.Objects;
import java.util.Optional;

/// Walks over the events of a block. Starts before the first: call [#next]. The words that an event has depend on its kind, as
/// the records of [EngineEvent] say; asking for others gives numbers without meaning.
///
/// ```java
/// for (EventCursor event = block.cursor(); event.next();) {
///     if (event.kind() == EventKind.TASK_ENDED) {
///         busy += event.busyNanos();
///     }
/// }
/// ```
public final class EventCursor {
    private static final JobProgress.State[] STATES = JobProgress.State.values();

    private final EventBlock block;
    private final long[] words;
    /// Where the current entry starts, and the one after it.
    private int at;
    private int end;
    private long nanos;

    EventCursor(EventBlock block) {
        this.block = block;
        this.words = block.words();
    }

    /// Goes to the next event; false if there is none.
    public boolean next() {
        at = end;
        while (at < words.length && (words[at] & TransitionBuffer.CODE) == TransitionBuffer.CLOCK) {
            nanos = words[at++] >> 8;
        }
        if (at == words.length) {
            end = at;
            return false;
        }
        end = at + TransitionBuffer.length(words[at]);
        return true;
    }

    public EventKind kind() {
        int code = (int) words[at] & TransitionBuffer.CODE;
        return switch (code) {
            case TransitionBuffer.JOB_SUBMITTED -> EventKind.JOB_SUBMITTED;
            case TransitionBuffer.JOB_STOPPED -> EventKind.JOB_STOPPED;
            case TransitionBuffer.JOB_FINISHED -> EventKind.JOB_FINISHED;
            case TransitionBuffer.JOB_FORGOTTEN -> EventKind.JOB_FORGOTTEN;
            case TransitionBuffer.JOB_FAILED -> EventKind.JOB_FAILED;
            case TransitionBuffer.RESULTS_SPILLED -> EventKind.RESULTS_SPILLED;
            case TransitionBuffer.LAYER_COUNTED -> EventKind.LAYER_COUNTED;
            case TransitionBuffer.WORKER_JOINED -> EventKind.WORKER_JOINED;
            case TransitionBuffer.WORKER_LEFT -> EventKind.WORKER_LEFT;
            case TransitionBuffer.GAP -> EventKind.GAP;
            case TransitionBuffer.ENGINE_CLOSED -> EventKind.ENGINE_CLOSED;
            case TransitionBuffer.WORKER_SAMPLED -> EventKind.WORKER_SAMPLED;
            default -> isMeasured() ? EventKind.TASK_ENDED : EventKind.TASKS_MOVED;
        };
    }

    /// Since the engine was opened.
    public long nanos() {
        return nanos;
    }

    public TaskTransition transition() {
        return TaskTransition.of((int) words[at] & TransitionBuffer.CODE);
    }

    /// The tasks' status before.
    public TaskStatus from() {
        return TaskStatus.of(small() & TransitionBuffer.FROM);
    }

    /// True if what the tasks make was counted before: they run again. Rows and bytes of a [EventKind#TASK_ENDED] then add nothing
    /// to their layer, and tasks that are skipped count as finished again.
    public boolean isRepeated() {
        return (words[at] & TransitionBuffer.COUNTED) != 0;
    }

    public int attempt() {
        return (int) (words[at] >>> 16) & 0xffff;
    }

    /// The task, or the first of them.
    public int task() {
        return index();
    }

    /// How many consecutive tasks moved.
    public int taskCount() {
        return isMeasured() ? 1 : (int) words[at + 1];
    }

    /// Of a task or of what is told of a worker.
    public int worker() {
        int code = (int) words[at] & TransitionBuffer.CODE;
        return code < TransitionBuffer.CLOCK ? (int) (words[at + 1] >>> 32) : index();
    }

    public int thread() {
        return (int) words[at + 1];
    }

    /// Of a task that ended or of a layer.
    public long rows() {
        return isBrief() ? TransitionBuffer.briefRows(words[at + 2]) : words[isMeasured() ? at + 2 : at + 5];
    }

    /// Of a task that ended or of a layer.
    public long bytes() {
        return isBrief() ? TransitionBuffer.briefBytes(words[at + 2]) : words[isMeasured() ? at + 3 : at + 6];
    }

    public long busyNanos() {
        return isBrief() ? TransitionBuffer.briefBusyNanos(words[at + 2]) : words[at + 4];
    }

    public long exchangedRows() {
        return form() == TransitionBuffer.EXCHANGED ? words[at + 5] : 0;
    }

    /// Id of the job that an event without task is about.
    public long job() {
        return words[at + 1];
    }

    public JobDescription description() {
        return Objects.requireNonNull(block.jobs().get(job()), "a block describes the jobs submitted in it");
    }

    public String failure() {
        return Objects.requireNonNull(block.failures().get(job()), "a block says why jobs failed in it");
    }

    /// Of [EngineEvent.ResultsSpilled], as the two after.
    public long writtenBytes() {
        return words[at + 2];
    }

    public long readBytes() {
        return words[at + 3];
    }

    public long diskBytes() {
        return words[at + 4];
    }

    /// The task that a submitted job expands.
    public int expanded() {
        return (int) words[at + 2];
    }

    public JobProgress.State state() {
        return STATES[small()];
    }

    public int layer() {
        return index();
    }

    /// Of a layer, as the two after.
    public int layerTaskCount() {
        return (int) words[at + 2];
    }

    public int runningCount() {
        return (int) (words[at + 3] >>> 32);
    }

    public int finishedCount() {
        return (int) words[at + 3];
    }

    public int threadCount() {
        return (int) words[at + 1];
    }

    /// Who the worker is that joined; empty if that is not told, as of an engine with no other process.
    public Optional<WorkerDescription> workerDescription() {
        return Optional.ofNullable(block.workers().get(worker()));
    }

    /// Why the worker left; empty if that is not told.
    public Optional<String> departure() {
        return Optional.ofNullable(block.departures().get(worker()));
    }

    /// Of [EngineEvent.WorkerSampled].
    public WorkerSample sample() {
        return new WorkerSample(
                (int) (words[at + 1] >>> 32), (int) words[at + 1], words[at + 2], words[at + 3], words[at + 4],
                words[at + 5], words[at + 6], words[at + 7], words[at + 8]);
    }

    public long missedBlockCount() {
        return words[at + 1];
    }

    public long missedWordCount() {
        return words[at + 2];
    }

    /// The event as a record.
    public EngineEvent event() {
        return switch (kind()) {
            case TASKS_MOVED ->
                new EngineEvent.TasksMoved(
                        nanos, transition(), from(), isRepeated(), task(), taskCount(), attempt(), worker());
            case TASK_ENDED -> new EngineEvent.TaskEnded(
                    nanos, transition(), from(), isRepeated(), task(), attempt(), worker(), thread(), rows(), bytes(),
                    busyNanos(), exchangedRows());
            case JOB_SUBMITTED -> new EngineEvent.JobSubmitted(nanos, description(), task(), expanded());
            case JOB_STOPPED -> new EngineEvent.JobStopped(nanos, job(), task());
            case JOB_FINISHED -> new EngineEvent.JobFinished(nanos, job(), state());
            case JOB_FORGOTTEN -> new EngineEvent.JobForgotten(nanos, job());
            case JOB_FAILED -> new EngineEvent.JobFailed(nanos, job(), failure());
            case RESULTS_SPILLED ->
                new EngineEvent.ResultsSpilled(nanos, job(), writtenBytes(), readBytes(), diskBytes());
            case LAYER_COUNTED -> new EngineEvent.LayerCounted(
                    nanos, job(), layer(), layerTaskCount(), runningCount(), finishedCount(), busyNanos(), rows(),
                    bytes());
            case WORKER_JOINED -> new EngineEvent.WorkerJoined(nanos, worker(), threadCount(), workerDescription());
            case WORKER_LEFT -> new EngineEvent.WorkerLeft(nanos, worker(), departure());
            case GAP -> new EngineEvent.Gap(nanos, missedBlockCount(), missedWordCount());
            case ENGINE_CLOSED -> new EngineEvent.EngineClosed(nanos);
            case WORKER_SAMPLED -> new EngineEvent.WorkerSampled(nanos, worker(), sample());
        };
    }

    private int form() {
        return (int) words[at] & TransitionBuffer.FORM;
    }

    private boolean isMeasured() {
        return form() != 0;
    }

    private boolean isBrief() {
        return form() == TransitionBuffer.BRIEF;
    }

    private int small() {
        return (int) (words[at] >>> 8) & 0xff;
    }

    private int index() {
        return (int) (words[at] >>> 32);
    }
}
