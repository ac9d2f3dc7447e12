package io.lazuli.tests.fault;

import io.lazuli.tests.CommandProcess;
import io.lazuli.tests.Launcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// A cluster as `lazuli cluster` starts it, which programs connect to: nobody's child but this test's.
final class ServedCluster implements AutoCloseable {
    /// Outside the heap, of each worker.
    static final long BUFFER_BYTES = 16L << 20;
    static final int WORKERS = 2;

    private final Map<String, String> environment;
    private final CommandProcess process;
    private final Path spill;

    private ServedCluster(Map<String, String> environment, CommandProcess process, Path spill) {
        this.environment = environment;
        this.process = process;
        this.spill = spill;
    }

    /// @param token what its clients must know
    static ServedCluster start(String token, Path spill) {
        Map<String, String> environment = Map.of(
                "LAZULI_TOKEN", token, "LAZULI_HEAP", "512m", "LAZULI_THREADS", Integer.toString(WORKERS),
                "LAZULI_BUFFER_BYTES", Long.toString(WORKERS * BUFFER_BYTES), "LAZULI_SPILL_DIRECTORY",
                spill.toString());
        return new ServedCluster(
                environment,
                Launcher.start(environment, "cluster", "--workers", Integer.toString(WORKERS), "--port", "0"), spill);
    }

    /// A program that connects to this cluster.
    CommandProcess startClient(Class<?> main, Object... arguments) {
        return Launcher.startJava(
                environment,
                Stream.concat(Stream.of("-Xmx512m", main.getName(), address()), Stream.of(arguments)).toList());
    }

    String address() {
        return process.address();
    }

    List<ProcessHandle> workers() {
        return children("worker");
    }

    /// The scheduler, and workers.
    List<ProcessHandle> processes() {
        return Stream.of("scheduler", "worker").flatMap(what -> children(what).stream()).toList();
    }

    private List<ProcessHandle> children(String what) {
        return process.handle()
                .children()
                .filter(child -> child.info().arguments().stream().flatMap(Stream::of).anyMatch(what::equals))
                .toList();
    }

    /// Bundles of programs' code that the process keeps.
    List<Path> code(ProcessHandle child) {
        String directory = String.format(Locale.ROOT, "lazuli-code-%d-", child.pid());
        return Stream.of(spill, Path.of(System.getProperty("java.io.tmpdir")))
                .flatMap(parent -> list(parent).filter(path -> path.getFileName().toString().startsWith(directory)))
                .flatMap(ServedCluster::list)
                .filter(file -> file.toString().endsWith(".jar"))
                .toList();
    }

    private static Stream<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList().stream();
        } catch (NoSuchFileException e) {
            return Stream.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        process.close();
    }
}
