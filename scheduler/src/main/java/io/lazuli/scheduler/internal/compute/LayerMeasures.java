package io.lazuli.scheduler.internal.compute;

import io.lazuli.scheduler.internal.job.Measures;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAccumulator;

/// What was measured of the tasks of one layer beside what the core is told. For any number of threads.
public final class LayerMeasures {
    private static final long[] NOTHING = {};

    /// True from [#add] until [#now].
    private final AtomicBoolean isNews = new AtomicBoolean();
    private final LongAccumulator longestNanos = new LongAccumulator(Math::max, 0);
    /// By index, see [io.lazuli.graph.TaskContext#count]; guarded by this.
    private long[] sums = NOTHING;

    /// A task has ended well. True if nobody has been told so since [#now].
    ///
    /// @param counts what it counted
    boolean add(long busyNanos, Counts counts) {
        longestNanos.accumulate(busyNanos);
        if (counts.values.length > 0) {
            addCounts(counts.values);
        }
        return !isNews.get() && isNews.compareAndSet(false, true);
    }

    private synchronized void addCounts(long[] counts) {
        if (sums.length < counts.length) {
            sums = Arrays.copyOf(sums, counts.length);
        }
        for (int i = 0; i < counts.length; i++) {
            sums[i] += counts[i];
        }
    }

    public synchronized Measures now() {
        isNews.set(false);
        return new Measures(longestNanos.get(), Arrays.stream(sums).boxed().toList());
    }

    /// What one task counts. Confined to its thread.
    static final class Counts {
        private long[] values = NOTHING;

        void add(int index, long amount) {
            if (values.length <= index) {
                values = Arrays.copyOf(values, index + 1);
            }
            values[index] += amount;
        }
    }
}
