package io.lazuli.scheduler.internal.local;

/// An input of a task cannot be read back: it is to be made again, and the task to be run then.
final class LostInputException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int task;

    /// @param task whose result it is
    LostInputException(int task, Throwable cause) {
        super("the result of task " + task + " is lost", cause);
        this.task = task;
    }

    int task() {
        return task;
    }
}
