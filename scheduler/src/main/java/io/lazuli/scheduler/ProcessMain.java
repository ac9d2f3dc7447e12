package io.lazuli.scheduler;

import io.lazuli.scheduler.internal.cluster.LocalProcesses;
import io.lazuli.scheduler.internal.cluster.SchedulerNode;
import io.lazuli.scheduler.internal.cluster.WorkerNode;
import io.lazuli.scheduler.internal.cluster.WorkerSettings;
import io.lazuli.scheduler.internal.transport.TransportOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/// A process that another one has started, as part of its cluster: `scheduler PORT`, or `worker HOST PORT NAME`. It ends when its
/// standard input does, and so never outlives who started it.
final class ProcessMain {
    private static final String LOOPBACK = "127.0.0.1";

    private ProcessMain() {}

    public static void main(String[] arguments) throws IOException {
        TransportOptions transport = TransportOptions.fromEnvironment();
        try (AutoCloseable node = open(arguments, transport, System.out)) {
            while (System.in.read() >= 0) {
                continue;
            }
        } catch (Exception e) {
            System.getLogger(ProcessMain.class.getName()).log(System.Logger.Level.ERROR, "process ends", e);
            System.exit(1);
        }
        System.exit(0);
    }

    private static AutoCloseable open(String[] arguments, TransportOptions transport, PrintStream out) {
        if (arguments[0].equals("scheduler")) {
            SchedulerNode node =
                    SchedulerNode.open(new InetSocketAddress(LOOPBACK, Integer.parseInt(arguments[1])), transport);
            out.println(LocalProcesses.LISTENS + node.address().getPort());
            return node;
        }
        EngineOptions options = EngineOptions.fromEnvironment();
        InetSocketAddress scheduler = new InetSocketAddress(arguments[1], Integer.parseInt(arguments[2]));
        WorkerNode node = WorkerNode.open(
                new WorkerSettings(
                        List.of(scheduler), arguments[3], LOOPBACK,
                        WorkerOffers.fromEnvironment().profile(arguments[3], LOOPBACK, options), options.bufferBytes(),
                        options.store(),
                        transport, Optional.empty()));
        // Asked to end by a signal, while whoever started it goes on.
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("lazuli-leave").unstarted(() -> {
            node.leave();
            node.close();
        }));
        return node;
    }
}
