package io.lazuli.graph.pass;

import io.lazuli.graph.Key;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.memory.Reservation;

/// What an operation sees of the task that it is a part of: everything, but under the key of its own result.
record StepContext(TaskContext task, Key key) implements TaskContext {
    @Override
    public Reservation memory() {
        return task.memory();
    }

    @Override
    public boolean isCancelled() {
        return task.isCancelled();
    }

    @Override
    public void checkCancelled() {
        task.checkCancelled();
    }
}
