package io.lazuli.graph;

import io.lazuli.graph.JobProgress.LayerProgress;
import io.lazuli.graph.JobProgress.State;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.FunctionFailedException;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Reservation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/// A job of [ReferenceEngine]: a future for each task, which completes after those of its inputs.
final class ReferenceJob implements Job {
    private final ReferenceEngine engine;
    private final long id;
    private final TaskGraph graph;
    private final JobOptions options;
    private final long start = System.nanoTime();
    private final LongAdder spilledBytes = new LongAdder();
    private final Map<Token, Counts> counts = new HashMap<>();
    private final Map<Key, CompletableFuture<SpillableResult>> results = new HashMap<>();
    /// Layers that exchange the results of a layer.
    private final Map<Token, List<Layer>> exchanges = new HashMap<>();
    /// Fails as soon as the job is cancelled, before its tasks see it.
    private final CompletableFuture<SpillableResult> cancelled = new CompletableFuture<>();
    /// Completes when no task runs and none will.
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    /// Null until the first task fails, or until the job is cancelled.
    private volatile LazuliException failure;

    private volatile long endNanos;
    /// What the job holds until it is closed: its inputs and results. Guarded by this, as all below.
    private final List<SpillableResult> held = new ArrayList<>();

    private final BitSet taken = new BitSet();
    private int runningCount;
    private boolean closed;

    private static final class Counts {
        final AtomicInteger running = new AtomicInteger();
        final AtomicInteger finished = new AtomicInteger();
        final AtomicLong busyNanos = new AtomicLong();
        final AtomicLong rows = new AtomicLong();
        final AtomicLong bytes = new AtomicLong();
    }

    ReferenceJob(
            ReferenceEngine engine, long id, TaskGraph graph, JobOptions options,
            Map<Token, List<SpillableResult>> inputs) {
        this.engine = engine;
        this.id = id;
        this.graph = graph;
        this.options = options;
        inputs.values().forEach(held::addAll);
        inputs.forEach((token, partitions) -> IntStream.range(0, partitions.size())
                .forEach(p -> results.put(new Key(token, p), CompletableFuture.completedFuture(partitions.get(p)))));
        for (Layer layer : graph.layers()) {
            counts.put(layer.token(), new Counts());
            for (Dependency dependency : layer.dependencies()) {
                if (dependency instanceof Dependency.Exchange(Token on)) {
                    exchanges.computeIfAbsent(on, t -> new ArrayList<>()).add(layer);
                }
            }
        }
    }

    void start() {
        List<CompletableFuture<SpillableResult>> all = new ArrayList<>();
        for (Layer layer : graph.layers()) {
            List<Integer> producerCounts = graph.producerCounts(layer);
            for (int partition = 0; partition < layer.partitionCount(); partition++) {
                Task task = layer.task(partition, producerCounts);
                CompletableFuture<?>[] inputs =
                        task.arguments().stream().map(argument -> results.get(argument.key()))
                                .toArray(CompletableFuture[]::new);
                CompletableFuture<SpillableResult> result =
                        CompletableFuture.allOf(inputs).thenApplyAsync(done -> run(layer, task), engine.threads);
                results.put(task.key(), result);
                all.add(result);
            }
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).whenComplete((done, error) -> endOnce());
    }

    private synchronized void endOnce() {
        if (!end.isDone() && runningCount == 0) {
            endNanos = System.nanoTime();
            // Elsewhere: listeners must not be called with the lock held.
            end.completeAsync(() -> null);
        }
    }

    private SpillableResult run(Layer layer, Task task) {
        synchronized (this) {
            if (failure != null) {
                throw new CancellationException();
            }
            runningCount++;
        }
        try {
            SpillableResult result = runUntilItFails(layer, task);
            synchronized (this) {
                held.add(result);
            }
            return result;
        } finally {
            synchronized (this) {
                runningCount--;
                if (failure != null) {
                    endOnce();
                }
            }
        }
    }

    private SpillableResult runUntilItFails(Layer layer, Task task) {
        for (int attempt = 0; ; attempt++) {
            try {
                return runOnce(layer, task);
            } catch (Throwable e) {
                LazuliException error = failureOf(layer, task, e);
                boolean retries = !(e instanceof LazuliException)
                        || error.code() == ErrorCode.RESOURCE
                        || error.code() == ErrorCode.INTERNAL;
                if (!retries || attempt >= options.retries()) {
                    fail(error);
                    throw error;
                }
            }
        }
    }

    private SpillableResult runOnce(Layer layer, Task task) {
        Counts count = counts.get(layer.token());
        Reservation memory = engine.begin(layer.label() + " " + task.key(), layer.operation().grantBytes());
        List<Block> borrowed = new ArrayList<>();
        long began = System.nanoTime();
        count.running.incrementAndGet();
        try {
            List<List<Block>> blocks = new ArrayList<>();
            layer.dependencies().forEach(dependency -> blocks.add(new ArrayList<>()));
            for (Argument argument : task.arguments()) {
                Block block = results.get(argument.key()).join().borrow();
                borrowed.add(block);
                blocks.get(argument.dependency()).add(block);
            }
            int partition = task.key().partition();
            List<Integer> slices = layer.dependencies().stream().map(d -> d.slice(partition)).toList();
            Block output = layer.operation()
                    .run(new RunningContext(task.key(), memory, () -> failure != null),
                            new BorrowedInputs(slices, blocks));
            check(layer, output);
            count.rows.addAndGet(output.rowCount());
            count.bytes.addAndGet(output.byteSize());
            count.finished.incrementAndGet();
            return engine.keep(new SpillableResult(output, spilledBytes));
        } finally {
            count.running.decrementAndGet();
            count.busyNanos.addAndGet(System.nanoTime() - began);
            borrowed.forEach(Block::release);
            memory.close();
            engine.end();
        }
    }

