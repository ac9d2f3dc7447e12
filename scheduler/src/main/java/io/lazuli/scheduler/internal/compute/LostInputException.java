package io.lazuli.scheduler.internal.compute;

import io.lazuli.scheduler.internal.store.LostResultException;

/// An input of a task cannot be read back: it is to be made again, and the task to be run then.
final class LostInputException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int task;
    private final LostResultException lost;

    /// @param task whose result it is
    LostInputException(int task, LostResultException lost) {
        super("the result of task " + task + " is lost", lost);
        this.task = task;
        this.lost = lost;
    }

    /// What was found in its place.
    LostResultException lost() {
        return lost;
    }

    int task() {
        return task;
    }
}
