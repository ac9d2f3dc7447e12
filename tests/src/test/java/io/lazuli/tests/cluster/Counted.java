package io.lazuli.tests.cluster;

import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Block;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// An operation that leaves a file for each time that a task of it has run to its end, named for the task and its process.
record Counted(Operation operation, String directory) implements Operation {
    @Override
    public String name() {
        return operation.name();
    }

    @Override
    public Block run(TaskContext context, TaskInputs inputs) {
        Block block = operation.run(context, inputs);
        try {
            Files.createTempFile(
                    Path.of(directory),
                    "%s.%d.%d.".formatted(name(), context.partition(), ProcessHandle.current().pid()), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return block;
    }

    /// One run of one task.
    record Run(String name, int partition, long processId) {}

    /// What has run so far.
    static List<Run> runs(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString().split("\\."))
                    .map(parts -> new Run(parts[0], Integer.parseInt(parts[1]), Long.parseLong(parts[2])))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
