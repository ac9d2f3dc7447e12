package io.lazuli.scheduler;

import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.cluster.MemberSettings;
import io.lazuli.scheduler.internal.cluster.SchedulerNode;
import io.lazuli.scheduler.internal.cluster.WorkerNode;
import io.lazuli.scheduler.internal.cluster.WorkerSettings;
import io.lazuli.scheduler.internal.membership.Endpoint;
import io.lazuli.scheduler.internal.transport.ClusterSecret;
import io.lazuli.scheduler.internal.transport.TransportOptions;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// This process as part of a cluster: its scheduler, a worker, or both with workers as child processes. Programs connect to it by
/// [Cluster#connect].
///
/// Addresses are loopback unless said otherwise; off loopback every connection is TLS, or refused. The token of the cluster is found
/// as [Cluster#connect] finds it.
public final class ClusterProcess implements AutoCloseable {
    private final InetSocketAddress address;
    private final Optional<String> memberAddress;
    private final Runnable ending;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    private ClusterProcess(InetSocketAddress address, Optional<String> memberAddress, Runnable ending) {
        this.address = address;
        this.memberAddress = memberAddress;
        this.ending = ending;
    }

    /// A scheduler, alone or with others, of which the oldest leads and the rest stand by to take over. Errors: USER if an address
    /// may not be used; RESOURCE if a port is taken, or the others do not answer as members.
    ///
    /// @param port       where workers and clients connect; 0 for any that is free
    /// @param memberPort where other schedulers connect, on the same host; 0 for the first that is free from 5701 on
    /// @param peers      member ports of other schedulers, as `host:port`: one that is there is enough, none for the first
    /// @param options    of which the event log and the dashboard count: they hear of all clients' jobs while this scheduler leads. A
    ///                   log is not replaced, another one is begun beside it
    public static ClusterProcess scheduler(
            String host, int port, int memberPort, List<String> peers, EngineOptions options) {
        Observers.check(options);
        TransportOptions transport = TransportOptions.fromEnvironment();
        MemberSettings members = new MemberSettings(
                new Endpoint(host, memberPort), peers.stream().map(Endpoint::parse).toList(), transport);
        SchedulerNode node = SchedulerNode.open(
                resolved(host, port), transport, members, events -> Observers.ofTerm(options, events)::close);
        return new ClusterProcess(node.address(), node.memberAddress(), node::close);
    }

    /// A worker. It connects as soon as the scheduler is there, and again whenever the connection is lost.
    /// When it ends it gives its results to other workers first, for half a minute at most: nothing is computed again.
    ///
    /// @param schedulers `host:port` of one or more, with commas between them
    /// @param host       where it gives results to others
    /// @param name       what people call it
    /// @param offers     what tasks can ask for
    public static ClusterProcess worker(
            String schedulers, String host, String name, EngineOptions options, WorkerOffers offers) {
        TransportOptions transport = TransportOptions.fromEnvironment();
        MemberSettings members = new MemberSettings(new Endpoint(host, 0), List.of(), transport);
        WorkerNode node = WorkerNode.open(
                new WorkerSettings(
                        Cluster.parse(schedulers), name, host, offers.profile(name, host, options),
                        options.bufferBytes(),
                        options.store(),
                        transport, Optional.of(members)));
        return new ClusterProcess(node.address(), Optional.empty(), () -> {
            node.leave();
            node.close();
        });
    }

    /// A scheduler and workers on this host, in processes of their own that share what `options` give, see [Cluster#processes].
    /// This process is a client of them, so that it hears of all jobs, and tells the scheduler at once which workers died.
    ///
    /// @param offers what tasks can ask each worker for
    public static ClusterProcess cluster(int workers, int port, EngineOptions options, WorkerOffers offers) {
        Cluster cluster = Cluster.processes(workers, port, options, offers, ClusterSecret.fromEnvironment());
        cluster.runNothing();
        return new ClusterProcess(cluster.scheduler(), Optional.empty(), cluster::close);
    }

    private static InetSocketAddress resolved(String host, int port) {
        try {
            return new InetSocketAddress(host, port);
        } catch (IllegalArgumentException e) {
            throw Errors.badSetting("port", Integer.toString(port), "0 to 65535");
        }
    }

    /// Where it listens, as `host:port`.
    public String address() {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    /// Where other schedulers join this one, as `host:port`; empty if none can.
    public Optional<String> memberAddress() {
        return memberAddress;
    }

    /// Waits until the process is asked to end, by a signal or by [#close].
    public void awaitEnd() {
        Thread hook = Thread.ofPlatform().name("lazuli-close").unstarted(() -> {
            asked.countDown();
            awaitUninterruptibly(ended);
        });
        Runtime.getRuntime().addShutdownHook(hook);
        awaitUninterruptibly(asked);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        asked.countDown();
        try {
            ending.run();
        } finally {
            ended.countDown();
        }
    }
}
