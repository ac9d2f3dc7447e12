package io.lazuli.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs the `lazuli` script as a person would, on the jars that the build has just made.
final class Launcher {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    /// What every command is run with.
    static final Map<String, String> ENVIRONMENT =
            Map.of("LAZULI_JAVA_HOME", System.getProperty("java.home"), "LAZULI_NO_BUILD", "1");
    private static final long DEADLINE_SECONDS = 300;

    private Launcher() {}

    record Outcome(int status, String output, String errors) {}

    static Outcome run(String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), arguments);
    }

    static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of("/bin/bash", ROOT.resolve("lazuli").toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    static Outcome run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        List<String> command = command(arguments);
        Path output = Files.createTempFile("lazuli", ".out");
        Path errors = Files.createTempFile("lazuli", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(ROOT.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile());
            builder.environment().putAll(ENVIRONMENT);
            builder.environment().putAll(environment);
            environment.forEach((name, value) -> {
                if (value.isEmpty()) {
                    builder.environment().remove(name);
                }
            });
            Process process = builder.start();
            if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("no end after " + DEADLINE_SECONDS + " s: " + command);
            }
            return new Outcome(process.exitValue(), Files.readString(output), Files.readString(errors));
        } finally {
            Files.delete(output);
            Files.delete(errors);
        }
    }
}
