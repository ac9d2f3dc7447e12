package io.lazuli.scheduler.internal.compute;

/// An input of a task was taken away before the task could read it: its scheduler has changed its mind meanwhile.
final class InputGoneException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param task whose result it was
    InputGoneException(int task) {
        super("the result of task " + task + " is not here any more");
    }
}
