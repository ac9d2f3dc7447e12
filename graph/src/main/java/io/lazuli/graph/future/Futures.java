package io.lazuli.graph.future;

import io.lazuli.graph.Annotations;
import io.lazuli.graph.Engine;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import io.lazuli.graph.delayed.Delayed;
import io.lazuli.graph.delayed.DelayedFunction0;
import io.lazuli.graph.delayed.DelayedFunction1;
import io.lazuli.graph.delayed.DelayedFunction2;
import io.lazuli.graph.delayed.DelayedFunction3;
import io.lazuli.graph.delayed.DelayedFunction4;
import io.lazuli.graph.error.GraphErrors;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.pass.Passes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Starts calls at once and gives a [TaskFuture] for each, on an [Engine] that it does not own.
///
/// ```java
/// var inc = Delayed.function((Integer i) -> i + 1);
/// try (Futures futures = Futures.over(engine)) {
///     TaskFuture<Integer> six = futures.submit(inc, 5);
///     TaskFuture<Integer> seven = futures.submit(inc.call(six.delayed()));      // starts when six is there
///     List<TaskFuture<Integer>> many = futures.map(inc, List.of(1, 2, 3));
///     for (TaskFuture<Integer> done : Futures.asCompleted(many)) { ... }
/// }
/// ```
///
/// Equal calls of pure functions share one future as long as somebody holds it. Functions may submit and wait themselves.
/// For any number of threads.
public final class Futures implements AutoCloseable {
    /// Into how many jobs one that failed is split, until those that do no harm are done.
    private static final int SPLIT = 16;

    private final Engine engine;
    private final SharedCalls shared = new SharedCalls();
    /// Jobs that have not ended.
    private final Set<Run> runs = ConcurrentHashMap.newKeySet();
    private final SerialWork work = new SerialWork();
    private volatile boolean closed;

    private Futures(Engine engine) {
        this.engine = engine;
    }

    /// Ownership: the engine stays the caller's and must live longer.
    public static Futures over(Engine engine) {
        return new Futures(engine);
    }

    /// Starts a call, and what it needs, as soon as the futures are done that it reads.
    ///
    /// **Errors**: USER if this is closed. Everything else is told by the future.
    public <T extends @Nullable Object> TaskFuture<T> submit(Delayed<T> call) {
        return submit(call, JobOptions.DEFAULTS.withName(call.name()));
    }

    /// As above, with options: priority, retries and so on.
    @SuppressWarnings("unchecked")
    public <T extends @Nullable Object> TaskFuture<T> submit(Delayed<T> call, JobOptions options) {
        checkOpen();
        List<TaskFuture<?>> created = new ArrayList<>(1);
        TaskFuture<?> future = find(call, call, options, created);
        created.forEach(TaskFuture::launch);
        // Equal calls have results of the same type.
        return (TaskFuture<T>) future;
    }

    public <R extends @Nullable Object> TaskFuture<R> submit(DelayedFunction0<R> function) {
        return submit(function.call());
    }

    public <A extends @Nullable Object, R extends @Nullable Object> TaskFuture<R> submit(
            DelayedFunction1<A, R> function, A a) {
        return submit(function.call(a));
    }

    public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> TaskFuture<R> submit(
            DelayedFunction2<A, B, R> function, A a, B b) {
        return submit(function.call(a, b));
    }

    public <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object, R extends @Nullable Object>
            TaskFuture<R> submit(
                    DelayedFunction3<A, B, C, R> function, A a, B b, C c) {
        return submit(function.call(a, b, c));
    }

    public <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object, D extends @Nullable Object, R extends @Nullable Object>
            TaskFuture<R> submit(
                    DelayedFunction4<A, B, C, D, R> function, A a, B b, C c, D d) {
        return submit(function.call(a, b, c, d));
    }

    /// Starts a call for each of `items`, all in one job.
    public <A extends @Nullable Object, R extends @Nullable Object> List<TaskFuture<R>> map(
            DelayedFunction1<A, R> function, List<? extends A> items) {
        return map(function, items, JobOptions.DEFAULTS.withName(function.name()));
    }

    /// As above, with options. A call that fails does not stop the others. If the job itself fails, for a call that takes too
    /// long or the heap is full, what is left of it is started again in smaller jobs until the culprit is alone.
    @SuppressWarnings("unchecked")
    public <A extends @Nullable Object, R extends @Nullable Object> List<TaskFuture<R>> map(
            DelayedFunction1<A, R> function, List<? extends A> items, JobOptions options) {
        checkOpen();
        int annotated = function.annotations().retries();
        int retries = annotated == Annotations.INHERITED ? options.retries() : annotated;
        DelayedFunction1<A, Outcome> guarded =
                Delayed.function(new Guarded<>(function.function(), function.name(), retries))
                        .named(function.name())
                        .annotated(function.annotations());
        List<TaskFuture<R>> futures = new ArrayList<>(items.size());
        List<TaskFuture<?>> created = new ArrayList<>(items.size());
        for (A item : items) {
            Delayed<Outcome> call = guarded.call(item);
            TaskFuture<?> future = function.isPure()
                    ? find(function.call(item), call, options, created)
                    : add(new TaskFuture<>(this, call, options, null), created);
            futures.add((TaskFuture<R>) future);
        }
        start(created);
        return Collections.unmodifiableList(futures);
    }

