package io.lazuli.tests.fault;

import io.lazuli.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// A cluster as `lazuli cluster` starts it, which programs connect to: nobody's child but this test's.
final class ServedCluster implements AutoCloseable {
    /// Outside the heap, of each worker.
    static final long BUFFER_BYTES = 16L << 20;
    static final int WORKERS = 2;

    private final Process process;
    private final String token;
    private final String address;
    private final Path spill;

    private ServedCluster(Process process, String token, String address, Path spill) {
        this.process = process;
        this.token = token;
        this.address = address;
        this.spill = spill;
    }

    /// @param token what its clients must know
    static ServedCluster start(String token, Path spill) throws IOException {
        Process process = java(
                token,
                List.of(
                        "-Dlazuli.threads=" + WORKERS, "-Dlazuli.buffer-bytes=" + WORKERS * BUFFER_BYTES,
                        "-Dlazuli.spill-directory=" + spill),
                Main.class, List.of("cluster", "--workers", Integer.toString(WORKERS), "--port", "0"));
        // Scheduler listens on 127.0.0.1:PORT, with ...
        String line = process.inputReader().readLine();
        return new ServedCluster(process, token, line.replaceAll(".* on |,.*", ""), spill);
    }

    private static Process java(String token, List<String> options, Class<?> main, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-cp",
                System.getProperty("java.class.path")));
        command.addAll(options);
        command.add(main.getName());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("LAZULI_TOKEN", token);
        return builder.start();
    }

    /// A program that connects to this cluster.
    Process startClient(Class<?> main, Object... arguments) throws IOException {
        return java(
                token, List.of("-Dlazuli.spill-directory=" + spill), main,
                Stream.concat(Stream.of(address), Stream.of(arguments)).map(Object::toString).toList());
    }

    String address() {
        return address;
    }

    List<ProcessHandle> workers() {
        return process.children()
                .filter(child -> child.info().arguments().stream().flatMap(Stream::of).anyMatch("worker"::equals))
                .toList();
    }

    /// Files of results that the worker has on disk, or has mapped although they are deleted.
    static List<String> files(ProcessHandle worker, Path spill) throws IOException {
        List<String> found = new ArrayList<>();
        String directory = String.format(Locale.ROOT, "lazuli-spill-%d-", worker.pid());
        try (Stream<Path> all = Files.walk(spill)) {
            all.map(Path::toString)
                    .filter(name -> name.contains(directory) && name.endsWith(".seg"))
                    .forEach(found::add);
        }
        try (Stream<String> mappings = Files.lines(Path.of("/proc", Long.toString(worker.pid()), "maps"))) {
            mappings.filter(line -> line.contains(".seg")).forEach(found::add);
        }
        return found;
    }

    /// As a person would, by a signal.
    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
