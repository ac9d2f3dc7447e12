package io.lazuli.cli;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.event.ProgressView;
import io.lazuli.scheduler.event.Replay;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The `lazuli` command. The launcher script starts it, and handles `run` and `jdk` by itself.
public final class Main {
    private static final String HELP =
            """
            usage: lazuli COMMAND [ARGUMENT...]

              demo [--data FILES] [--output FILE]   delays of half a million flights by airport and month;
                   [--dashboard]                    with a page in the browser that shows how it is done
                   [--workers N]                    in so many worker processes
              run FILE.java [ARGUMENT...]           runs a Java program with Lazuli on its class path
              replay FILE                           what the jobs of a recorded run did, from its event log
              cluster [--workers N] [--port P]      a scheduler and workers on this host, until it is stopped: it starts
                   [--dashboard [HOST:PORT]]        those that die again, and no others join; with a page in the browser
                                                    that shows the jobs of all its clients
                   [--resources ...] [--labels ...] what each worker offers, see worker
              scheduler [--host H] [--port P]       a scheduler; [--dashboard [HOST:PORT]], [--member-port P], where
                   [--peers HOST:PORT,...]          other schedulers join it, and those of others: the oldest leads
              worker [--scheduler HOST:PORT,...]    a worker; [--host H] [--name NAME] [--threads N] [--memory 2GB]
                   [--resources gpu=1,license=2]    what tasks can ask for, with [--labels big,rack-7]
              status [HOST:PORT] [--json]           workers, clients and jobs of a cluster, and connections it refused
              dashboard --replay FILE [--port N]    a recorded run in the browser
              report FILE REPORT.html               a recorded run as one page that needs no server
              bench WORKLOAD QUESTIONS DIR          answers benchmark questions, times as JSON lines
              jdk                                   prints the JDK that is used
              version                               prints the version
              help                                  prints this

            Environment: LAZULI_MEMORY_LIMIT (such as 2GB), LAZULI_THREADS, LAZULI_SPILL_DIRECTORY, LAZULI_EVENT_LOG,
            LAZULI_DASHBOARD (1 or HOST:PORT, elsewhere than on loopback with LAZULI_DASHBOARD_TOKEN),
            LAZULI_RESOURCES and LAZULI_LABELS (of a worker), LAZULI_SCHEDULER (HOST:PORT),
            LAZULI_HEAP (a quarter of the limit, 1g at most), LAZULI_JAVA_HOME, LAZULI_JAVA_OPTS.
            """;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /// Runs one command and returns the exit status: 0, 1 if it failed, 2 if it was not understood.
    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        String command = arguments.isEmpty() ? "help" : arguments.getFirst();
        List<String> rest = arguments.subList(Math.min(1, arguments.size()), arguments.size());
        try {
            return switch (command) {
                case "demo" -> Demo.run(rest, out);
                case "scheduler" -> Processes.scheduler(rest, out);
                case "worker" -> Processes.worker(rest, out);
                case "cluster" -> Processes.cluster(rest, out);
                case "status" -> Status.run(rest, out);
                case "bench" -> bench(rest, out);
                case "replay" -> replay(rest, out);
                case "dashboard" -> RecordedRun.show(rest, out);
                case "report" -> RecordedRun.report(rest, out);
                // of the launcher, not of users
                case "train" -> Training.run(out);
                case "version", "--version" -> print(out, "Lazuli " + version() + ", Java " + Runtime.version());
                case "help", "--help", "-h" -> print(out, HELP.stripTrailing());
                default -> throw new UsageException("unknown command '" + command + "'");
            };
        } catch (UsageException e) {
            err.println("lazuli: " + e.getMessage() + ". `lazuli help` lists the commands.");
            return 2;
        } catch (LazuliException e) {
            err.println("lazuli: " + e.getMessage());
            if (e.code() == ErrorCode.INTERNAL) {
                e.printStackTrace(err);
            }
            return 1;
        }
    }

    private static int bench(List<String> arguments, PrintStream out) {
        if (arguments.size() != 3) {
            throw new UsageException("bench takes WORKLOAD QUESTIONS DIR, found " + arguments);
        }
        List<String> questions = Arrays.asList(arguments.get(1).split(","));
        return new Bench(out, System.getenv()).run(arguments.get(0), questions, Path.of(arguments.get(2)));
    }

    /// Prints the summaries of the jobs of a log, and what is missing of it.
    private static int replay(List<String> arguments, PrintStream out) {
        if (arguments.size() != 1) {
            throw new UsageException("replay takes FILE, found " + arguments);
        }
        ProgressView progress = new ProgressView();
        Replay replay = Replay.of(Path.of(arguments.getFirst()));
        out.println("Engine opened " + replay.opened());
        try {
            replay.to(progress).gap().ifPresent(out::println);
        } finally {
            // Of a damaged log, what comes before the damage.
            progress.summaries().forEach(out::print);
        }
        return 0;
    }

    private static int print(PrintStream out, String text) {
        out.println(text);
        return 0;
    }

    /// The version of the jar; `development` when run from classes.
    static String version() {
        return Optional.ofNullable(Main.class.getPackage().getImplementationVersion()).orElse("development");
    }

    /// A command line that makes no sense.
    static final class UsageException extends RuntimeException {
        private static final long serialVersionUID = 1;

        UsageException(String message) {
            super(message);
        }
    }
}
