package io.lazuli.scheduler.internal.cluster;

import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.store.StoreOptions;
import io.lazuli.scheduler.internal.transport.ClusterSecret;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A scheduler and workers as child processes. One that dies is started again, and why it died is logged.
///
/// Children end when their standard input does: it is a pipe that this process holds.
public final class LocalProcesses implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LocalProcesses.class.getName());
    /// What a scheduler's process prints before its port.
    public static final String LISTENS = "listens on port ";
    private static final String LOOPBACK = "127.0.0.1";
    private static final String START_CACHE = "lazuli.start-cache";
    private static final long SMALLEST_HEAP = 64L << 20;
    private static final long SCHEDULER_HEAP = 256L << 20;
    /// A scheduler decides little at a time, which the quick compiler makes fast enough. The other one would take seconds of the
    /// processors from workers that start.
    private static final List<String> SCHEDULER_COMPILER = List.of("-XX:TieredStopAtLevel=1");
    private static final long ENDING_SECONDS = 10;
    /// A process that ends sooner after its start than that is started again after a pause, which doubles each time.
    private static final long SHORT_LIFE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long LONGEST_PAUSE_MILLIS = TimeUnit.SECONDS.toMillis(30);
    private static final long FIRST_PAUSE_MILLIS = 250;
    /// The epoch of a scheduler that is alone is the second in which it started: the next one must be of a later one.
    private static final long SCHEDULER_PAUSE_MILLIS = 1_100;

    private final Class<?> main;
    private final Resources each;
    private final ClusterSecret secret;
    private final Part schedulerPart;
    private final InetSocketAddress scheduler;
    /// Hears of workers that have ended.
    private volatile Ended ended = (_, _, _) -> {
    };
    /// Guarded by this.
    private final List<Process> workers = new ArrayList<>();
    /// The latest. Guarded by this.
    private Process schedulerProcess;
    private boolean closed;

    /// What a process is for.
    ///
    /// @param shortestPauseMillis before it is started again
    private record Part(String name, long heapBytes, List<String> compiler, List<String> arguments,
            long shortestPauseMillis) {
        static Part scheduler(int port) {
            return new Part(
                    "scheduler", SCHEDULER_HEAP, SCHEDULER_COMPILER, List.of("scheduler", Integer.toString(port)),
                    SCHEDULER_PAUSE_MILLIS);
        }

        static Part worker(int index, int port, long heapBytes) {
            String name = "worker-" + index;
            return new Part(
                    name, heapBytes, List.of(), List.of("worker", LOOPBACK, Integer.toString(port), name), 0);
        }
    }

    /// Hears of a worker that has ended by itself.
    public interface Ended {
        /// @param how in words
        void accept(String worker, long processId, String how);
    }

    /// What the workers share.
    ///
    /// @param settings of each of them, as system properties by name
    public record Resources(int threads, long bufferBytes, StoreOptions store, Map<String, String> settings) {
        /// What each of so many gets.
        Resources share(int count) {
            return new Resources(
                    Math.max(1, threads / count), Math.max(1, bufferBytes / count),
                    new StoreOptions(
                            Math.max(1, store.heapBudgetBytes() / count), store.spillParent(),
                            store.spillLimitBytes()),
                    settings);
        }
    }

    private LocalProcesses(Class<?> main, int count, int port, Resources resources, ClusterSecret secret)
            throws IOException {
        this.main = main;
        this.secret = secret;
        this.each = resources.share(count);
        this.schedulerProcess = launch(Part.scheduler(port), ProcessBuilder.Redirect.PIPE);
        this.scheduler = new InetSocketAddress(LOOPBACK, readPort(schedulerProcess));
        this.schedulerPart = Part.scheduler(scheduler.getPort());
        watch(schedulerPart, schedulerProcess, 0);
    }

    /// Errors: RESOURCE if a process cannot be started.
    ///
    /// @param main what the processes run: it takes `scheduler PORT`, and prints [#LISTENS] and the port on a line; or
    ///             `worker HOST PORT NAME`
    /// @param port of the scheduler; 0 for any that is free
    public static LocalProcesses start(
            Class<?> main, int count, int port, Resources resources, ClusterSecret secret) {
        try {
            LocalProcesses processes = new LocalProcesses(main, count, port, resources, secret);
            long heapBytes = Math.max(SMALLEST_HEAP, Runtime.getRuntime().maxMemory() / count);
            for (int i = 0; i < count; i++) {
                processes.start(Part.worker(i, processes.scheduler.getPort(), heapBytes), 0);
            }
            return processes;
        } catch (IOException e) {
            throw Errors.cannotStartProcess(e);
        }
    }

    /// Where the scheduler listens.
    public InetSocketAddress scheduler() {
        return scheduler;
    }

    /// The JVM may have something to say before the scheduler does.
    private static int readPort(Process process) throws IOException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        while (out.readLine() instanceof String line) {
            if (line.startsWith(LISTENS)) {
                return Integer.parseInt(line.substring(LISTENS.length()).strip());
            }
            LOG.log(System.Logger.Level.INFO, "scheduler: {0}", line);
        }
        throw new IOException("the scheduler's process ended before it listened; its messages are above");
    }

    /// @param pauseMillis how long it was waited before, if its last life was short
    private synchronized void start(Part part, long pauseMillis) throws IOException {
        if (closed) {
            return;
        }
        boolean isScheduler = part.equals(schedulerPart);
        // Where a scheduler listens is known the second time.
        Process process = launch(
                part, isScheduler ? ProcessBuilder.Redirect.DISCARD : ProcessBuilder.Redirect.INHERIT);
        if (isScheduler) {
            schedulerProcess = process;
        } else {
            workers.add(process);
        }
        watch(part, process, pauseMillis);
    }

    private void watch(Part part, Process process, long pauseMillis) {
        long started = System.nanoTime();
        process.onExit().thenAccept(gone -> ended(part, gone, System.nanoTime() - started, pauseMillis));
    }

    private void ended(Part part, Process process, long lifeNanos, long lastPauseMillis) {
        boolean isWorker;
        synchronized (this) {
            isWorker = workers.remove(process);
            if (closed) {
                return;
            }
        }
        if (isWorker) {
            ended.accept(part.name(), process.pid(), "its process " + reason(process.exitValue()));
        }
        long pauseMillis = lifeNanos >= SHORT_LIFE_NANOS
                ? part.shortestPauseMillis()
                : Math.clamp(
                        2 * lastPauseMillis, Math.max(FIRST_PAUSE_MILLIS, part.shortestPauseMillis()),
                        LONGEST_PAUSE_MILLIS);
        LOG.log(
                System.Logger.Level.WARNING, "{0} (process {1}) {2}; it is started again{3}", part.name(),
                Long.toString(process.pid()), reason(process.exitValue()),
                pauseMillis == 0 ? "" : " in " + pauseMillis + " ms");
        CompletableFuture.delayedExecutor(pauseMillis, TimeUnit.MILLISECONDS)
                .execute(() -> restart(part, pauseMillis));
    }

    private void restart(Part part, long pauseMillis) {
        try {
            start(part, pauseMillis);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.ERROR, part.name() + " cannot be started", e);
        }
    }

    private static String reason(int exit) {
        return switch (exit) {
            // What -XX:+ExitOnOutOfMemoryError ends with.
            case 3 -> "ended with exit status 3, as when its Java heap is full: give the program more of it (-Xmx)";
            case 137 -> "was killed (signal 9): by somebody, or by the system because memory ran out";
            case 134 -> "was aborted (signal 6): the JVM or native code crashed, see its hs_err file";
            case 139 -> "crashed in native code (signal 11), see its hs_err file";
            case 143 -> "was asked to end (signal 15)";
            default -> exit > 128 ? "was ended by signal " + (exit - 128) : "ended with exit status " + exit;
        };
    }

    private Process launch(Part part, ProcessBuilder.Redirect out) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseParallelGC",
                "-Xmx" + part.heapBytes(), "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+ExitOnOutOfMemoryError", "-cp", System.getProperty("java.class.path"),
                "-Dlazuli.threads=" + each.threads(), "-Dlazuli.buffer-bytes=" + each.bufferBytes(),
                "-Dlazuli.heap-budget=" + each.store().heapBudgetBytes(),
                "-Dlazuli.spill-directory=" + each.store().spillParent(),
                "-Dlazuli.spill-limit=" + each.store().spillLimitBytes(),
                main.getName()));
        each.settings().forEach((name, value) -> command.add(1, "-D" + name + "=" + value));
        command.addAll(1, startCache());
        command.addAll(1, part.compiler());
        command.addAll(part.arguments());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(out);
        builder.environment().keySet().removeIf(name -> name.startsWith("LAZULI_"));
        builder.environment().put("LAZULI_TOKEN", secret.text());
        return builder.start();
    }

    /// What the JVM learnt beforehand, if the launcher has it: processes with the same class path start in half the time.
    private static List<String> startCache() {
        return Optional.ofNullable(System.getProperty(START_CACHE))
                .map(cache -> List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off"))
                .orElse(List.of());
    }

    /// Tells `listener` of every worker that ends from now on.
    public void onEnd(Ended listener) {
        ended = listener;
    }

    /// The scheduler that runs now.
    public synchronized ProcessHandle schedulerProcess() {
        return schedulerProcess.toHandle();
    }

    /// The workers that run now.
    public synchronized List<ProcessHandle> workers() {
        return workers.stream().map(Process::toHandle).toList();
    }

    @Override
    public void close() {
        List<Process> all;
        synchronized (this) {
            closed = true;
            all = new ArrayList<>(workers);
            all.add(schedulerProcess);
        }
        all.forEach(LocalProcesses::askToEnd);
        for (Process process : all) {
            if (!process.onExit().completeOnTimeout(process, ENDING_SECONDS, TimeUnit.SECONDS).join().isAlive()) {
                continue;
            }
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    private static void askToEnd(Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It has ended.
            process.destroy();
        }
    }
}
