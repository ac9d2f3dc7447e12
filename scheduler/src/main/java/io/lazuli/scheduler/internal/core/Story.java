package io.lazuli.scheduler.internal.core;

import java.util.ArrayList;
import java.util.List;

/// What happened to a task before it went wrong, as far as it is remembered: for errors.
final class Story {
    private static final int MOST_LINES = 20;

    private final TransitionBuffer transitions;
    private final int task;
    private final List<String> lines = new ArrayList<>();
    private long nanos;

    private Story(TransitionBuffer transitions, int task) {
        this.transitions = transitions;
        this.task = task;
    }

    /// The last lines about that task, oldest first.
    static List<String> of(int task, TransitionBuffer transitions) {
        Story story = new Story(transitions, task);
        transitions.remembered().forEach(story::read);
        List<String> all = story.lines;
        return all.subList(Math.max(0, all.size() - MOST_LINES), all.size());
    }

    private void read(long[] words) {
        for (int at = 0; at < words.length; at += TransitionBuffer.length(words[at])) {
            int code = (int) words[at] & TransitionBuffer.CODE;
            if (code == TransitionBuffer.CLOCK) {
                nanos = (words[at] >> 8) + transitions.originNanos();
            } else if (code < TransitionBuffer.CLOCK && isAboutTask(words[at], words[at + 1])) {
                lines.add(line(words[at]));
            }
        }
    }

    private boolean isAboutTask(long head, long tail) {
        boolean isRun = (head & TransitionBuffer.FORM) == 0;
        int first = (int) (head >>> 32);
        return task >= first && task - first < (isRun ? (int) tail : 1);
    }

    private String line(long head) {
        Transition transition = Transition.ALL[(int) head & TransitionBuffer.CODE];
        TaskStatus before = TaskStatus.ALL[(int) (head >>> 8) & TransitionBuffer.FROM];
        return "%s -> %s (%s, attempt %d) at %d ns".formatted(
                before, transition.to(), transition, head >>> 16 & 0xffff, nanos);
    }
}