    private void check(Layer layer, Block output) {
        if (output == null) {
            throw new LazuliException(ErrorCode.INTERNAL, "it returned null instead of a block");
        }
        for (Layer consumer : exchanges.getOrDefault(layer.token(), List.of())) {
            if (output.sliceCount() != consumer.partitionCount()) {
                int found = output.sliceCount();
                output.release();
                throw new LazuliException(
                        ErrorCode.INTERNAL, "it returned " + found + " slices instead of " + consumer.partitionCount());
            }
        }
    }

    private static LazuliException failureOf(Layer layer, Task task, Throwable cause) {
        ErrorCode code =
                switch (cause) {
                    case LazuliException typed -> typed.code();
                    case OutOfMemoryError _ -> ErrorCode.RESOURCE;
                    case FunctionFailedException _ -> ErrorCode.USER;
                    default -> layer.operation().runsUserCode() ? ErrorCode.USER : ErrorCode.INTERNAL;
                };
        return new LazuliException(
                code,
                "Task " + task.key() + " (" + layer.operation().nameOf(task.key().partition()) + ") of layer "
                        + layer.label() + " failed: " + cause.getMessage(),
                FunctionFailedException.thrown(cause));
    }

    private synchronized void fail(LazuliException error) {
        if (failure == null && !end.isDone()) {
            failure = error;
        }
        if (failure != null) {
            endOnce();
        }
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public int partitionCount() {
        return graph.outputLayer().partitionCount();
    }

    @Override
    public Block take(int partition) {
        SpillableResult result = join(partition);
        synchronized (this) {
            if (closed || taken.get(partition)) {
                throw new IllegalStateException("partition " + partition + " was taken before, or the job is closed");
            }
            taken.set(partition);
            Block block = result.borrow();
            return block;
        }
    }

    @Override
    public Optional<Block> tryTake(int partition) {
        Key key = new Key(graph.output(), Objects.checkIndex(partition, partitionCount()));
        boolean isAnswered = results.get(key).isDone() || cancelled.isDone() || end.isDone();
        return isAnswered ? Optional.of(take(partition)) : Optional.empty();
    }

    private SpillableResult join(int partition) {
        Key key = new Key(graph.output(), Objects.checkIndex(partition, partitionCount()));
        if (failure != null && end.isDone()) {
            throw failure;
        }
        try {
            return CompletableFuture.anyOf(results.get(key), cancelled).thenApply(SpillableResult.class::cast).join();
        } catch (CompletionException | CancellationException e) {
            throw failure;
        }
    }

    @Override
    public boolean await(int partition, Duration timeout) {
        Key key = new Key(graph.output(), Objects.checkIndex(partition, partitionCount()));
        try {
            CompletableFuture.anyOf(results.get(key), cancelled).get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException | CancellationException e) {
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LazuliException(ErrorCode.CANCELLED, "The thread that waited was interrupted.");
        }
    }

    /// The output, retained for the caller; waits for it.
    List<SpillableResult> retainOutput() {
        List<SpillableResult> output = IntStream.range(0, partitionCount()).mapToObj(this::join).toList();
        output.forEach(SpillableResult::retain);
        return output;
    }

    @Override
    public void addListener(JobListener listener) {
        for (int p = 0; p < partitionCount(); p++) {
            int partition = p;
            results.get(new Key(graph.output(), p)).thenRun(() -> {
                synchronized (listener) {
                    listener.offered(partition);
                }
            });
        }
        end.thenRun(() -> {
            synchronized (listener) {
                listener.ended(state(true));
            }
        });
    }

    @Override
    public void cancel() {
        fail(new LazuliException(ErrorCode.CANCELLED, "The job was cancelled."));
        if (failure != null) {
            cancelled.completeExceptionally(failure);
        }
    }

    @Override
    public JobProgress progress() {
        boolean isDone = end.isDone();
        List<LayerProgress> layers = new ArrayList<>();
        for (Layer layer : graph.layers()) {
            Counts c = counts.get(layer.token());
            int running = c.running.get();
            layers.add(new LayerProgress(
                    layer.label(),
                    layer.partitionCount(),
                    Math.min(running, layer.partitionCount() - c.finished.get()),
                    c.finished.get(),
                    Duration.ofNanos(c.busyNanos.get()),
                    c.rows.get(),
                    c.bytes.get()));
        }
        Duration elapsed = Duration.ofNanos((isDone ? endNanos : System.nanoTime()) - start);
        return new JobProgress(state(isDone), elapsed, spilledBytes.sum(), layers);
    }

    private State state(boolean isDone) {
        LazuliException error = failure;
        if (error != null) {
            return error.code() == ErrorCode.CANCELLED ? State.CANCELLED : State.FAILED;
        }
        return isDone ? State.SUCCEEDED : State.RUNNING;
    }

    @Override
    public void close() {
        cancel();
        end.join();
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        held.forEach(engine::release);
        engine.ended(this);
    }
}
