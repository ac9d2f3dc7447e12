package io.lazuli.scheduler.internal.core;

import io.lazuli.graph.JobProgress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What happened, packed: every transition of every task in order, and the ends of jobs. The core appends, its shell takes
/// whole blocks. Some thousand transitions are remembered, taken or not, whether anybody listens or not: so it costs the same, and errors
/// can tell the [Story] of a task.
///
/// ```
///   clock      CLOCK | nanos << 8                                        time of what follows, until the next clock
///   move       transition | from << 8 | COUNTED | attempt << 16 | task << 32,  count | worker << 32
///   measured   as a move of one task, with thread for count, then rows, bytes, busy nanos and, if any, exchanged rows
///   brief      as measured, with rows << 48 | bytes << 24 | busy nanos in one word, if they fit and no rows were exchanged
///   others     kind | small << 8 | task or index << 32,  words as the kind says
/// ```
///
/// A move of consecutive tasks is one entry; entries are never reordered. Invariants: a block starts with a clock, so that it
/// can be read without those before it; the sum of all counts and measured moves is [#transitionCount].
public final class TransitionBuffer {
    /// In place of a worker or task.
    public static final int NONE = -1;
    /// The form of a move, in the first byte; below it is the transition's ordinal. Without it: no measures.
    public static final int FORM = 0xc0;
    public static final int MEASURED = 0x80;
    public static final int EXCHANGED = 0xc0;
    public static final int BRIEF = 0x40;
    public static final int CODE = 0x3f;
    /// Bit of a move beside the status before: what the task makes is in its layer's sums from an earlier time.
    public static final int COUNTED = 0x8000;
    /// The status before, once shifted down.
    public static final int FROM = 0x7f;

    /// Codes from here on are no moves.
    public static final int CLOCK = 32;
    public static final int JOB_SUBMITTED = 33;
    public static final int JOB_STOPPED = 34;
    public static final int JOB_FINISHED = 35;
    public static final int JOB_FORGOTTEN = 36;
    public static final int JOB_FAILED = 37;
    public static final int RESULTS_SPILLED = 38;
    public static final int LAYER_COUNTED = 39;
    public static final int WORKER_JOINED = 40;
    public static final int WORKER_LEFT = 41;
    public static final int GAP = 42;
    public static final int ENGINE_CLOSED = 43;
    public static final int WORKER_SAMPLED = 44;
    /// Words of an entry, by code from [#CLOCK] on.
    private static final int[] LENGTHS = {1, 3, 2, 2, 2, 2, 5, 7, 2, 1, 3, 1, 9};

    /// Remembered at least, once there are so many, beside what was not taken yet.
    private static final int REMEMBERED_WORDS = 1 << 14;

    /// Entries up to `size`.
    private long[] words = new long[256];
    private int size;
    /// The entries before, oldest first.
    private final ArrayDeque<long[]> before = new ArrayDeque<>();
    private int beforeWords;
    /// False while nobody listens: moves alone are appended then, and nobody takes them.
    private boolean open;
    private long transitionCount;
    /// Subtracted from all times.
    private long originNanos;
    private long nowNanos;
    /// The clock of the block does not say `nowNanos`.
    private boolean clockDue = true;
    /// Where the last entry starts, if it is a move that another task may join; else [#NONE].
    private int run = NONE;
    /// Who is meant by the moves that follow.
    private int worker = NONE;
    /// The measures below belong to the next move.
    private boolean measured;
    private int thread;
    private long rows;
    private long bytes;
    private long busyNanos;
    private long exchangedRows;

    /// Transitions ever.
    public long transitionCount() {
        return transitionCount;
    }

    public boolean isOpen() {
        return open;
    }

    /// Words that were not taken.
    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /// Appends everything from now on; times are told from `origin` on.
    public void open(long origin) {
        take();
        before.clear();
        beforeWords = 0;
        open = true;
        originNanos = origin;
    }

    /// Nobody takes what is appended from now on.
    public void close() {
        take();
        open = false;
    }

    /// The entries that were not taken, up to now.
    public long[] take() {
        long[] taken = Arrays.copyOf(words, size);
        size = 0;
        run = NONE;
        clockDue = true;
        measured = false;
        remember(taken);
        return taken;
    }

    private void remember(long[] taken) {
        before.add(taken);
        beforeWords += taken.length;
        while (beforeWords - before.getFirst().length >= REMEMBERED_WORDS) {
            beforeWords -= before.removeFirst().length;
        }
    }

    /// All entries that are remembered, oldest first. Each array starts with a clock. Cost: copies what was not taken.
    List<long[]> remembered() {
        List<long[]> all = new ArrayList<>(before);
        all.add(Arrays.copyOf(words, size));
        return all;
    }

    /// When times begin.
    long originNanos() {
        return originNanos;
    }

    /// The time of what follows.
    public void at(long nanos) {
        clockDue |= nanos != nowNanos;
        nowNanos = nanos;
        if (!open && size >= REMEMBERED_WORDS) {
            take();
        }
    }

    /// The worker that the moves that follow are about, or [#NONE].
    void by(int worker) {
        this.worker = worker;
    }

    /// What the attempt that ends with the next move has cost and made.
    void measure(int thread, long rows, long bytes, long busyNanos, long exchangedRows) {
        measured = true;
        this.thread = thread;
        this.rows = rows;
        this.bytes = bytes;
        this.busyNanos = busyNanos;
        this.exchangedRows = exchangedRows;
    }

