package io.lazuli.graph.pass;

import java.util.Arrays;

/// Puts tasks in depth-first order: each right after its inputs, and of the inputs the most demanding first, while nothing
/// else waits for it.
///
/// How demanding a task is, is the number of results that are alive at most while it is computed alone. Two inputs that need
/// `a` and `b` alone need `max(a, b + 1)` one after the other: the first one's result waits. So it is best to begin with the
/// larger, which for trees gives the least possible number (Sethi and Ullman, The Generation of Optimal Code for Arithmetic
/// Expressions, 1970). Where tasks share inputs it is an estimate from above. Equal demands keep their numbers' order, and so
/// do the ends: thus a second application changes nothing.
///
/// Time and space O(tasks + links), but for sorting the inputs of each task; no recursion.
final class DepthFirst {
    private final Links links;
    /// Inputs of each task, in the order in which to go into them.
    private final int[] inputs;
    /// Results alive at most while a task is computed alone.
    private final int[] demands;

    private DepthFirst(Links links) {
        this.links = links;
        this.inputs = links.sources().clone();
        this.demands = new int[links.count()];
        for (int task = 0; task < demands.length; task++) {
            sortInputs(task);
            demands[task] = demand(task);
        }
    }

    /// The tasks in their new order.
    static Numbers order(Links links) {
        return new DepthFirst(links).walk();
    }

    /// The most demanding first, then the lower number. As `(-demand, number)` packed into longs, so that it needs no objects.
    private void sortInputs(int task) {
        int start = links.offsets()[task];
        int count = links.offsets()[task + 1] - start;
        if (count < 2) {
            return;
        }
        long[] packed = new long[count];
        for (int i = 0; i < count; i++) {
            int input = inputs[start + i];
            packed[i] = (long) -demands[input] << Integer.SIZE | input;
        }
        Arrays.sort(packed);
        for (int i = 0; i < count; i++) {
            inputs[start + i] = (int) packed[i];
        }
    }

    private int demand(int task) {
        int most = 0;
        int waiting = 0;
        for (int i = links.offsets()[task]; i < links.offsets()[task + 1]; i++) {
            if (i == links.offsets()[task] || inputs[i] != inputs[i - 1]) {
                most = Math.max(most, waiting + demands[inputs[i]]);
                waiting++;
            }
        }
        return Math.max(most, waiting + 1);
    }

    private Numbers walk() {
        int count = links.count();
        int[] order = new int[count];
        int[] path = new int[count];
        int[] next = Arrays.copyOf(links.offsets(), count);
        boolean[] entered = new boolean[count];
        int done = 0;
        int[] readCounts = links.readCounts();
        for (int end = 0; end < count; end++) {
            if (readCounts[end] > 0) {
                continue;
            }
            int depth = 0;
            path[0] = end;
            while (depth >= 0) {
                int task = path[depth];
                if (next[task] == links.offsets()[task + 1]) {
                    order[done++] = task;
                    depth--;
                } else {
                    int input = inputs[next[task]++];
                    if (!entered[input]) {
                        entered[input] = true;
                        path[++depth] = input;
                    }
                }
            }
        }
        return new Numbers(order);
    }
}
