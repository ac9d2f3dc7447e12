package io.lazuli.scheduler.internal.cluster;

import io.lazuli.graph.Engine;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.Key;
import io.lazuli.graph.Operation;
import io.lazuli.graph.Persisted;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.codec.ValueCodec;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.code.CodeStore;
import io.lazuli.scheduler.internal.code.Distribution;
import io.lazuli.scheduler.internal.core.CoreOptions;
import io.lazuli.scheduler.internal.core.WorkerProfile;
import io.lazuli.scheduler.internal.session.Packet;
import io.lazuli.scheduler.internal.session.SessionId;
import io.lazuli.scheduler.internal.store.ExportedResult;
import io.lazuli.scheduler.internal.store.ResultCopies;
import io.lazuli.scheduler.internal.store.ResultStore;
import io.lazuli.scheduler.internal.store.StoreOptions;
import io.lazuli.scheduler.internal.store.StoredResult;
import io.lazuli.scheduler.internal.wire.Fence;
import io.lazuli.scheduler.internal.wire.JobSpec;
import io.lazuli.scheduler.internal.wire.ShippedGraph;
import io.lazuli.scheduler.internal.wire.Wire;
import io.lazuli.scheduler.internal.wire.WorkerFacts;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// A scheduler, some workers and a client in one process: all of a cluster but its connections. Messages go as bytes, results by
/// reference.
final class InProcessCluster implements Engine {
    static final long LEASE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final Fence FENCE = new Fence(CoreOptions.CLUSTER.epoch(), new UUID(0, 1));

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("test-clock").factory());
    private final List<ExecutorService> wires = new ArrayList<>();
    private final CodeStore code;
    private final SchedulerShell scheduler;
    private final List<Worker> workers = new ArrayList<>();
    private final RemoteEngine client;

    private record Worker(WorkerShell shell, SessionId id, MemoryAccountant accountant, ResultStore store) {}

    /// One direction of a connection: frames in order, in a thread of its own.
    private record Wired(ExecutorService thread, Consumer<Packet<?>> receiver) implements Link {
        @Override
        public void send(byte[] frame) {
            thread.execute(() -> receiver.accept((Packet<?>) Wire.decode(ByteBuffer.wrap(frame))));
        }

        @Override
        public void close() {
            thread.shutdown();
        }
    }

    InProcessCluster(int workerCount, int threads, long bufferBytes, Path spill) {
        this(workerCount, threads, bufferBytes, spill, LEASE_NANOS, JobJournal.NONE, List.of());
    }

    /// Whose scheduler has found jobs in the journal.
    InProcessCluster(int workerCount, int threads, long bufferBytes, Path spill, long leaseNanos, JobJournal journal,
            List<JournalledJob> found) {
        code = CodeStore.under(spill, 1 << 30, Distribution.ofThisProcess());
        scheduler = new SchedulerShell(CoreOptions.CLUSTER, leaseNanos, code, journal, System::nanoTime);
        scheduler.inherit(new Inheritance(found, new IncomingCode(code), Map.of(), List.of()));
        ValueCodec codec = ValueCodec.of(InProcessCluster.class.getClassLoader(), _ -> true);
        for (int w = 0; w < workerCount; w++) {
            addWorker(w, threads, bufferBytes / workerCount, spill);
        }
        CompletableFuture<RemoteEngine> late = new CompletableFuture<>();
        SessionId id = scheduler.greetClient(Optional.empty()).orElseThrow();
        scheduler.attachClient(id, wire(packet -> late.join().receive(packet)));
        client = new RemoteEngine(
                id, FENCE, MemoryAccountant.create(bufferBytes),
                (graph, options, held) -> new PackedJob(
                        new JobSpec(ShippedGraph.of(graph, codec), options, held, Map.of(), List.of()), List.of()),
                new RemoteEngine.Results() {
                    @Override
                    public Block fetch(
                            WorkerShell.Peer holder, int task, int attempt, Key key, Operation maker) {
                        StoredResult result = workerOf(holder).lend(task, attempt).orElseThrow(() -> gone(task));
                        try {
                            return result.borrow();
                        } finally {
                            result.release();
                        }
                    }

                    @Override
                    public CompletionStage<RemoteEngine.ResultSize> measure(
                            WorkerShell.Peer holder, int task, int attempt) {
                        Optional<StoredResult> lent = workerOf(holder).lend(task, attempt);
                        if (lent.isEmpty()) {
                            return CompletableFuture.failedStage(gone(task));
                        }
                        StoredResult result = lent.get();
                        try {
                            return CompletableFuture.completedStage(
                                    new RemoteEngine.ResultSize(result.rowCount(), result.byteSize()));
                        } finally {
                            result.release();
                        }
                    }

                    private static LazuliException gone(int task) {
                        return Errors.workerGone("worker", "it has not got task " + task);
                    }

                    @Override
                    public void close() {}
                });
        late.complete(client);
        client.welcomed(id, FENCE, wire(scheduler::receiveFromClient));
        clock.scheduleAtFixedRate(scheduler::tick, 100, 100, TimeUnit.MILLISECONDS);
        clock.scheduleAtFixedRate(client::tick, 100, 100, TimeUnit.MILLISECONDS);
    }

    SchedulerShell scheduler() {
        return scheduler;
    }

    private Link wire(Consumer<Packet<?>> receiver) {
        ExecutorService thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("test-wire-" + wires.size()).factory());
        wires.add(thread);
        return new Wired(thread, receiver);
    }

    private void addWorker(int index, int threads, long bufferBytes, Path spill) {
        MemoryAccountant accountant = MemoryAccountant.create(bufferBytes);
        ResultStore store = ResultStore.open(accountant, new StoreOptions(bufferBytes, spill, Long.MAX_VALUE));
        CompletableFuture<WorkerShell> late = new CompletableFuture<>();
        SessionId id = scheduler.greetWorker(Optional.empty(), false);
        scheduler.attachWorker(id, wire(packet -> late.join().receive(packet)));
        WorkerFacts facts = new WorkerFacts(
                "worker-" + index, "127.0.0.1", 0, ProcessHandle.current().pid(), bufferBytes,
                WorkerProfile.of(threads), store.identity());
        WorkerShell shell = new WorkerShell(
                id, FENCE, facts, accountant, store, code, new Copying(store), () -> {
                    throw new IllegalStateException("worker " + index + " was dismissed");
                });
        late.complete(shell);
        workers.add(new Worker(shell, id, accountant, store));
        shell.attach(wire(scheduler::receiveFromWorker));
        shell.start();
    }

    private WorkerShell workerOf(WorkerShell.Peer peer) {
        return workers.stream().filter(worker -> worker.id().equals(peer.id())).findFirst().orElseThrow().shell();
    }

    /// Copies by reference.
    private final class Copying implements WorkerShell.Peers {
        private final ResultStore store;

        Copying(ResultStore store) {
            this.store = store;
        }

        @Override
        public void fetch(
                WorkerShell.Peer holder, TaskResult result, boolean sliced,
                BiConsumer<TaskResult, Optional<StoredResult>> done) {
            clock.execute(() -> done.accept(
                    result,
                    workerOf(holder).lend(result.task(), result.attempt()).map(from -> copyOf(
                            from, store.copies(), result.job().wanted(result.task()), sliced,
                            rows -> result.job().countSlices(result.task(), rows)))));
        }
    }

    /// As a file, or inline.
    private static StoredResult copyOf(
            StoredResult from, ResultCopies copies, ResultCopies.Wanted wanted, boolean sliced,
            Consumer<long[]> sliceRows) {
        try (ExportedResult exported = from.export(wanted.maker())) {
            sliceRows.accept(exported.sliceRows());
            return switch (exported.form()) {
                case ExportedResult.Inline inline -> copies.read(wanted.madeAs(exported.key()), inline.bytes());
                case ExportedResult.InFile file when sliced ->
                    copies.mapSlices(wanted.madeAs(exported.key()), file.path());
                case ExportedResult.InFile file -> copies.map(wanted.madeAs(exported.key()), file.path());
            };
        } finally {
            from.release();
        }
    }

    @Override
    public Job submit(TaskGraph graph, JobOptions options) {
        return client.submit(graph, options);
    }

    @Override
    public Persisted persist(TaskGraph graph, JobOptions options, Consumer<Job> started) {
        return client.persist(graph, options, started);
    }

    @Override
    public MemoryAccountant memory() {
        return client.memory();
    }

    @Override
    public void close() {
        client.close();
        clock.shutdownNow();
        workers.forEach(worker -> worker.shell().close());
        scheduler.close();
        for (Worker worker : workers) {
            worker.store().close();
            worker.accountant().close();
        }
        client.memory().close();
        code.close();
    }
}
