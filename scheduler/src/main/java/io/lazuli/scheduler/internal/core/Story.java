package io.lazuli.scheduler.internal.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The last few thousand transitions of all tasks, for errors: what happened to this task before it went wrong.
final class Story {
    private static final int CAPACITY = 4096;

    /// Task (bits 0..31), transition (32..39), status before (40..47), attempt (48..63).
    private final long[] steps = new long[CAPACITY];
    private final long[] nanos = new long[CAPACITY];
    /// Steps ever told; the next goes to `told % CAPACITY`.
    private long told;

    void tell(int task, int attempt, TaskStatus before, Transition transition, long now) {
        int at = (int) (told++ & CAPACITY - 1);
        steps[at] = task & 0xffffffffL
                | (long) transition.ordinal() << 32
                | (long) before.ordinal() << 40
                | (long) attempt << 48;
        nanos[at] = now;
    }

    /// What is remembered of one task, oldest first.
    List<String> of(int task) {
        List<String> lines = new ArrayList<>();
        for (long i = told - 1; i >= Math.max(0, told - CAPACITY) && lines.size() < 20; i--) {
            long step = steps[(int) (i & CAPACITY - 1)];
            if ((int) step == task) {
                Transition transition = Transition.ALL[(int) (step >>> 32) & 0xff];
                lines.add("%s -> %s (%s, attempt %d) at %d ns".formatted(
                        TaskStatus.ALL[(int) (step >>> 40) & 0xff], transition.to(), transition, step >>> 48,
                        nanos[(int) (i & CAPACITY - 1)]));
            }
        }
        Collections.reverse(lines);
        return lines;
    }
}
