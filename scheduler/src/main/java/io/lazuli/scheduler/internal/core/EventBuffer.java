package io.lazuli.scheduler.internal.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Events packed into an array that is used again and again: no object per event.
///
/// ```
///   word 0   kind (bits 0..7), attempt (8..23), thread (24..31), task or worker (32..63)
///   word 1   job, or rows      word 2  plan index, or bytes      word 3  busy nanos      word 4  exchanged rows, flags
/// ```
public final class EventBuffer {
    /// Longs of one entry.
    public static final int STRIDE = 5;

    /// Where a thread's number stands in the first word.
    public static final int THREAD_SHIFT = 24;

    static final int JOB_SUBMITTED = 0;
    static final int JOB_CANCELLED = 1;
    static final int JOB_CLOSED = 2;
    static final int RESULT_TAKEN = 3;
    static final int WORKER_HAS_ROOM = 4;
    static final int TASK_FINISHED = 5;
    static final int TASK_FAILED = 6;
    static final int TASK_RETURNED = 7;

    /// Entries `0 <= i < size`, each [#STRIDE] words.
    private long[] words = new long[64 * STRIDE];
    private int size;
    /// Plans of the submitted jobs in this buffer; nearly always empty.
    private final List<JobPlan> plans = new ArrayList<>();

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public void clear() {
        size = 0;
        plans.clear();
    }

    public void jobSubmitted(long job, JobPlan plan, int priority, int retries) {
        plans.add(plan);
        add(JOB_SUBMITTED, 0, 0, job, plans.size() - 1, priority, retries);
    }

    public void jobCancelled(long job) {
        add(JOB_CANCELLED, 0, 0, job, 0, 0, 0);
    }

    public void jobClosed(long job) {
        add(JOB_CLOSED, 0, 0, job, 0, 0, 0);
    }

    public void resultTaken(int task) {
        add(RESULT_TAKEN, 0, task, 0, 0, 0, 0);
    }

    public void workerHasRoom(int worker) {
        add(WORKER_HAS_ROOM, 0, worker, 0, 0, 0, 0);
    }

    public void taskFinished(int task, int attempt, long rows, long bytes, long busyNanos, long exchangedRows) {
        add(TASK_FINISHED, attempt, task, rows, bytes, busyNanos, exchangedRows);
    }

    public void taskFailed(int task, int attempt, boolean retryable, long busyNanos) {
        add(TASK_FAILED, attempt, task, 0, 0, busyNanos, retryable ? 1 : 0);
    }

    public void taskReturned(int task, int attempt) {
        add(TASK_RETURNED, attempt, task, 0, 0, 0, 0);
    }

    /// Copies `count` packed entries without a plan from `source`, which starts at word `from`.
    public void addPacked(long[] source, int from, int count) {
        grow(count);
        System.arraycopy(source, from, words, size * STRIDE, count * STRIDE);
        size += count;
    }

    /// Copies the entries of this buffer into `target` from word `to`.
    public void copyPacked(long[] target, int to) {
        System.arraycopy(words, 0, target, to, size * STRIDE);
    }

    public Event get(int i) {
        return switch (kind(i)) {
            case JOB_SUBMITTED -> new Event.JobSubmitted(job(i), plan(i), priority(i), retries(i));
            case JOB_CANCELLED -> new Event.JobCancelled(job(i));
            case JOB_CLOSED -> new Event.JobClosed(job(i));
            case RESULT_TAKEN -> new Event.ResultTaken(task(i));
            case WORKER_HAS_ROOM -> new Event.WorkerHasRoom(task(i));
            case TASK_FINISHED ->
                new Event.TaskFinished(task(i), attempt(i), rows(i), bytes(i), busyNanos(i), exchangedRows(i));
            case TASK_FAILED -> new Event.TaskFailed(task(i), attempt(i), isRetryable(i), busyNanos(i));
            case TASK_RETURNED -> new Event.TaskReturned(task(i), attempt(i));
            default -> throw new IllegalStateException("unknown event kind " + kind(i));
        };
    }

    int kind(int i) {
        return (int) words[i * STRIDE] & 0xff;
    }

    int attempt(int i) {
        return (int) (words[i * STRIDE] >>> 8) & 0xffff;
    }

    /// The worker's thread that the entry comes from, 0 if nobody said.
    int thread(int i) {
        return (int) (words[i * STRIDE] >>> THREAD_SHIFT) & 0xff;
    }

    int task(int i) {
        return (int) (words[i * STRIDE] >>> 32);
    }

    long job(int i) {
        return words[i * STRIDE + 1];
    }

    JobPlan plan(int i) {
        return plans.get((int) words[i * STRIDE + 2]);
    }

    int priority(int i) {
        return (int) words[i * STRIDE + 3];
    }

    int retries(int i) {
        return (int) words[i * STRIDE + 4];
    }

    long rows(int i) {
        return words[i * STRIDE + 1];
    }

    long bytes(int i) {
        return words[i * STRIDE + 2];
    }

    long busyNanos(int i) {
        return words[i * STRIDE + 3];
    }

    long exchangedRows(int i) {
        return words[i * STRIDE + 4];
    }

    boolean isRetryable(int i) {
        return words[i * STRIDE + 4] != 0;
    }

    private void add(int kind, int attempt, int task, long a, long b, long c, long d) {
        grow(1);
        int at = size++ * STRIDE;
        words[at] = kind | (long) (attempt & 0xffff) << 8 | (long) task << 32;
        words[at + 1] = a;
        words[at + 2] = b;
        words[at + 3] = c;
        words[at + 4] = d;
    }

    private void grow(int count) {
        int needed = (size + count) * STRIDE;
        if (needed > words.length) {
            words = Arrays.copyOf(words, Math.max(needed, 2 * words.length));
        }
    }
}
