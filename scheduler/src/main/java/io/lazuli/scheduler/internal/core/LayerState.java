package io.lazuli.scheduler.internal.core;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// One layer of a running job.
final class LayerState {
    final JobState job;
    final LayerPlan plan;
    /// Index in the plan.
    final int index;
    /// Id of the first task.
    final int first;
    /// Place in the core's list of layers, see [TaskTable#layer].
    final int slot;
    final int priority;
    /// Bit `p` is set iff partition `p` is READY and not to run alone.
    private final long[] ready;
    /// Number of set bits in `ready`.
    private int readyCount;
    /// No bit below this word is set.
    private int lowestWord;
    /// Place in the [ReadyQueue], -1 if `readyCount` is zero.
    int queuePlace = -1;
    /// The plan's, as arrays: they are walked for every task.
    final Edge[] inputs;
    final Edge[] uses;
    /// Tasks that are LEASED.
    int leased;
    /// Tasks whose result exists, or was released, or that were skipped.
    int produced;
    /// Tasks that do not run because nobody would use their results.
    int skipped;
    /// Sums over tasks that were ever produced, each once; rows and bytes of held results count too.
    long rows;
    long bytes;
    long busyNanos;
    long exchangedRows;
    /// Since when no worker may run its ready tasks; negative if some may, or none is ready.
    long unrunnableSince = -1;
    /// Workers that know where all its results are, by index; null until one had to be told.
    private @Nullable BitSet informed;
    /// Workers that knew it once, and may have copies. Null as long as `informed` is.
    private @Nullable BitSet copying;
    /// Sliding mean of what a task takes; negative before the first has finished.
    private long meanNanos = -1;

    LayerState(JobState job, LayerPlan plan, int index, int slot) {
        this.job = job;
        this.plan = plan;
        this.index = index;
        this.first = job.first + plan.offset();
        this.slot = slot;
        this.priority = plan.terms().priority();
        this.ready = new long[plan.isHeld() ? 0 : (plan.partitionCount() + 63) >>> 6];
        this.rows = plan.heldRows();
        this.inputs = plan.inputs().toArray(Edge[]::new);
        this.uses = plan.uses().toArray(Edge[]::new);
    }

    boolean isComplete() {
        return produced == plan.partitionCount();
    }

    int readyCount() {
        return readyCount;
    }

    boolean isReady(int partition) {
        return ready.length > 0 && (ready[partition >>> 6] >>> partition & 1) != 0;
    }

    void addReady(int partition) {
        int word = partition >>> 6;
        ready[word] |= 1L << partition;
        lowestWord = readyCount == 0 ? word : Math.min(lowestWord, word);
        readyCount++;
    }

    void removeReady(int partition) {
        ready[partition >>> 6] &= ~(1L << partition);
        readyCount--;
    }

    int lowestReady() {
        while (ready[lowestWord] == 0) {
            lowestWord++;
        }
        return (lowestWord << 6) + Long.numberOfTrailingZeros(ready[lowestWord]);
    }

    /// The first ready partition from `from` on, or -1.
    int nextReady(int from) {
        for (int word = from >>> 6; word < ready.length; word++) {
            long bits = word == from >>> 6 ? ready[word] & -1L << from : ready[word];
            if (bits != 0) {
                return (word << 6) + Long.numberOfTrailingZeros(bits);
            }
        }
        return -1;
    }

    void addBusy(long nanos) {
        busyNanos += nanos;
        meanNanos = meanNanos < 0 ? nanos : meanNanos + (nanos - meanNanos) / 8;
    }

    /// How many tasks take about `nanos`; one as long as nothing is known.
    int tasksWithin(long nanos, int most) {
        return meanNanos < 0 ? 1 : Math.clamp(nanos / Math.max(meanNanos, 1), 1, most);
    }

    boolean informs(int worker) {
        return informed != null && informed.get(worker);
    }

    /// True if the worker may have copies of results, because it knew once where they are.
    boolean mayBeCopiedBy(int worker) {
        return copying != null && copying.get(worker);
    }

    void inform(int worker) {
        copied(worker);
        if (informed != null) {
            informed.set(worker);
        }
    }

    /// The worker has a copy of a result that it does not hold any more.
    void copied(int worker) {
        if (informed == null || copying == null) {
            informed = new BitSet();
            copying = new BitSet();
        }
        copying.set(worker);
    }

    /// The worker may not know where all results are, but still have copies of some.
    void uninform(int worker) {
        if (informed != null) {
            informed.clear(worker);
        }
    }

    /// Results have moved: nobody knows where all of them are.
    void informNobody() {
        if (informed != null) {
            informed.clear();
        }
    }

    /// The worker is gone, with what it knew and had.
    void forgetWorker(int worker) {
        if (informed != null && copying != null) {
            informed.clear(worker);
            copying.clear(worker);
        }
    }
}
