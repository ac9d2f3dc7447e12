package io.lazuli.scheduler.internal.cluster;

import io.lazuli.graph.Engine;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.Persisted;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.codec.ValueCodec;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.scheduler.event.EventStream;
import io.lazuli.scheduler.internal.code.Bundle;
import io.lazuli.scheduler.internal.core.WorkerProfile;
import io.lazuli.scheduler.internal.store.StoreOptions;
import io.lazuli.scheduler.internal.store.ValueFormat;
import io.lazuli.scheduler.internal.transport.ClusterSecret;
import io.lazuli.scheduler.internal.transport.TransportOptions;
import io.lazuli.scheduler.internal.wire.JobSpec;
import io.lazuli.scheduler.internal.wire.ShippedGraph;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// A scheduler, some workers and a client in one process, over real connections.
final class LoopbackCluster implements Engine {
    private static final ValueCodec CODEC = ValueCodec.of(LoopbackCluster.class.getClassLoader(), _ -> true);

    private final SchedulerNode scheduler;
    private final List<WorkerNode> workers;
    private final ClientNode client;
    private boolean isClientThere = true;

    LoopbackCluster(int workerCount, int threads, long bufferBytes, Path spill) {
        this(workerCount, threads, bufferBytes, spill, List.of());
    }

    /// @param code that every job names
    LoopbackCluster(int workerCount, int threads, long bufferBytes, Path spill, List<Bundle> code) {
        List<String> hashes = code.stream().map(bundle -> bundle.hash().hex()).toList();
        TransportOptions transport = TransportOptions.of(ClusterSecret.random());
        scheduler = SchedulerNode.open(new InetSocketAddress("127.0.0.1", 0), transport);
        long each = bufferBytes / workerCount;
        workers = IntStream.range(0, workerCount)
                .mapToObj(w -> WorkerNode.open(
                        new WorkerSettings(
                                List.of(scheduler.address()), "worker-" + w, "127.0.0.1", WorkerProfile.of(threads),
                                each,
                                new StoreOptions(each, spill, Long.MAX_VALUE), transport, Optional.empty())))
                .toList();
        client = ClientNode.connect(
                new ClientNode.Settings(
                        List.of(scheduler.address()), "client", bufferBytes,
                        new StoreOptions(bufferBytes, spill, Long.MAX_VALUE), transport),
                (graph, options, held) -> new PackedJob(
                        new JobSpec(ShippedGraph.of(graph, CODEC), options, held, Map.of(), hashes), code),
                ValueFormat.of(CODEC));
    }

    /// As the client hears them.
    EventStream events() {
        return client.engine().events();
    }

    SchedulerNode scheduler() {
        return scheduler;
    }

    /// Ends a worker as if its process had been killed, which the client sees.
    void kill(int worker) {
        workers.get(worker).close();
        client.engine().reportEnd("worker-" + worker, ProcessHandle.current().pid(), "its process was killed");
    }

    /// The client ends, and nothing else.
    void endClient() {
        if (isClientThere) {
            isClientThere = false;
            client.close();
        }
    }

    @Override
    public Job submit(TaskGraph graph, JobOptions options) {
        return client.engine().submit(graph, options);
    }

    @Override
    public Persisted persist(TaskGraph graph, JobOptions options, Consumer<Job> started) {
        return client.engine().persist(graph, options, started);
    }

    @Override
    public MemoryAccountant memory() {
        return client.engine().memory();
    }

    @Override
    public void close() {
        endClient();
        workers.forEach(WorkerNode::close);
        scheduler.close();
    }
}
