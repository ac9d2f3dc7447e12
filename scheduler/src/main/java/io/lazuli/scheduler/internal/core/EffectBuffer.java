package io.lazuli.scheduler.internal.core;

import io.lazuli.graph.JobProgress;
import java.util.Arrays;

/// Effects packed into an array that is used again and again: no object per effect.
///
/// ```
///   word 0   kind (bits 0..7), worker or layer (8..31), task (32..63)
///   word 1   job
///   word 2   count (bits 0..31), attempt (32..63), or rows produced, or state      word 3   layer, or rows taken
/// ```
public final class EffectBuffer {
    /// Kinds of effects, in the order of their codes.
    public enum Kind {
        ADMIT_JOB,
        RUN_TASKS,
        RELEASE_RESULTS,
        OFFER_RESULT,
        STOP_JOB,
        REPORT_ROW_LOSS,
        FINISH_JOB,
        FORGET_JOB;

        private static final Kind[] ALL = values();
    }

    private static final int STRIDE = 4;
    private static final JobProgress.State[] STATES = JobProgress.State.values();

    /// Entries `0 <= i < size`, each [#STRIDE] words.
    private long[] words = new long[64 * STRIDE];
    private int size;

    public int size() {
        return size;
    }

    public void clear() {
        size = 0;
    }

    public Kind kind(int i) {
        return Kind.ALL[(int) words[i * STRIDE] & 0xff];
    }

    public int worker(int i) {
        return (int) (words[i * STRIDE] >>> 8) & 0xffffff;
    }

    public int task(int i) {
        return (int) (words[i * STRIDE] >>> 32);
    }

    public long job(int i) {
        return words[i * STRIDE + 1];
    }

    public int count(int i) {
        return (int) words[i * STRIDE + 2];
    }

    public int attempt(int i) {
        return (int) (words[i * STRIDE + 2] >>> 32);
    }

    public int layer(int i) {
        return kind(i) == Kind.REPORT_ROW_LOSS ? worker(i) : (int) words[i * STRIDE + 3];
    }

    public JobProgress.State state(int i) {
        return STATES[(int) words[i * STRIDE + 2]];
    }

    public long rowsProduced(int i) {
        return words[i * STRIDE + 2];
    }

    public long rowsTaken(int i) {
        return words[i * STRIDE + 3];
    }

    public Effect get(int i) {
        return switch (kind(i)) {
            case ADMIT_JOB -> new Effect.AdmitJob(job(i), task(i));
            case RUN_TASKS -> new Effect.RunTasks(worker(i), job(i), layer(i), task(i), count(i), attempt(i));
            case RELEASE_RESULTS -> new Effect.ReleaseResults(task(i), count(i));
            case OFFER_RESULT -> new Effect.OfferResult(job(i), task(i));
            case STOP_JOB -> new Effect.StopJob(job(i), task(i));
            case REPORT_ROW_LOSS -> new Effect.ReportRowLoss(job(i), layer(i), rowsProduced(i), rowsTaken(i));
            case FINISH_JOB -> new Effect.FinishJob(job(i), state(i));
            case FORGET_JOB -> new Effect.ForgetJob(job(i));
        };
    }

    void admitJob(long job, int firstTask) {
        add(Kind.ADMIT_JOB, 0, firstTask, job, 0, 0);
    }

    void runTasks(int worker, long job, int layer, int firstTask, int count, int attempt) {
        add(Kind.RUN_TASKS, worker, firstTask, job, count | (long) attempt << 32, layer);
    }

    /// Joins the run of the entry before, if it ends where this one starts.
    void releaseResult(int task) {
        int last = size - 1;
        if (last >= 0 && kind(last) == Kind.RELEASE_RESULTS && task(last) + count(last) == task) {
            words[last * STRIDE + 2]++;
        } else {
            add(Kind.RELEASE_RESULTS, 0, task, 0, 1, 0);
        }
    }

    void offerResult(long job, int task) {
        add(Kind.OFFER_RESULT, 0, task, job, 0, 0);
    }

    void stopJob(long job, int task) {
        add(Kind.STOP_JOB, 0, task, job, 0, 0);
    }

    void reportRowLoss(long job, int layer, long rowsProduced, long rowsTaken) {
        add(Kind.REPORT_ROW_LOSS, layer, 0, job, rowsProduced, rowsTaken);
    }

    void finishJob(long job, JobProgress.State state) {
        add(Kind.FINISH_JOB, 0, 0, job, state.ordinal(), 0);
    }

    void forgetJob(long job) {
        add(Kind.FORGET_JOB, 0, 0, job, 0, 0);
    }

    private void add(Kind kind, int worker, int task, long job, long a, long b) {
        if ((size + 1) * STRIDE > words.length) {
            words = Arrays.copyOf(words, 2 * words.length);
        }
        int at = size++ * STRIDE;
        words[at] = kind.ordinal() | (long) worker << 8 | (long) task << 32;
        words[at + 1] = job;
        words[at + 2] = a;
        words[at + 3] = b;
    }
}
