package io.lazuli.scheduler.event;

import io.lazuli.graph.JobProgress;
import java.util.Objects;
import java.util.Optional;

/// Something that happened in an engine. Decoded from an [EventBlock] for whoever likes records better than speed.
///
/// Tasks have dense ids: those of a job are consecutive from its first, and within it those of a layer, see [JobDescription].
/// They may be used again once the job is forgotten.
public sealed interface EngineEvent {
    /// In place of a worker, task or thread.
    int NONE = -1;

    /// Since the engine was opened.
    long nanos();

    /// @param firstTask id of the job's first task
    /// @param expanded  the task whose result the job's is to be, or [#NONE]
    record JobSubmitted(long nanos, JobDescription job, int firstTask, int expanded) implements EngineEvent {
        public JobSubmitted {
            Objects.requireNonNull(job, "job is null");
        }
    }

    /// The job will not succeed; what runs is awaited.
    ///
    /// @param task the one whose failure is the reason, or [#NONE]
    record JobStopped(long nanos, long job, int task) implements EngineEvent {}

    /// Why the job fails, in words.
    record JobFailed(long nanos, long job, String message) implements EngineEvent {}

    /// None of the job's tasks runs or will run.
    record JobFinished(long nanos, long job, JobProgress.State state) implements EngineEvent {}

    /// Nothing is left of the job: its results were taken or dropped.
    record JobForgotten(long nanos, long job) implements EngineEvent {}

    /// The same happened to `count` consecutive tasks, one after the other.
    ///
    /// @param isRepeated what they make was counted before, see [EventCursor#isRepeated]
    /// @param worker     who was given the tasks or gave them back, or [#NONE]
    record TasksMoved(
            long nanos,
            TaskTransition transition,
            TaskStatus from,
            boolean isRepeated,
            int firstTask,
            int count,
            int attempt,
            int worker) implements EngineEvent {}

    /// An attempt ended: it finished, it returned a graph, or it failed and the task is to run again or not. Or the graph that the
    /// task returned has ended: then `from` is EXPANDED, nothing ran, and the graph's result is the task's.
    ///
    /// @param isRepeated    rows and bytes were counted before, see [EventCursor#isRepeated]
    /// @param thread        the worker's thread that ran it, or [#NONE]
    /// @param exchangedRows rows of the slices that it took from exchanges
    record TaskEnded(
            long nanos,
            TaskTransition transition,
            TaskStatus from,
            boolean isRepeated,
            int task,
            int attempt,
            int worker,
            int thread,
            long rows,
            long bytes,
            long busyNanos,
            long exchangedRows) implements EngineEvent {}

    /// Results went to disk for lack of memory, or came back: so many bytes more since this was told last.
    ///
    /// @param diskBytes in files that are there; negative if there are fewer than before
    record ResultsSpilled(long nanos, long job, long writtenBytes, long readBytes,
            long diskBytes) implements EngineEvent {}

    /// Where a layer is, for a reader that does not know: it comes late, or after a [Gap]. Replaces what it thought.
    ///
    /// @param layer index in the job's description
    record LayerCounted(
            long nanos,
            long job,
            int layer,
            int taskCount,
            int runningCount,
            int finishedCount,
            long busyNanos,
            long rows,
            long bytes) implements EngineEvent {}

    /// @param description empty if that is not told, as of an engine with no other process
    record WorkerJoined(long nanos, int worker, int threadCount,
            Optional<WorkerDescription> description) implements EngineEvent {
        public WorkerJoined {
            Objects.requireNonNull(description, "description is null");
        }
    }

    /// The worker is gone, with all that it held.
    ///
    /// @param reason in words; empty if that is not told
    record WorkerLeft(long nanos, int worker, Optional<String> reason) implements EngineEvent {
        public WorkerLeft {
            Objects.requireNonNull(reason, "reason is null");
        }
    }

    /// What a worker's process used at this moment; told about once a second.
    record WorkerSampled(long nanos, int worker, WorkerSample sample) implements EngineEvent {
        public WorkerSampled {
            Objects.requireNonNull(sample, "sample is null");
        }
    }

    /// The reader was too slow and missed so much. What follows tells where all living jobs are.
    record Gap(long nanos, long blockCount, long wordCount) implements EngineEvent {}

    /// The last event of an engine.
    record EngineClosed(long nanos) implements EngineEvent {}
}
