package io.lazuli.tests.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Processes of a cluster as they are started by hand, each with what it has printed.
final class ClusterCommands implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Path folder;
    private final Map<String, String> environment;
    private final List<Started> all = new ArrayList<>();

    /// @param output of the process
    record Started(Process process, Path output) {
        String printed() {
            try {
                return Files.readString(output);
            } catch (IOException e) {
                throw new IllegalStateException("what the process printed cannot be read", e);
            }
        }

        /// What stands behind `words`, up to the next white space or comma; waits until it is printed.
        String awaitAfter(String words) {
            until(words, () -> printed().contains(words) || !process.isAlive());
            String text = printed();
            if (!text.contains(words)) {
                throw new AssertionError("the process has ended without '" + words + "':\n" + text);
            }
            return text.substring(text.indexOf(words) + words.length()).strip().split("[\\s,]")[0];
        }
    }

    /// @param environment of all processes
    ClusterCommands(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /// Runs `lazuli` with these arguments.
    Started start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-cp",
                System.getProperty("java.class.path"), "-Dlazuli.threads=2", "-Dlazuli.buffer-bytes=" + (64 << 20),
                "-Dlazuli.spill-directory=" + folder, "io.lazuli.cli.Main"));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("process-" + all.size() + ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LAZULI_"));
        builder.environment().putAll(environment);
        Started started = new Started(builder.start(), output);
        all.add(started);
        return started;
    }

    List<Started> all() {
        return all;
    }

    static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited " + DEADLINE.toSeconds() + " s in vain until " + what);
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    @Override
    public void close() {
        all.forEach(started -> started.process().destroy());
        for (Started started : all) {
            started.process().onExit().orTimeout(20, java.util.concurrent.TimeUnit.SECONDS)
                    .exceptionally(_ -> started.process().destroyForcibly()).join();
        }
    }
}
