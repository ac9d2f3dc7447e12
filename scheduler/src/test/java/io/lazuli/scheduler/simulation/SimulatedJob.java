package io.lazuli.scheduler.simulation;

import io.lazuli.graph.JobProgress;
import io.lazuli.scheduler.internal.core.LayerPlan;
import io.lazuli.scheduler.internal.job.Lineage;
import java.util.Set;
import java.util.TreeSet;

/// A job, or what a task expanded to, and everything that is known of it outside of the cores.
final class SimulatedJob {
    final long id;
    final Expected expected;
    /// Whose task returned it; null for a job of the client's.
    final SimulatedJob parent;
    /// Id of the first task; -1 before it is admitted.
    int first = -1;
    boolean isStopped;
    boolean isForgotten;
    /// RUNNING until it has finished.
    JobProgress.State state = JobProgress.State.RUNNING;
    /// The client has asked for its end.
    boolean isUnwanted;
    /// The client takes nothing of it: it keeps the output, for jobs that start from it.
    boolean isKept;
    /// How often a kept job has succeeded.
    int successes;
    /// How its output is made; null of a job that no client submitted.
    Lineage lineage;
    /// Why it failed, in the scheduler's words; null unless it did.
    String reason;
    /// Outputs that are offered now, and that were taken, by place in the plan.
    final Set<Integer> offered = new TreeSet<>();
    final Set<Integer> taken = new TreeSet<>();
    /// How often a task was started, has ended with a result, has failed as it must; by place.
    final int[] starts;
    final int[] finishes;
    final int[] failures;
    /// Attempt and worker of the last start.
    private final int[] startedAttempt;
    private final long[] startedBy;

    SimulatedJob(long id, Expected expected, SimulatedJob parent) {
        this.id = id;
        this.expected = expected;
        this.parent = parent;
        int count = expected.plan.taskCount();
        this.starts = new int[count];
        this.finishes = new int[count];
        this.failures = new int[count];
        this.startedAttempt = new int[count];
        this.startedBy = new long[count];
    }

    SimulatedJob root() {
        return parent == null ? this : parent.root();
    }

    int end() {
        return first + expected.plan.taskCount();
    }

    boolean isOutput(int place) {
        LayerPlan output = expected.outputLayer();
        return place >= output.offset() && place < output.offset() + output.partitionCount();
    }

    boolean isAllTaken() {
        return taken.size() == expected.outputLayer().partitionCount();
    }

    /// A task runs. One attempt is for one worker.
    void started(WorkerProcess process, int attempt, int place) {
        World.check(expected.needed[place], "task %d of job %d runs, though nobody needs it", place, id);
        boolean isRepeated = starts[place] > 0 && startedAttempt[place] == attempt;
        World.check(
                !isRepeated || startedBy[place] == process.source(),
                "attempt %d of task %d of job %d is started by worker %d, and was by worker %d", attempt, place, id,
                process.source() >>> 32, startedBy[place] >>> 32);
        starts[place]++;
        startedAttempt[place] = attempt;
        startedBy[place] = process.source();
        process.world.statistics.tasksStarted++;
    }

    /// The task has ended without having done anything: the attempt is as good as new.
    void startsAnew(int place) {
        startedAttempt[place] = -1;
    }

    void finished(int place) {
        finishes[place]++;
    }

    /// What of `id` is a place in the plan.
    int place(int task) {
        World.check(task >= first && task < end(), "task %d is not of job %d, from %d to %d", task, id, first, end());
        return task - first;
    }

    @Override
    public String toString() {
        return "job %d (tasks %d to %d, parent %s): %s%s%s, offered %s, taken %s".formatted(
                id, first, end(), parent == null ? "none" : parent.id, state, isStopped ? ", stopped" : "",
                isForgotten ? ", forgotten" : "", offered, taken);
    }
}
