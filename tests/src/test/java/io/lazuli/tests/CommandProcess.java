package io.lazuli.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A command as a process of its own, with what it says. Closing it asks it to end, and fails if it does not.
public final class CommandProcess implements AutoCloseable {
    private static final Pattern LISTENS = Pattern.compile("Scheduler listens on ([^\\s,]+)");
    /// A worker gives what it has to others first, for half a minute at most.
    private static final Duration END = Duration.ofSeconds(60);
    /// For a JVM to print what its threads do.
    private static final Duration DUMP = Duration.ofSeconds(2);

    private final List<String> command;
    private final Process process;
    private final Path output;
    private final Path errors;

    /// How a command ended.
    public record Outcome(int status, String output, String errors) {}

    private CommandProcess(List<String> command, Process process, Path output, Path errors) {
        this.command = command;
        this.process = process;
        this.output = output;
        this.errors = errors;
    }

    /// @param environment what it has beside this process's, of which it has no settings
    static CommandProcess start(Path directory, Map<String, String> environment, List<String> command) {
        try {
            Path output = Files.createTempFile("lazuli", ".out");
            Path errors = Files.createTempFile("lazuli", ".err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("LAZULI_"));
            builder.environment().putAll(environment);
            return new CommandProcess(List.copyOf(command), builder.start(), output, errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /// What it has printed so far.
    public String output() {
        return read(output);
    }

    /// What it has printed as errors so far, its log among them.
    public String errors() {
        return read(errors);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until it says these words.
    public void await(String words) {
        await(Pattern.compile(Pattern.quote(words)));
    }

    /// Where `pattern` is in what it says, as soon as it is there.
    public MatchResult await(Pattern pattern) {
        Wait.until(() -> "'" + pattern + "' of " + this, () -> find(pattern).isPresent() || !process.isAlive());
        return find(pattern).orElseThrow(() -> new AssertionError("no '" + pattern + "' before the end of " + this));
    }

    private Optional<MatchResult> find(Pattern pattern) {
        return Stream.of(output(), errors()).flatMap(text -> pattern.matcher(text).results()).findFirst();
    }

    /// `host:port` of the scheduler that it is, or has started.
    public String address() {
        return await(LISTENS).group(1);
    }

    /// Waits until it ends by itself.
    public Outcome awaitEnd(Duration deadline) {
        if (!endsWithin(deadline)) {
            throw new AssertionError("no end after " + deadline + " of " + this);
        }
        return new Outcome(process.exitValue(), output(), errors());
    }

    boolean endsWithin(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /// Ends it at once, as kill -9 does.
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /// Asks it to end, as Ctrl-C does, unless it has ended. Fails if it does not end, with what its threads do.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!endsWithin(END)) {
                Signals.send("QUIT", handle());
                endsWithin(DUMP);
                throw new AssertionError("it was asked to end, and did not within " + END + ": " + this);
            }
        } finally {
            kill();
            delete(output);
            delete(errors);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "process " + process.pid() + ", " + command + ", that said\n" + output() + errors();
    }
}
