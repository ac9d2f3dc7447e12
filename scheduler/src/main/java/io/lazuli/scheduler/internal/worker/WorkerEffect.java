package io.lazuli.scheduler.internal.worker;

/// What a worker's core wants done here, decoded for tests and logs. What it has to say to its scheduler are events of that, see
/// [WorkerEffectBuffer#reports].
public sealed interface WorkerEffect {
    /// The thread is to run `count` consecutive tasks of one layer.
    ///
    /// @param forced run it with whatever memory there is: nothing else runs that could give some back
    /// @param alone  nothing runs beside it: all results may be written to disk first
    record StartTasks(int thread, long job, int layer, int firstTask, int count, int attempt, boolean forced,
            boolean alone) implements WorkerEffect {}

    /// The task took too long, or nobody wants it any more.
    record InterruptThread(int thread, int task, int attempt) implements WorkerEffect {}

    /// The task does not end. Another thread takes the thread's place; what this one still says is not heard.
    record AbandonThread(int thread, int task, int attempt) implements WorkerEffect {}

    /// Get a copy of another worker's result.
    ///
    /// @param sliced for tasks that read slices of it: the rest need not come
    record FetchInput(int task, int attempt, int holder, boolean sliced) implements WorkerEffect {}

    /// `count` consecutive results, own or copies, are to go.
    record DropResults(int firstTask, int count, int attempt) implements WorkerEffect {}

    /// The result of `source` is to be kept as that attempt's of `task` too.
    record AdoptResult(int task, int attempt, int source) implements WorkerEffect {}

    /// Drop everything, interrupt all threads and join under a new incarnation.
    record Rejoin() implements WorkerEffect {}
}
