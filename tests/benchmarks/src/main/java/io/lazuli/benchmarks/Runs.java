package io.lazuli.benchmarks;

import java.util.Arrays;

/// Runs of consecutive tasks, taken task by task in the order in which they came. No object a run.
final class Runs {
    private int[] first = new int[16];
    private int[] end = new int[16];
    private int[] attempt = new int[16];
    /// Runs `from <= i < to` are not used up; `from` is the next.
    private int from;
    private int to;
    private int lastAttempt;
    private boolean endsRun;

    boolean isEmpty() {
        return from == to;
    }

    void add(int firstTask, int count, int of) {
        if (from == to) {
            from = 0;
            to = 0;
        }
        if (to == first.length) {
            first = Arrays.copyOf(first, 2 * to);
            end = Arrays.copyOf(end, 2 * to);
            attempt = Arrays.copyOf(attempt, 2 * to);
        }
        first[to] = firstTask;
        end[to] = firstTask + count;
        attempt[to++] = of;
    }

    int next() {
        lastAttempt = attempt[from];
        int task = first[from]++;
        endsRun = first[from] == end[from];
        if (endsRun) {
            from++;
        }
        return task;
    }

    /// Of the last task.
    int attempt() {
        return lastAttempt;
    }

    /// The last task was the last of its run.
    boolean endsRun() {
        return endsRun;
    }
}