    /// @param counted what the task makes is in its layer's sums already
    void moved(int task, Transition transition, TaskStatus from, int attempt, boolean counted) {
        transitionCount++;
        if (clockDue) {
            tellTime();
        }
        long head =
                transition.ordinal() | from.ordinal() << 8 | (counted ? COUNTED : 0) | (long) (attempt & 0xffff) << 16
                        | (long) task << 32;
        if (measured) {
            addMeasured(head);
        } else if (run >= 0 && joinsRun(head)) {
            words[run + 1]++;
        } else {
            long[] target = room(2);
            run = size;
            target[run] = head;
            target[run + 1] = 1 | (long) worker << 32;
            size = run + 2;
        }
    }

    /// True if the move is that of the task after the run's last.
    private boolean joinsRun(long head) {
        long tail = words[run + 1];
        return words[run] + (tail << 32) == head && (int) (tail >>> 32) == worker;
    }

    private void addMeasured(long head) {
        measured = false;
        run = NONE;
        long[] target = room(6);
        int at = size;
        target[at + 1] = thread | (long) worker << 32;
        if ((rows >>> 16 | (bytes | busyNanos) >>> 24 | exchangedRows) == 0) {
            target[at] = head | BRIEF;
            target[at + 2] = rows << 48 | bytes << 24 | busyNanos;
            size = at + 3;
            return;
        }
        target[at] = head | (exchangedRows == 0 ? MEASURED : EXCHANGED);
        target[at + 2] = rows;
        target[at + 3] = bytes;
        target[at + 4] = busyNanos;
        target[at + 5] = exchangedRows;
        size = at + (exchangedRows == 0 ? 5 : 6);
    }

    /// @param expanded the task whose result the job's is to be, or [#NONE]
    public void jobSubmitted(long job, int firstTask, int expanded) {
        add(JOB_SUBMITTED, 0, firstTask, job, expanded);
    }

    /// @param task the one whose failure is the reason, or [#NONE]
    void jobStopped(long job, int task) {
        add(JOB_STOPPED, 0, task, job);
    }

    public void jobFinished(long job, JobProgress.State state) {
        add(JOB_FINISHED, state.ordinal(), 0, job);
    }

    void jobForgotten(long job) {
        add(JOB_FORGOTTEN, 0, 0, job);
    }

    /// The job failed for a reason that the shell knows in words.
    public void jobFailed(long job) {
        add(JOB_FAILED, 0, 0, job);
    }

    /// What changed on disk since this was told last.
    public void resultsSpilled(long job, long writtenBytes, long readBytes, long diskBytes) {
        add(RESULTS_SPILLED, 0, 0, job, writtenBytes, readBytes, diskBytes);
    }

    /// Where a layer is, for who has not heard of what came before.
    public void layerCounted(long job, int layer, LayerCounts counts) {
        add(LAYER_COUNTED, 0, layer, job,
                counts.taskCount(),
                (long) counts.leasedCount() << 32 | counts.finishedCount(),
                counts.busyNanos(),
                counts.rows(),
                counts.bytes());
    }

    public void workerJoined(int joined, int threadCount) {
        add(WORKER_JOINED, 0, joined, threadCount);
    }

    public void workerLeft(int left) {
        add(WORKER_LEFT, 0, left);
    }

    /// What a worker's process uses now. Wide, as a process is no matter of the core's.
    ///
    /// @param cpuPermille thousandths of one processor since the worker was sampled before
    public void workerSampled(int sampled, int cpuPermille, int busyThreadCount, long reservedBytes, long limitBytes,
            long heapBytes, long heapLimitBytes, long anonymousBytes, long residentBytes, long diskBytes) {
        add(WORKER_SAMPLED, 0, sampled,
                (long) cpuPermille << 32 | busyThreadCount,
                reservedBytes,
                limitBytes,
                heapBytes,
                heapLimitBytes,
                anonymousBytes,
                residentBytes,
                diskBytes);
    }

    /// Blocks that the reader missed, and words of them.
    public void gap(long blockCount, long wordCount) {
        add(GAP, 0, 0, blockCount, wordCount);
    }

    public void engineClosed() {
        add(ENGINE_CLOSED, 0, 0);
    }

    private void add(int kind, int small, int index, long... rest) {
        if (!open) {
            return;
        }
        if (clockDue) {
            tellTime();
        }
        run = NONE;
        long[] target = room(1 + rest.length);
        target[size] = kind | (long) small << 8 | (long) index << 32;
        System.arraycopy(rest, 0, target, size + 1, rest.length);
        size += 1 + rest.length;
    }

    private void tellTime() {
        clockDue = false;
        run = NONE;
        room(1)[size++] = CLOCK | nowNanos - originNanos << 8;
    }

    /// The array, with room for `count` words after the last.
    private long[] room(int count) {
        if (size + count > words.length) {
            words = Arrays.copyOf(words, Math.max(size + count, 2 * words.length));
        }
        return words;
    }

    /// Words of the entry that starts with `head`; 0 if there is no such entry.
    public static int length(long head) {
        int code = (int) head & CODE;
        int form = (int) head & FORM;
        if (code >= CLOCK) {
            return form == 0 && code - CLOCK < LENGTHS.length ? LENGTHS[code - CLOCK] : 0;
        }
        return switch (form) {
            case BRIEF -> 3;
            case MEASURED -> 5;
            case EXCHANGED -> 6;
            default -> 2;
        };
    }

    /// Of an entry of a brief form, from its third word.
    public static long briefRows(long word) {
        return word >>> 48;
    }

    /// As [#briefRows].
    public static long briefBytes(long word) {
        return word >>> 24 & 0xffffff;
    }

    /// As [#briefRows].
    public static long briefBusyNanos(long word) {
        return word & 0xffffff;
    }
}
