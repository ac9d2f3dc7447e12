package io.lazuli.graph.future;

import io.lazuli.graph.JobOptions;
import io.lazuli.graph.Token;
import io.lazuli.graph.Tokenized;
import io.lazuli.graph.delayed.Delayed;
import io.lazuli.graph.error.GraphErrors;
import io.lazuli.graph.error.LazuliException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A call that was started by [Futures]: its result will be here. [#state] is RUNNING until it is SUCCESS, FAILED or CANCELLED.
///
/// It may be waited for anywhere, also in a task of the same engine: there the thread runs other tasks meanwhile. Its result
/// can be an argument of calls that are submitted before it is done, see [#delayed]. When nobody refers to it any more, its
/// result is garbage like any other object.
public final class TaskFuture<T extends @Nullable Object> implements Future<T>, Tokenized {
    private final Futures client;
    private final String name;
    private final JobOptions options;
    /// Gives T or an [Outcome] of it; null once this has succeeded. Guarded by this, as all below.
    private @Nullable Delayed<?> call;
    /// What it is by content; null as long as nobody asked for what has none.
    private @Nullable Token token;
    /// Changed under this object's monitor, read without.
    private volatile Status status;
    /// Tasks that wait for this one; empty when it is done.
    private List<Status.Waiting> dependents = List.of();
    /// To be called when this is done; empty then.
    private List<Consumer<? super TaskFuture<T>>> callbacks = List.of();

    TaskFuture(Futures client, Delayed<?> call, JobOptions options, @Nullable Token token) {
        this.client = client;
        this.name = call.name();
        this.options = options;
        this.call = call;
        this.token = token;
        this.status = Status.Waiting.of(this, List.of());
    }

    /// The name of the function.
    public String name() {
        return name;
    }

    /// The result as an argument of other calls. Those that are submitted to [Futures] start when it is there.
    public Delayed<T> delayed() {
        return Delayed.from(this);
    }

    /// Equal for calls that are known to have equal results.
    @Override
    public synchronized Token token() {
        Token known = token == null ? Token.random() : token;
        token = known;
        return known;
    }

    /// The result; waits for it.
    ///
    /// **Errors**: ExecutionException around what [#result] would throw; CancellationException.
    @Override
    public T get() throws InterruptedException, ExecutionException {
        Waits.untilDone(this);
        return reported();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        if (!Waits.untilDone(this, unit.toNanos(timeout))) {
            throw new TimeoutException("Task '%s' is not done after %d %s; it goes on.".formatted(name, timeout, unit));
        }
        return reported();
    }

    private T reported() throws ExecutionException {
        if (status instanceof Status.Cancelled) {
            throw new CancellationException(GraphErrors.taskCancelled(name).getMessage());
        }
        if (status instanceof Status.Failed failed) {
            throw new ExecutionException(failed.toException());
        }
        return resultNow();
    }

    /// The result; waits for it.
    ///
    /// **Errors**: what made the task fail, with what its function threw as the cause; if an input failed, that one's failure
    /// with the names of the tasks in between; CANCELLED, also if the thread is interrupted.
    public T result() {
        try {
            Waits.untilDone(this);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw GraphErrors.waitInterrupted(name);
        }
        return resultNow();
    }

    /// The result of a task that is done. **Errors**: as [#result]; IllegalStateException if it is not done.
    @Override
    @SuppressWarnings("unchecked")
    public T resultNow() {
        return switch (status) {
            case Status.Succeeded(Object value) -> (T) value;
            case Status.Failed failed -> throw failed.toException();
            case Status.Cancelled _ -> throw GraphErrors.taskCancelled(name);
            case Status.Waiting _, Status.Running _ ->
                throw new IllegalStateException("task '" + name + "' is not done");
        };
    }

    /// What [#result] throws. **Errors**: IllegalStateException if the task has not failed.
    @Override
    public LazuliException exceptionNow() {
        if (status instanceof Status.Failed failed) {
            return failed.toException();
        }
        throw new IllegalStateException("task '" + name + "' has not failed but is " + state());
    }

    @Override
    public State state() {
        return switch (status) {
            case Status.Waiting _, Status.Running _ -> State.RUNNING;
            case Status.Succeeded _ -> State.SUCCESS;
            case Status.Failed _ -> State.FAILED;
            case Status.Cancelled _ -> State.CANCELLED;
        };
    }

    @Override
    public boolean isDone() {
        return status.isDone();
    }

    @Override
    public boolean isCancelled() {
        return status instanceof Status.Cancelled;
    }

    /// Gives the task up, and all that wait for its result; false if it was done before. A function that runs is never
    /// interrupted, whatever the argument says: it ends in its own time, and its result is dropped.
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return settle(new Status.Cancelled());
    }

    /// Starts a task again that has failed or was cancelled, and before it those of its inputs that have. Those that waited for
    /// it in vain are not started again. Does nothing if it runs or has succeeded.
    public void retry() {
        Deque<TaskFuture<?>> left = new ArrayDeque<>(List.of(this));
        List<TaskFuture<?>> revived = new ArrayList<>();
        while (!left.isEmpty()) {
            TaskFuture<?> future = left.pop();
            if (future.revive()) {
                revived.add(future);
                left.addAll(future.inputs());
            }
        }
        revived.reversed().forEach(TaskFuture::launch);
    }

    /// Calls `callback` with this future when it is done, at once if it is. Otherwise a thread of the engine calls it, so it must
    /// return soon and must not wait for other tasks. What it throws goes to that thread's handler of uncaught exceptions.
    public void whenDone(Consumer<? super TaskFuture<T>> callback) {
        synchronized (this) {
            if (!isDone()) {
                callbacks = with(callbacks, callback);
                return;
            }
        }
        call(callback);
    }

    @Override
    public String toString() {
        return name + ": " + state();
    }

    Status status() {
        return status;
    }

    JobOptions options() {
        return options;
    }

    boolean isRunBy(Run run) {
        return status instanceof Status.Running running && running.run() == run;
    }

    /// What to call; empty once it has succeeded.
    synchronized Optional<Delayed<?>> call() {
        return Optional.ofNullable(call);
    }

    /// Makes sure that it is started when its inputs are there. Errors: USER if it reads what cannot say when it is there.
    void launch() {
        List<TaskFuture<?>> inputs = inputs();
        Status.Waiting waiting = Status.Waiting.of(this, inputs);
        synchronized (this) {
            if (!(status instanceof Status.Waiting)) {
                return;
            }
            status = waiting;
        }
        for (TaskFuture<?> input : inputs) {
            tell(waiting, input.register(waiting));
        }
        tell(waiting, new Status.Succeeded(null));
    }

    /// The tasks that the call reads.
    private List<TaskFuture<?>> inputs() {
        List<TaskFuture<?>> inputs = new ArrayList<>();
        List<Future<?>> sources = call().map(Delayed::awaited).orElse(List.of());
        for (Future<?> source : sources) {
            if (source instanceof TaskFuture<?> input) {
                inputs.add(input);
            } else if (!source.isDone()) {
                LazuliException refusal = GraphErrors.notAwaitable(source.getClass().getName());
                settle(Status.Failed.of(name, refusal));
                throw refusal;
            }
        }
        return inputs;
    }

    /// Has `waiting` told when this is done. Returns how this stands.
    private synchronized Status register(Status.Waiting waiting) {
        if (!isDone()) {
            dependents = with(dependents, waiting);
        }
        return status;
    }

    /// Waits again if it has failed or was cancelled. False if not.
    private synchronized boolean revive() {
        boolean ended = status instanceof Status.Failed || status instanceof Status.Cancelled;
        status = ended ? Status.Waiting.of(this, List.of()) : status;
        return ended;
    }

    /// The engine has it. If it was cancelled meanwhile, the run is told.
    void began(Run run, int partition) {
        synchronized (this) {
            if (!isDone()) {
                status = new Status.Running(run, partition);
                return;
            }
        }
        run.left(true);
    }

    /// Ends the task, unless it has ended: then false.
    boolean settle(Status outcome) {
        while (true) {
            Status now = status;
            if (now.isDone() || settle(now, outcome)) {
                return !now.isDone();
            }
        }
    }

    /// As [#settle], if the task is run by `run` and was not started again since.
    void settle(Run run, Status outcome) {
        if (status instanceof Status.Running running && running.run() == run) {
            settle(running, outcome);
        }
    }

    /// Ends the task, and all that cannot run for that, and so on. False if it does not stand as `before` any more.
    private boolean settle(Status before, Status outcome) {
        Deque<Settlement> left = new ArrayDeque<>();
        boolean settled = become(before, outcome, left);
        settleAll(left);
        return settled;
    }

    /// That a waiting task cannot run. Kept in a list, as chains may be too long for recursion.
    private record Settlement(Status.Waiting waiting, Status outcome) {}

    private static void settleAll(Deque<Settlement> left) {
        for (Settlement next = left.poll(); next != null; next = left.poll()) {
            next.waiting.future().become(next.waiting, next.outcome, left);
        }
    }

    private boolean become(Status before, Status outcome, Deque<Settlement> left) {
        List<Status.Waiting> toTell;
        List<Consumer<? super TaskFuture<T>>> toCall;
        synchronized (this) {
            if (status != before) {
                return false;
            }
            status = outcome;
            call = outcome instanceof Status.Succeeded ? null : call;
            toTell = dependents;
            toCall = callbacks;
            dependents = List.of();
            callbacks = List.of();
            notifyAll();
        }
        if (before instanceof Status.Running running) {
            running.run().left(outcome instanceof Status.Cancelled);
        }
        toTell.forEach(waiting -> tell(waiting, outcome, left));
        toCall.forEach(this::call);
        return true;
    }

    /// Tells a waiting task how an input stands.
    private static void tell(Status.Waiting waiting, Status input) {
        Deque<Settlement> left = new ArrayDeque<>();
        tell(waiting, input, left);
        settleAll(left);
    }

    private static void tell(Status.Waiting waiting, Status input, Deque<Settlement> left) {
        TaskFuture<?> future = waiting.future();
        switch (input) {
            case Status.Waiting _, Status.Running _ -> {}
            case Status.Succeeded _ -> {
                if (waiting.arrived() && future.status == waiting) {
                    future.client.start(List.of(future));
                }
            }
            case Status.Failed failed -> left.add(new Settlement(waiting, failed.readBy(future.name)));
            case Status.Cancelled cancelled -> left.add(new Settlement(waiting, cancelled));
        }
    }

    private void call(Consumer<? super TaskFuture<T>> callback) {
        try {
            callback.accept(this);
        } catch (RuntimeException e) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }

    private static <E> List<E> with(List<E> list, E element) {
        List<E> longer = list.isEmpty() ? new ArrayList<>(1) : list;
        longer.add(element);
        return longer;
    }
}
