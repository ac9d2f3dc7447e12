package io.lazuli.graph;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.graph.memory.Reservation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The shortest engine that keeps [EngineContract]: one future per task on a pool of threads, every result kept until its job
/// is closed. It proves that the contract can be kept, and runs graphs in tests of modules that do not see the scheduler.
public final class ReferenceEngine implements Engine {
    final ExecutorService threads;
    private final MemoryAccountant memory;
    private final Path spillDirectory;
    private final Set<SpillableResult> results = ConcurrentHashMap.newKeySet();
    private final Set<ReferenceJob> jobs = ConcurrentHashMap.newKeySet();
    private final AtomicLong ids = new AtomicLong();
    /// Guarded by this: persisted results by token, once for each time they were persisted.
    private final Map<Token, List<HeldLayer>> held = new HashMap<>();
    /// Guarded by this.
    private int runningCount;

    private boolean closed;

    private ReferenceEngine(int threads, long bufferBudgetBytes) {
        this.threads = Executors.newFixedThreadPool(threads);
        this.memory = MemoryAccountant.create(bufferBudgetBytes);
        try {
            this.spillDirectory = Files.createTempDirectory("reference-engine");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        memory.addReclaimer(this::spill);
    }

    public static ReferenceEngine open(int threads, long bufferBudgetBytes) {
        return new ReferenceEngine(threads, bufferBudgetBytes);
    }

    public Path spillDirectory() {
        return spillDirectory;
    }

    private record HeldLayer(List<SpillableResult> partitions) {}

    @Override
    public synchronized Job submit(TaskGraph graph, JobOptions options) {
        if (closed) {
            throw new LazuliException(ErrorCode.USER, "The engine is closed.");
        }
        Map<Token, List<SpillableResult>> inputs = new HashMap<>();
        graph.held().forEach((token, count) -> inputs.put(token, find(token, count)));
        inputs.values().forEach(partitions -> partitions.forEach(SpillableResult::retain));
        ReferenceJob job = new ReferenceJob(this, ids.incrementAndGet(), graph, options, inputs);
        jobs.add(job);
        job.start();
        return job;
    }

    private List<SpillableResult> find(Token token, int count) {
        List<HeldLayer> found = held.getOrDefault(token, List.of());
        if (found.isEmpty() || found.getFirst().partitions().size() != count) {
            throw new LazuliException(
                    ErrorCode.USER, "This engine does not hold " + token + " in " + count + " partitions.");
        }
        return found.getFirst().partitions();
    }

    @Override
    public Persisted persist(TaskGraph graph, JobOptions options, Consumer<Job> started) {
        HeldLayer layer;
        try (ReferenceJob job = (ReferenceJob) submit(graph, options)) {
            started.accept(job);
            layer = new HeldLayer(job.retainOutput());
        }
        synchronized (this) {
            held.computeIfAbsent(graph.output(), t -> new ArrayList<>()).add(layer);
        }
        return new HeldResult(graph.output(), layer);
    }

    private final class HeldResult implements Persisted {
        private final Token token;
        private final HeldLayer layer;

        HeldResult(Token token, HeldLayer layer) {
            this.token = token;
            this.layer = layer;
        }

        @Override
        public Token token() {
            return token;
        }

        @Override
        public List<Long> rowCounts() {
            return layer.partitions().stream().map(partition -> partition.rowCount).toList();
        }

        @Override
        public long byteSize() {
            return layer.partitions().stream().mapToLong(partition -> partition.byteSize).sum();
        }

        @Override
        public void close() {
            synchronized (ReferenceEngine.this) {
                List<HeldLayer> layers = held.get(token);
                if (layers != null && layers.removeIf(other -> other == layer)) {
                    layer.partitions().forEach(ReferenceEngine.this::release);
                }
            }
        }
    }

    @Override
    public MemoryAccountant memory() {
        return memory;
    }

    SpillableResult keep(SpillableResult result) {
        results.add(result);
        return result;
    }

    void release(SpillableResult result) {
        if (result.release()) {
            results.remove(result);
        }
    }

    void ended(ReferenceJob job) {
        jobs.remove(job);
    }

    private long spill(long bytes) {
        long freed = 0;
        for (SpillableResult result : results) {
            if (freed < bytes) {
                freed += result.spill(spillDirectory);
            }
        }
        return freed;
    }

    /// The memory of one task. Waits for other tasks to end while it is refused; a task alone is refused for good.
    synchronized Reservation begin(String owner, long grantBytes) {
        while (true) {
            try {
                Reservation reservation = memory.reserve(owner, grantBytes);
                runningCount++;
                return reservation;
            } catch (LazuliException refused) {
                if (runningCount == 0 || grantBytes > memory.limit()) {
                    throw refused;
                }
                awaitEndOfATask();
            }
        }
    }

    private void awaitEndOfATask() {
        try {
            wait();
        } catch (InterruptedException e) {
            throw new IllegalStateException("the threads of an engine are not interrupted", e);
        }
    }

    synchronized void end() {
        runningCount--;
        notifyAll();
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        jobs.forEach(ReferenceJob::close);
        threads.close();
        synchronized (this) {
            held.values().forEach(layers -> layers.forEach(layer -> layer.partitions().forEach(this::release)));
            held.clear();
        }
        memory.close();
        try (Stream<Path> files = Files.list(spillDirectory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(spillDirectory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
