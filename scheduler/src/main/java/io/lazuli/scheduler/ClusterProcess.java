package io.lazuli.scheduler;

import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.cluster.SchedulerNode;
import io.lazuli.scheduler.internal.cluster.WorkerNode;
import io.lazuli.scheduler.internal.cluster.WorkerSettings;
import io.lazuli.scheduler.internal.transport.ClusterSecret;
import io.lazuli.scheduler.internal.transport.TransportOptions;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;

/// This process as part of a cluster: its scheduler, a worker, or both with workers as child processes. Programs connect to it by
/// [Cluster#connect].
///
/// Addresses are loopback unless said otherwise; off loopback every connection is TLS, or refused. The token of the cluster is found
/// as [Cluster#connect] finds it.
public final class ClusterProcess implements AutoCloseable {
    private final InetSocketAddress address;
    private final Runnable ending;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    private ClusterProcess(InetSocketAddress address, Runnable ending) {
        this.address = address;
        this.ending = ending;
    }

    /// A scheduler. Errors: USER if the address may not be used; RESOURCE if the port is taken; and those of its log and dashboard.
    ///
    /// @param port    0 for any that is free
    /// @param options of which the event log and the dashboard count: they hear of all clients' jobs
    public static ClusterProcess scheduler(String host, int port, EngineOptions options) {
        SchedulerNode node = SchedulerNode.open(resolved(host, port), TransportOptions.fromEnvironment());
        try {
            Observers observers = Observers.of(options, node.events());
            return new ClusterProcess(node.address(), () -> {
                node.close();
                observers.close();
            });
        } catch (Throwable e) {
            node.close();
            throw e;
        }
    }

    /// A worker. It connects as soon as the scheduler is there, and again whenever the connection is lost.
    /// When it ends it gives its results to other workers first, for half a minute at most: nothing is computed again.
    ///
    /// @param scheduler `host:port`
    /// @param host      where it gives results to others
    /// @param name      what people call it
    /// @param offers    what tasks can ask for
    public static ClusterProcess worker(
            String scheduler, String host, String name, EngineOptions options, WorkerOffers offers) {
        WorkerNode node = WorkerNode.open(
                new WorkerSettings(
                        Cluster.parse(scheduler), name, host, offers.profile(name, host, options),
                        options.bufferBytes(),
                        options.store(),
                        TransportOptions.fromEnvironment()));
        return new ClusterProcess(node.address(), () -> {
            node.leave();
            node.close();
        });
    }

    /// A scheduler and workers on this host, in processes of their own that share what `options` give, see [Cluster#processes].
    /// This process is a client of them, so that it hears of all jobs, and tells the scheduler at once which workers died.
    public static ClusterProcess cluster(int workers, int port, EngineOptions options) {
        Cluster cluster = Cluster.processes(workers, port, options, ClusterSecret.fromEnvironment());
        cluster.runNothing();
        return new ClusterProcess(cluster.scheduler(), cluster::close);
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
