package io.lazuli.tests.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// A process of a cluster as a person starts it: the `lazuli` script, on the jars that the build has just made. Closing it kills it.
final class CommandProcess implements AutoCloseable {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final long DEADLINE_SECONDS = 120;

    private final Process process;
    private final List<String> said = new CopyOnWriteArrayList<>();

    private CommandProcess(Process process) {
        this.process = process;
        Thread.ofPlatform().daemon().start(this::read);
    }

    static CommandProcess start(Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of("/bin/bash", ROOT.resolve("lazuli").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(ROOT.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("LAZULI_"));
        builder.environment().put("LAZULI_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("LAZULI_NO_BUILD", "1");
        builder.environment().putAll(environment);
        try {
            return new CommandProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(said::add);
        } catch (IOException | UncheckedIOException e) {
            said.add("what it says cannot be read: " + e);
        }
    }

    /// Waits until it says that.
    void await(String words) {
        await(words + " from a process that said " + said, () -> said.stream().anyMatch(line -> line.contains(words)));
    }

    /// Waits for a condition.
    static void await(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS)) {
                throw new AssertionError("waited in vain for " + what);
            }
            pause(20);
        }
    }

    static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    List<String> said() {
        return List.copyOf(said);
    }

    /// Sends a signal by name. The script has become the process of Java by itself.
    void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("cannot send " + name, e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
