package io.lazuli.cli;

import io.lazuli.scheduler.ClusterProcess;
import io.lazuli.scheduler.EngineOptions;
import io.lazuli.scheduler.WorkerOffers;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `lazuli scheduler`, `lazuli worker` and `lazuli cluster`: processes of a cluster, until they are asked to end.
final class Processes {
    private static final String HOST = "127.0.0.1";
    private static final String PORT = "8686";
    /// The first that is free from 5701 on.
    private static final String MEMBER_PORT = "0";
    /// May stand without a value.
    private static final String DASHBOARD = "--dashboard";
    /// Options of a worker that are settings too, by what they set.
    private static final Map<String, String> SETTINGS = Map.of(
            "--threads", "lazuli.threads",
            "--memory", "lazuli.memory-limit",
            "--resources", "lazuli.resources",
            "--labels", "lazuli.labels");

    private Processes() {}

    static int scheduler(List<String> arguments, PrintStream out) {
        Map<String, String> options =
                parse("scheduler", arguments, List.of("--host", "--port", "--member-port", "--peers", DASHBOARD));
        String host = options.getOrDefault("--host", HOST);
        int port = number("--port", options.getOrDefault("--port", PORT));
        int memberPort = number("--member-port", options.getOrDefault("--member-port", MEMBER_PORT));
        List<String> peers = Optional.ofNullable(options.get("--peers")).map(text -> List.of(text.split(",")))
                .orElse(List.of());
        try (ClusterProcess process = ClusterProcess.scheduler(
                host, port, memberPort, peers, observed(options, EngineOptions.fromEnvironment()))) {
            out.println("Scheduler listens on " + process.address() + ", for other schedulers on "
                    + process.memberAddress().orElseThrow());
            process.awaitEnd();
        }
        return 0;
    }

    static int worker(List<String> arguments, PrintStream out) {
        Map<String, String> options = parse(
                "worker", arguments,
                List.of("--scheduler", "--host", "--name", "--threads", "--memory", "--resources", "--labels"));
        Map<String, String> settings = settings(options);
        String scheduler = options.getOrDefault("--scheduler", HOST + ":" + PORT);
        String name = options.getOrDefault("--name", "worker-" + ProcessHandle.current().pid());
        try (ClusterProcess process = ClusterProcess.worker(
                scheduler, options.getOrDefault("--host", HOST), name, EngineOptions.fromEnvironment(settings),
                WorkerOffers.from(settings))) {
            out.println("Worker " + name + " gives results on " + process.address() + ", scheduler " + scheduler);
            process.awaitEnd();
        }
        return 0;
    }

    static int cluster(List<String> arguments, PrintStream out) {
        Map<String, String> options = parse(
                "cluster", arguments, List.of("--workers", "--port", "--resources", "--labels", DASHBOARD));
        int workers = number("--workers", options.getOrDefault("--workers", "2"));
        int port = number("--port", options.getOrDefault("--port", PORT));
        try (ClusterProcess process = ClusterProcess.cluster(
                workers, port, observed(options, EngineOptions.forWorkers(Math.max(1, workers))),
                WorkerOffers.from(settings(options)))) {
            out.println("Scheduler listens on " + process.address() + ", with " + workers + " workers");
            process.awaitEnd();
        }
        return 0;
    }

    private static Map<String, String> settings(Map<String, String> options) {
        Map<String, String> settings = new HashMap<>();
        options.forEach((option, value) -> {
            if (SETTINGS.get(option) instanceof String setting) {
                settings.put(setting, value);
            }
        });
        return settings;
    }

    /// What the environment says, and what the command line says of the dashboard.
    private static EngineOptions observed(Map<String, String> options, EngineOptions environment) {
        return options.containsKey(DASHBOARD) ? environment.withDashboard(options.get(DASHBOARD)) : environment;
    }

    private static int number(String option, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new Main.UsageException(option + " takes a number, found '" + text + "'");
        }
    }

    private static Map<String, String> parse(String command, List<String> arguments, List<String> known) {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String option = arguments.get(i);
            boolean hasValue = i + 1 < arguments.size() && !arguments.get(i + 1).startsWith("--");
            if (!known.contains(option) || !hasValue && !option.equals(DASHBOARD)) {
                throw new Main.UsageException(
                        command + " takes " + String.join(" VALUE, ", known) + " VALUE, found " + arguments);
            }
            options.put(option, hasValue ? arguments.get(++i) : "1");
        }
        return options;
    }
}