    /// The future of an equal call, or a new one of `task`, which is added to `created`.
    private TaskFuture<?> find(Delayed<?> call, Delayed<?> task, JobOptions options, List<TaskFuture<?>> created) {
        Optional<Token> token = call.token();
        return token.isEmpty()
                ? add(new TaskFuture<>(this, task, options, null), created)
                : shared.find(token.get(), () -> add(new TaskFuture<>(this, task, options, token.get()), created));
    }

    private static TaskFuture<?> add(TaskFuture<?> future, List<TaskFuture<?>> created) {
        created.add(future);
        return future;
    }

    /// The results, in order; waits for all. **Errors**: of the first in the list that has not succeeded, see
    /// [TaskFuture#result].
    public static <T extends @Nullable Object> List<T> gather(Collection<? extends TaskFuture<T>> futures) {
        awaitAll(futures);
        List<T> results = new ArrayList<>(futures.size());
        futures.forEach(future -> results.add(future.result()));
        return Collections.unmodifiableList(results);
    }

    /// The results of those that succeed, in order; waits for all.
    public static <T extends @Nullable Object> List<T> gatherSucceeded(
            Collection<? extends TaskFuture<T>> futures) {
        awaitAll(futures);
        List<T> results = new ArrayList<>();
        futures.stream().filter(future -> future.state() == Future.State.SUCCESS)
                .forEach(future -> results.add(future.result()));
        return Collections.unmodifiableList(results);
    }

    /// The engine as an executor, such as for [java.util.concurrent.CompletableFuture]: each command is a task. What one throws goes
    /// to its thread's handler of uncaught exceptions. **Errors**: as [#submit].
    public Executor asExecutor() {
        return command -> submit(Delayed.function(() -> run(command)).named("command").call());
    }

    private static boolean run(Runnable command) {
        try {
            command.run();
            return true;
        } catch (RuntimeException | Error e) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            throw e;
        }
    }

    /// The futures in the order in which they are done, each as soon as it is: iteration waits. A future that is given twice
    /// comes twice.
    public static <T extends @Nullable Object> Iterable<TaskFuture<T>>
            asCompleted(Collection<? extends TaskFuture<T>> futures) {
        return () -> new AsCompleted<>(futures);
    }

    /// Waits until every task has succeeded, failed or was cancelled.
    public static void awaitAll(Collection<? extends TaskFuture<?>> futures) {
        // The last first: that is one wait instead of many.
        for (TaskFuture<?> future : new ArrayList<>(futures).reversed()) {
            try {
                Waits.untilDone(future);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw GraphErrors.waitInterrupted(future.name());
            }
        }
    }

    /// Waits until one of the tasks has succeeded, failed or was cancelled, and returns it. **Errors**:
    /// NoSuchElementException if there are none.
    public static <T extends @Nullable Object> TaskFuture<T> awaitAny(Collection<? extends TaskFuture<T>> futures) {
        return new AsCompleted<>(futures).next();
    }

    /// Cancels what has not ended, and waits until none of its functions runs.
    @Override
    public void close() {
        closed = true;
        runs.forEach(Run::cancel);
        runs.forEach(Run::close);
    }

    private void checkOpen() {
        if (closed) {
            throw GraphErrors.futuresClosed();
        }
    }

    /// Starts tasks whose inputs are there, in one job, now or soon: whoever is at it already does.
    void start(List<TaskFuture<?>> futures) {
        if (!futures.isEmpty()) {
            work.add(() -> startNow(futures));
        }
    }

    private void startNow(List<TaskFuture<?>> futures) {
        List<TaskFuture<?>> started = new ArrayList<>(futures.size());
        List<Delayed<?>> calls = new ArrayList<>(futures.size());
        for (TaskFuture<?> future : futures) {
            // Some may have succeeded, if they are started again.
            future.call().ifPresent(call -> {
                started.add(future);
                calls.add(call);
            });
        }
        if (closed) {
            started.forEach(future -> future.settle(new Status.Cancelled()));
        } else if (!started.isEmpty()) {
            submit(started, calls);
        }
    }

    private void submit(List<TaskFuture<?>> futures, List<Delayed<?>> calls) {
        try {
            Job job = submit(Delayed.graphOfAll(calls), futures.getFirst().options());
            Run run = new Run(this, job, futures);
            runs.add(run);
            run.start();
            if (closed) {
                run.cancel();
            }
        } catch (LazuliException e) {
            futures.forEach(future -> future.settle(Status.Failed.of(future.name(), e)));
        } catch (RuntimeException e) {
            futures.forEach(future -> future.settle(
                    Status.Failed.of(future.name(), GraphErrors.taskFailed(future.name(), 1, e))));
        }
    }

    private Job submit(TaskGraph graph, JobOptions options) {
        return engine.submit(Passes.of(options).apply(graph), options);
    }

    /// There is news of a job.
    void soon(Runnable news) {
        work.add(news);
    }

    /// Starts tasks again whose common job failed, with fewer in each.
    void isolate(List<TaskFuture<?>> futures) {
        int size = Math.ceilDiv(futures.size(), SPLIT);
        for (int i = 0; i < futures.size(); i += size) {
            start(futures.subList(i, Math.min(i + size, futures.size())));
        }
    }

    /// Nothing is left of the job.
    void ended(Run run) {
        runs.remove(run);
    }
}
