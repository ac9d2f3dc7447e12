package io.lazuli.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Starts the `lazuli` script as a person would, on the jars that the build has just made, and programs on the tests' own class path.
/// Of the settings in this process's environment they know none.
public final class Launcher {
    public static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));
    private static final Duration DEADLINE = Duration.ofSeconds(300);

    static {
        train();
    }

    private Launcher() {}

    /// Makes the cache for faster starts, which a person's first command makes, once for all processes of tests.
    private static void train() {
        Path jars = ROOT.resolve("cli/target/lazuli/lib");
        Path cache = ROOT.resolve("cli/target/lazuli/lazuli.aot");
        Path lock = ROOT.resolve("cli/target/training.lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = channel.lock()) {
            if (Files.notExists(cache)
                    || Files.getLastModifiedTime(cache).compareTo(Files.getLastModifiedTime(jars)) <= 0) {
                CommandProcess.Outcome outcome = run("train");
                if (outcome.status() != 0) {
                    throw new AssertionError("no cache for faster starts: " + outcome);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Runs the script to its end.
    public static CommandProcess.Outcome run(String... arguments) {
        return run(Map.of(), arguments);
    }

    /// As [#run(String...)], with more in its environment.
    public static CommandProcess.Outcome run(Map<String, String> environment, String... arguments) {
        try (CommandProcess process = start(environment, arguments)) {
            return process.awaitEnd(DEADLINE);
        }
    }

    /// Starts the script, which becomes the process of Java by itself.
    public static CommandProcess start(Map<String, String> environment, String... arguments) {
        Map<String, String> all =
                new HashMap<>(Map.of("LAZULI_JAVA_HOME", JAVA_HOME.toString(), "LAZULI_NO_BUILD", "1"));
        all.putAll(environment);
        List<String> command = new ArrayList<>(List.of("/bin/bash", ROOT.resolve("lazuli").toString()));
        command.addAll(Arrays.asList(arguments));
        return CommandProcess.start(ROOT, all, command);
    }

    /// Starts a program without the script.
    ///
    /// @param arguments of the JVM: options, among them another class path if need be; the main class, and what that takes
    public static CommandProcess startJava(Map<String, String> environment, List<?> arguments) {
        List<String> command = new ArrayList<>(List.of(
                JAVA_HOME.resolve("bin", "java").toString(), "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-cp", System.getProperty("java.class.path")));
        arguments.forEach(argument -> command.add(argument.toString()));
        return CommandProcess.start(ROOT, environment, command);
    }
}
