package io.lazuli.tests.job;

import io.lazuli.graph.TaskContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What tasks and their test tell each other: empty files of one folder, which outlive every process that makes them.
///
/// @param folder a path, as text because it travels with operations
public record Marks(String folder) {
    private static final long GLANCE_NANOS = 5_000_000;
    private static final String BEGUN = "begun";
    private static final String ENDED = "ended";
    private static final String LEFT = "left";

    /// One run of the code of a task.
    ///
    /// @param process  where
    /// @param hasEnded it came to its last line
    /// @param hasLeft  it does not run any more, unless its process died
    public record Run(Task task, long process, boolean hasEnded, boolean hasLeft) {}

    public record Task(String layer, int partition) {}

    /// A run that has begun, until it is closed.
    public final class Begun implements AutoCloseable {
        private final String name;

        private Begun(String layer, int partition) {
            name = String.join("-", layer, "" + partition, "" + ProcessHandle.current().pid(), "" + System.nanoTime());
            make(BEGUN + "-" + name);
        }

        /// It has come to its last line.
        public void end() {
            make(ENDED + "-" + name);
        }

        @Override
        public void close() {
            make(LEFT + "-" + name);
        }
    }

    public static Marks in(Path folder) {
        try {
            return new Marks(Files.createDirectories(folder).toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Begun begin(String layer, int partition) {
        return new Begun(layer, partition);
    }

    /// Returns once the gate is open; to the first `free` tasks that come, at once. Errors: CANCELLED.
    public void pass(TaskContext context, String gate, int free) {
        for (int ticket = 0; ticket < free; ticket++) {
            if (make("ticket-" + gate + "-" + ticket)) {
                return;
            }
        }
        while (!isOpen(gate)) {
            context.checkCancelled();
            LockSupport.parkNanos(GLANCE_NANOS);
        }
    }

    public void open(String gate) {
        make("open-" + gate);
    }

    private boolean isOpen(String gate) {
        return Files.exists(Path.of(folder, "open-" + gate));
    }

    /// All that have begun so far.
    public List<Run> runs() {
        Set<String> names = names();
        return names.stream()
                .filter(name -> name.startsWith(BEGUN + "-"))
                .map(name -> run(name.substring(BEGUN.length()), names))
                .toList();
    }

    /// Those that have come to their last line.
    public List<Run> endedRuns() {
        return runs().stream().filter(Run::hasEnded).toList();
    }

    /// Those of these processes.
    public List<Run> runsOn(Collection<ProcessHandle> processes) {
        List<Long> ids = processes.stream().map(ProcessHandle::pid).toList();
        return runs().stream().filter(run -> ids.contains(run.process())).toList();
    }

    private static Run run(String suffix, Set<String> names) {
        String[] parts = suffix.split("-");
        return new Run(
                new Task(parts[1], Integer.parseInt(parts[2])), Long.parseLong(parts[3]),
                names.contains(ENDED + suffix), names.contains(LEFT + suffix));
    }

    private Set<String> names() {
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// False if it is there already.
    private boolean make(String name) {
        try {
            Files.createFile(Path.of(folder, name));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
