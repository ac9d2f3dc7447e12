package io.lazuli.benchmarks;

import io.lazuli.scheduler.internal.core.CoreOptions;
import io.lazuli.scheduler.internal.core.EffectBuffer;
import io.lazuli.scheduler.internal.core.Entries;
import io.lazuli.scheduler.internal.core.EventBuffer;
import io.lazuli.scheduler.internal.core.JobPlan;
import io.lazuli.scheduler.internal.core.SchedulerCore;
import io.lazuli.scheduler.internal.core.WorkerProfile;
import io.lazuli.scheduler.internal.worker.WorkerCore;
import io.lazuli.scheduler.internal.worker.WorkerEffectBuffer;
import io.lazuli.scheduler.internal.worker.WorkerEventBuffer;
import io.lazuli.scheduler.internal.worker.WorkerOptions;

/// Both cores wired together as the local engine does it, with two threads and a client that answer at once.
final class CorePair {
    private static final int EPOCH = CoreOptions.LOCAL.epoch();
    private static final long SOURCE = Entries.source(0, 0);
    private static final int THREADS = 2;
    private static final int BATCH = 64;
    private static final long NANOS_BETWEEN = 20_000;
    private static final long BUSY_NANOS = 300;
    /// As large as the blocks that subscribers get.
    private static final int BLOCK_WORDS = 1 << 14;

    private final SchedulerCore core = new SchedulerCore(CoreOptions.LOCAL);
    private final WorkerCore workerCore = new WorkerCore(WorkerOptions.local(SOURCE, THREADS));
    private final EventBuffer client = new EventBuffer();
    private final WorkerEventBuffer worker = new WorkerEventBuffer();
    private final EffectBuffer out = new EffectBuffer();
    private final WorkerEffectBuffer workerOut = new WorkerEffectBuffer();
    private final JobPlan plan;
    /// What each thread runs.
    private final Runs[] started = new Runs[THREADS];
    private long lastJob;
    private long now;
    private boolean isForgotten;
    /// Words of events that were handed over.
    private long heardWords;

    /// @param isObserved somebody hears what happens
    CorePair(JobPlan plan, boolean isObserved) {
        this.plan = plan;
        if (isObserved) {
            core.transitions().open(0);
        }
        client.workerJoined(SOURCE, WorkerProfile.of(THREADS));
        for (int t = 0; t < THREADS; t++) {
            started[t] = new Runs();
            worker.threadIdle(t);
        }
        handle();
    }

    /// Runs a job until all results are taken and nothing of it is left; returns the transitions so far and the words of them that
    /// somebody heard.
    long run() {
        isForgotten = false;
        client.jobSubmitted(++lastJob, plan);
        handle();
        while (!isForgotten) {
            for (int t = 0; t < THREADS; t++) {
                finishSome(t);
            }
            handle();
        }
        return core.transitionCount() + heardWords;
    }

    private void finishSome(int thread) {
        Runs runs = started[thread];
        for (int i = 0; i < BATCH / THREADS && !runs.isEmpty(); i++) {
            worker.taskFinished(runs.next(), runs.attempt(), 0, 24, BUSY_NANOS, 0);
            if (runs.endsRun()) {
                worker.threadIdle(thread);
            }
        }
    }

    private void handle() {
        while (!client.isEmpty() || !worker.isEmpty()) {
            now += NANOS_BETWEEN;
            workerCore.on(worker, now, workerOut);
            worker.clear();
            for (int i = 0; i < workerOut.size(); i++) {
                heedWorker(i);
            }
            core.on(client, now, out);
            core.on(workerOut.reports(), now, out);
            client.clear();
            workerOut.clear();
            for (int i = 0; i < out.size(); i++) {
                heed(i);
                worker.order(EPOCH, out, i);
            }
            out.clear();
            if (core.transitions().isOpen() && core.transitions().size() >= BLOCK_WORDS) {
                heardWords += core.transitions().take().length;
            }
        }
    }

    private void heedWorker(int i) {
        switch (workerOut.kind(i)) {
            case START_TASKS ->
                started[workerOut.thread(i)].add(workerOut.task(i), workerOut.count(i), workerOut.attempt(i));
            case DROP_RESULTS -> {}
            case ADOPT_RESULT, INTERRUPT_THREAD, ABANDON_THREAD, FETCH_INPUT, REJOIN ->
                throw new IllegalStateException("unexpected: " + workerOut.get(i));
        }
    }

    private void heed(int i) {
        switch (out.kind(i)) {
            case ADMIT_JOB -> worker.jobAnnounced(EPOCH, out.job(i), out.task(i), plan);
            case OFFER_RESULT -> client.resultTaken(out.task(i));
            case FORGET_JOB -> isForgotten = true;
            case RUN_TASKS, RELEASE_RESULTS, STOP_JOB, FINISH_JOB -> {}
            case LOCATE_RESULTS, REVOKE_TASKS, ADOPT_RESULT, DISMISS_WORKER, WITHDRAW_RESULT, REPORT_ROW_LOSS,
                    REPORT_UNRUNNABLE, REPORT_DEADLY, REPORT_HELD_LOST, REOPEN_JOB ->
                throw new IllegalStateException("unexpected: " + out.get(i));
        }
    }
}
