package io.lazuli.tests.cluster;

import io.lazuli.scheduler.Cluster;
import io.lazuli.tests.CommandProcess;
import io.lazuli.tests.Launcher;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Two schedulers, of which one leads, and workers that know both: processes as people start them.
final class TwoSchedulers implements AutoCloseable {
    private static final String TOKEN = "lazuli.token";
    private static final Pattern LISTENS =
            Pattern.compile("Scheduler listens on \\S+:(\\d+), for other schedulers on \\S+:(\\d+)");

    private final Map<String, String> environment;
    private final Scheduler[] schedulers = new Scheduler[2];
    private final List<CommandProcess> workers = new ArrayList<>();
    private int leader;

    private record Scheduler(CommandProcess process, String port, String memberPort) {}

    TwoSchedulers(int workerCount, Path spill) {
        String token = UUID.randomUUID().toString();
        System.setProperty(TOKEN, token);
        environment = Map.of(
                "LAZULI_TOKEN", token, "LAZULI_SPILL_DIRECTORY", spill.toString(), "LAZULI_MEMORY_LIMIT", "600MB",
                "LAZULI_HEAP", "128m", "LAZULI_THREADS", "2");
        schedulers[0] = scheduler("scheduler", "--port", "0", "--member-port", "0");
        schedulers[1] = scheduler(
                "scheduler", "--port", "0", "--member-port", "0", "--peers", "127.0.0.1:" + schedulers[0].memberPort());
        for (int i = 0; i < workerCount; i++) {
            workers.add(Launcher.start(environment, "worker", "--scheduler", addresses(), "--name", "worker-" + i));
        }
    }

    private Scheduler scheduler(String... arguments) {
        CommandProcess process = Launcher.start(environment, arguments);
        MatchResult listens = process.await(LISTENS);
        return new Scheduler(process, listens.group(1), listens.group(2));
    }

    /// Of both schedulers, as programs name them.
    String addresses() {
        return "127.0.0.1:" + schedulers[0].port() + ",127.0.0.1:" + schedulers[1].port();
    }

    Cluster connect() {
        return Cluster.connect(addresses());
    }

    /// A program that connects to them, at the addresses in its first argument.
    CommandProcess startClient(Class<?> main, Object... arguments) {
        return Launcher.startJava(
                environment,
                Stream.concat(Stream.of("-Xmx256m", main.getName(), addresses()), Stream.of(arguments)).toList());
    }

    CommandProcess leader() {
        return schedulers[leader].process();
    }

    /// Kills the one that leads. The other one leads from now on.
    void killLeader() {
        leader().kill();
        otherLeads();
    }

    /// The one that stands still leads no more.
    void otherLeads() {
        leader = 1 - leader;
    }

    /// Starts the one that was killed where it was, to stand by.
    void startOther() {
        Scheduler killed = schedulers[1 - leader];
        killed.process().close();
        schedulers[1 - leader] = scheduler(
                "scheduler", "--port", killed.port(), "--member-port", killed.memberPort(), "--peers",
                "127.0.0.1:" + schedulers[leader].memberPort());
    }

    @Override
    public void close() {
        System.clearProperty(TOKEN);
        endAll(workers);
        endAll(Stream.of(schedulers).map(Scheduler::process).toList());
    }

    /// Asks all of them before it waits for one.
    private static void endAll(List<CommandProcess> processes) {
        processes.forEach(process -> process.handle().destroy());
        processes.forEach(CommandProcess::close);
    }
}
