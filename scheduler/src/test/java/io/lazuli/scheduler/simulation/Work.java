package io.lazuli.scheduler.simulation;

import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Block;
import java.util.Map;

/// What the tasks of a simulated layer do. Nothing is really run: a result is a checksum over those of the inputs, so that one
/// wrong, missing or misplaced input changes everything after it.
///
/// @param rows       of each result
/// @param bytes      of each result
/// @param grantBytes reserved for each task; at least `bytes`
/// @param meanNanos  that a task takes
/// @param tempers    of the partitions that are special
record Work(long seed, long rows, long bytes, long grantBytes, long meanNanos,
        Map<Integer, Temper> tempers) implements Operation {
    @Override
    public String name() {
        return "work";
    }

    @Override
    public Block run(TaskContext context, TaskInputs inputs) {
        throw new UnsupportedOperationException("only simulated");
    }

    Temper temper(int partition) {
        return tempers.getOrDefault(partition, Temper.PLAIN);
    }

    /// A task that returns its only input, which this one made.
    Work passing() {
        return new Work(seed, rows, bytes, bytes, Times.MILLISECOND / 10, Map.of(0, new Temper.Passing()));
    }

    /// The checksum before any input was read.
    long start(int partition) {
        return mix(seed, partition);
    }

    /// The checksum after one more input.
    static long read(long checksum, long input, int slice) {
        return mix(mix(checksum, input), slice);
    }

    static long mix(long a, long b) {
        long x = (a ^ b) * 0x9E3779B97F4A7C15L + b;
        return (x ^ x >>> 29) * 0xBF58476D1CE4E5B9L;
    }

    /// Rows of slice `slice` when `rows` rows are cut into `count`.
    static long sliceRows(long rows, int slice, int count) {
        return rows * (slice + 1) / count - rows * slice / count;
    }
}
