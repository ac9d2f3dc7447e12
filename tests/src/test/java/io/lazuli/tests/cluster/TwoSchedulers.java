package io.lazuli.tests.cluster;

import io.lazuli.scheduler.Cluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/// Two schedulers, of which one leads, and workers that know both: processes as people start them.
final class TwoSchedulers implements AutoCloseable {
    private static final String TOKEN = "lazuli.token";

    private final Map<String, String> environment;
    /// Of transports, then of links.
    private final List<Integer> ports;
    private final CommandProcess[] schedulers = new CommandProcess[2];
    private final List<CommandProcess> workers = new ArrayList<>();
    private int leader;

    TwoSchedulers(int workerCount, Path spill) {
        String token = UUID.randomUUID().toString();
        System.setProperty(TOKEN, token);
        environment = Map.of(
                "LAZULI_TOKEN", token, "LAZULI_SPILL_DIRECTORY", spill.toString(), "LAZULI_MEMORY_LIMIT", "600MB",
                "LAZULI_HEAP", "128m", "LAZULI_THREADS", "2");
        ports = freePorts();
        startScheduler(0, "");
        startScheduler(1, ":" + ports.get(2));
        for (int i = 0; i < workerCount; i++) {
            workers.add(CommandProcess.start(
                    environment, "worker", "--scheduler", addresses(), "--name", "worker-" + i));
        }
    }

    private static List<Integer> freePorts() {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            List<Integer> ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
            for (ServerSocket socket : sockets) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void startScheduler(int index, String peer) {
        List<String> command = new ArrayList<>(List.of(
                "scheduler", "--port", Integer.toString(ports.get(index)), "--member-port",
                Integer.toString(ports.get(2 + index))));
        if (!peer.isEmpty()) {
            command.addAll(List.of("--peers", "127.0.0.1" + peer));
        }
        schedulers[index] = CommandProcess.start(environment, command.toArray(String[]::new));
        schedulers[index].await("Scheduler listens on");
    }

    /// Of both schedulers, as programs name them.
    String addresses() {
        return String.join(",", IntStream.range(0, 2).mapToObj(i -> "127.0.0.1:" + ports.get(i)).toList());
    }

    Cluster connect() {
        return Cluster.connect(addresses());
    }

    CommandProcess leader() {
        return schedulers[leader];
    }

    List<CommandProcess> workers() {
        return List.copyOf(workers);
    }

    /// Kills the one that leads. The other one leads from now on.
    void killLeader() {
        schedulers[leader].close();
        leader = 1 - leader;
    }

    /// The one that stands still leads no more.
    void otherLeads() {
        leader = 1 - leader;
    }

    /// Starts the one that was killed, to stand by.
    void startOther() {
        startScheduler(1 - leader, ":" + ports.get(2 + leader));
    }

    @Override
    public void close() {
        System.clearProperty(TOKEN);
        workers.forEach(CommandProcess::close);
        for (CommandProcess scheduler : schedulers) {
            scheduler.close();
        }
    }
}
