package io.lazuli.scheduler;

import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.Persisted;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import io.lazuli.graph.codec.ValueCodec;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.scheduler.event.EventStream;
import io.lazuli.scheduler.event.ClusterStatus;
import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.cluster.ClientNode;
import io.lazuli.scheduler.internal.cluster.ControlNode;
import io.lazuli.scheduler.internal.cluster.LocalProcesses;
import io.lazuli.scheduler.internal.cluster.PackedJob;
import io.lazuli.scheduler.internal.cluster.Packing;
import io.lazuli.scheduler.internal.code.AllowedClasses;
import io.lazuli.scheduler.internal.code.ProgramCode;
import io.lazuli.scheduler.internal.core.JobPlan;
import io.lazuli.scheduler.internal.store.ValueFormat;
import io.lazuli.scheduler.internal.transport.ClusterSecret;
import io.lazuli.scheduler.internal.transport.TransportOptions;
import io.lazuli.scheduler.internal.wire.JobSpec;
import io.lazuli.scheduler.internal.wire.MissingClassException;
import io.lazuli.scheduler.internal.wire.ShippedGraph;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// An engine of several processes: a scheduler and workers. What runs on a [LocalEngine] runs here unchanged.
///
/// ```java
/// try (Engine engine = Cluster.processes(4)) {
///     ...
/// }
/// ```
///
/// | | where tasks run |
/// |---|---|
/// | [#local] | on threads of this process |
/// | [#processes] | in processes of this host, which end with this one |
/// | [#connect] | wherever the workers of a scheduler are |
///
/// A worker that dies costs what it had alone: that is made again on others. Jobs end half a minute after their client is gone.
public final class Cluster implements ObservableEngine {
    private final ClientNode client;
    /// What this engine has started, and ends.
    private final Optional<LocalProcesses> processes;
    private final Observers observers;

    /// Ownership: takes over the client, also if it fails.
    private Cluster(ClientNode client, Optional<LocalProcesses> processes, EngineOptions options) {
        this.client = client;
        this.processes = processes;
        try {
            this.observers = Observers.of(options, events());
        } catch (Throwable e) {
            client.close();
            throw e;
        }
    }

    /// An engine on threads of this process, set up by [EngineOptions#fromEnvironment].
    public static LocalEngine local() {
        return LocalEngine.open(EngineOptions.fromEnvironment());
    }

    /// Starts a scheduler and that many workers on this host, which share what [EngineOptions#fromEnvironment] gives to one engine:
    /// its threads, its memory, its Java heap; each offers what [WorkerOffers#fromEnvironment] says. They listen on loopback alone, and end
    /// with this process, however it ends.
    ///
    /// Errors: USER if `workers` is not positive; RESOURCE if a process cannot be started.
    public static Cluster processes(int workers) {
        return processes(workers, EngineOptions.forWorkers(Math.max(1, workers)), WorkerOffers.fromEnvironment());
    }

    /// As [#processes(int)], with options of what all of them share.
    public static Cluster processes(int workers, EngineOptions options) {
        return processes(workers, options, WorkerOffers.NONE);
    }

    /// As [#processes(int, EngineOptions)].
    ///
    /// @param offers what tasks can ask each of them for
    public static Cluster processes(int workers, EngineOptions options, WorkerOffers offers) {
        return processes(workers, 0, options, offers, ClusterSecret.random());
    }

    /// @param port of the scheduler; 0 for any that is free
    static Cluster processes(
            int workers, int port, EngineOptions options, WorkerOffers offers, ClusterSecret secret) {
        if (workers < 1) {
            throw Errors.badSetting("workers", Integer.toString(workers), "at least 1");
        }
        LocalProcesses processes = LocalProcesses.start(
                ProcessMain.class, workers, port,
                new LocalProcesses.Resources(
                        options.threads(), options.bufferBytes(), options.store(), offers.settings()),
                secret);
        try {
            TransportOptions transport = TransportOptions.of(secret);
            ClientNode client = connect(List.of(processes.scheduler()), transport, options);
            processes.onEnd(client.engine()::reportEnd);
            return new Cluster(client, Optional.of(processes), options);
        } catch (Throwable e) {
            processes.close();
            throw e;
        }
    }

