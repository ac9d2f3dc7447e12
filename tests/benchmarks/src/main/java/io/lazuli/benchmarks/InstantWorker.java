package io.lazuli.benchmarks;

import io.lazuli.scheduler.internal.core.CoreOptions;
import io.lazuli.scheduler.internal.core.EffectBuffer;
import io.lazuli.scheduler.internal.core.Entries;
import io.lazuli.scheduler.internal.core.EventBuffer;
import io.lazuli.scheduler.internal.core.JobPlan;
import io.lazuli.scheduler.internal.core.SchedulerCore;
import io.lazuli.scheduler.internal.core.WorkerProfile;
import java.util.Arrays;

/// A scheduler's core with a worker of two threads and a client that answer at once. It tells the core of as many tasks at a
/// time as the local engine does.
final class InstantWorker {
    private static final long SOURCE = Entries.source(0, 0);
    private static final int THREADS = 2;
    private static final int BATCH = 64;
    private static final long NANOS_BETWEEN = 20_000;
    private static final long BUSY_NANOS = 300;

    final SchedulerCore core = new SchedulerCore(CoreOptions.LOCAL);
    private final EventBuffer in = new EventBuffer();
    private final EffectBuffer out = new EffectBuffer();
    private final Runs leased = new Runs();
    private long lastJob;
    private long now;
    private boolean isForgotten;
    /// Of the last job.
    private int firstTask;
    private long finishedCount;
    /// The attempt of each task when it was leased last.
    private int[] attempts = {};

    InstantWorker() {
        in.workerJoined(SOURCE, WorkerProfile.of(THREADS));
        in.workerHasRoom(SOURCE, THREADS);
        tell();
    }

    /// Runs a job from its submission until all results are taken and nothing of it is left; returns the transitions so far.
    long run(JobPlan plan) {
        submit(plan);
        while (!isForgotten) {
            finishSome();
        }
        return core.transitionCount();
    }

    /// Leaves the job's first tasks leased.
    void submit(JobPlan plan) {
        isForgotten = false;
        in.jobSubmitted(++lastJob, plan);
        tell();
    }

    /// Finishes up to [#BATCH] tasks.
    void finishSome() {
        for (int i = 0; i < BATCH && !leased.isEmpty(); i++) {
            in.taskFinished(SOURCE, leased.next(), leased.attempt(), 0, 24, BUSY_NANOS, 0);
            finishedCount++;
            if (leased.endsRun()) {
                in.workerHasRoom(SOURCE, 1);
            }
        }
        tell();
    }

    /// Cancels the job, whose leased tasks come back unfinished.
    void cancel() {
        in.jobCancelled(lastJob);
        while (!leased.isEmpty()) {
            in.taskReturned(SOURCE, leased.next(), leased.attempt());
            if (leased.endsRun()) {
                in.workerHasRoom(SOURCE, 1);
            }
        }
        tell();
    }

    /// Every `step`th result is gone, from that of the job's first task on.
    void lose(int count, int step) {
        for (int i = 0; i < count; i++) {
            int task = firstTask + i * step;
            in.resultLost(SOURCE, task, attempts[task]);
        }
        tell();
    }

    /// Tasks of all jobs.
    long finishedCount() {
        return finishedCount;
    }

    private void tell() {
        while (!in.isEmpty()) {
            core.on(in, now += NANOS_BETWEEN, out);
            in.clear();
            for (int i = 0; i < out.size(); i++) {
                heed(i);
            }
            out.clear();
        }
    }

    private void heed(int i) {
        switch (out.kind(i)) {
            case RUN_TASKS -> {
                leased.add(out.task(i), out.count(i), out.attempt(i));
                Arrays.fill(attempts, out.task(i), out.task(i) + out.count(i), out.attempt(i));
            }
            case ADMIT_JOB -> {
                firstTask = out.task(i);
                attempts = Arrays.copyOf(attempts, Math.max(attempts.length, core.capacity()));
            }
            case OFFER_RESULT -> in.resultTaken(out.task(i));
            case FORGET_JOB -> isForgotten = true;
            case RELEASE_RESULTS, STOP_JOB, FINISH_JOB -> {}
            case LOCATE_RESULTS, REVOKE_TASKS, ADOPT_RESULT, DISMISS_WORKER, WITHDRAW_RESULT, REPORT_ROW_LOSS,
                    REPORT_UNRUNNABLE, REPORT_DEADLY, REPORT_HELD_LOST, REOPEN_JOB ->
                throw new IllegalStateException("unexpected: " + out.get(i));
        }
    }
}