    /// Connects to the scheduler that leads, which is one of those that `addresses` names as `host:port`, with commas between them. When
    /// another one takes over, jobs go on there: what they had is computed anew. The token of the cluster comes from the property
    /// `lazuli.token` or `lazuli.token-file`, the variable `LAZULI_TOKEN` or `LAZULI_TOKEN_FILE`, or the file `~/.config/lazuli/token`.
    ///
    /// Errors: USER if an address is none or the token is not the cluster's; RESOURCE if nobody answers there.
    public static Cluster connect(String addresses) {
        TransportOptions transport = TransportOptions.fromEnvironment();
        EngineOptions options = EngineOptions.fromEnvironment();
        return new Cluster(connect(parse(addresses), transport, options), Optional.empty(), options);
    }

    /// How the cluster is whose scheduler is one of those at `addresses`, as [#connect] takes them; the token is found as there.
    ///
    /// Errors: USER if an address is none or the token is not the cluster's; RESOURCE if nobody answers there.
    public static ClusterStatus status(String addresses) {
        try (ControlNode node = ControlNode.connect(parse(addresses), TransportOptions.fromEnvironment())) {
            return node.status();
        }
    }

    /// Addresses as `host:port`, with commas between them. Errors: USER if one is none.
    static List<InetSocketAddress> parse(String addresses) {
        return Stream.of(addresses.split(",", -1)).map(address -> parseOne(address.strip())).toList();
    }

    private static InetSocketAddress parseOne(String address) {
        int colon = address.lastIndexOf(':');
        try {
            return new InetSocketAddress(
                    address.substring(0, Math.max(0, colon)), Integer.parseInt(address.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw Errors.badSetting("address", address, "a host and a port such as 127.0.0.1:8686");
        }
    }

    private static ClientNode connect(
            List<InetSocketAddress> schedulers, TransportOptions transport, EngineOptions options) {
        ClassLoader loader = Optional.ofNullable(Thread.currentThread().getContextClassLoader())
                .orElseGet(Cluster.class::getClassLoader);
        ValueCodec codec = ValueCodec.of(loader, new AllowedClasses(_ -> true));
        return ClientNode.connect(
                new ClientNode.Settings(
                        schedulers, "client-" + ProcessHandle.current().pid(), options.bufferBytes(),
                        options.store(),
                        transport),
                new ProgramPacking(ProgramCode.ofThisProcess()),
                ValueFormat.of(codec));
    }

    private record ProgramPacking(ProgramCode program) implements Packing {
        /// Causes may form a cycle.
        private static final int MOST_CAUSES = 100;

        @Override
        public PackedJob pack(TaskGraph graph, JobOptions options, Map<Token, JobPlan.Held> held) {
            ProgramCode.Packed<ShippedGraph> packed =
                    program.pack(graph, (codec, named) -> ShippedGraph.of(graph, codec, named));
            List<String> hashes = packed.bundles().stream().map(bundle -> bundle.hash().hex()).toList();
            return new PackedJob(
                    new JobSpec(packed.value(), options, held, Map.of(), hashes), packed.bundles());
        }

        @Override
        public LazuliException explain(LazuliException failure) {
            return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                    .limit(MOST_CAUSES)
                    .flatMap(cause -> cause instanceof MissingClassException lacking
                            ? Stream.of(lacking.missing())
                            : Stream.empty())
                    .findFirst()
                    .map(missing -> program.missingClass(missing, failure))
                    .orElse(failure);
        }
    }

    /// Where the scheduler listens that this engine has started.
    InetSocketAddress scheduler() {
        return processes.orElseThrow().scheduler();
    }

    /// This process only looks.
    void runNothing() {
        client.engine().runNothing();
    }

    @Override
    public EventStream events() {
        return client.engine().events();
    }

    /// The scheduler's process that this engine has started, as it runs now; empty if it is connected to others'. If it dies, another
    /// one is started, and jobs go on there.
    public Optional<ProcessHandle> schedulerProcess() {
        return processes.map(LocalProcesses::schedulerProcess);
    }

    /// The worker processes that this engine has started, as far as they run now; none if it is connected to others'.
    public List<ProcessHandle> workerProcesses() {
        return processes.map(LocalProcesses::workers).orElse(List.of());
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

    /// Cancels the jobs of this client, drops what it keeps, and ends the processes that it has started.
    @Override
    public void close() {
        try {
            client.close();
        } finally {
            observers.close();
            processes.ifPresent(LocalProcesses::close);
        }
    }
}
