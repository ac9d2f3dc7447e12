package io.lazuli.tests.cluster;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// A job whose tasks each leave a line in a file when they begin, and add up to their number.
record Noted(int tasks, long millis, String file) {
    /// Leaves its line, and makes a row that says 1.
    record Note(long millis, String file) implements Operation {
        @Override
        public String name() {
            return "note";
        }

        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            try {
                Files.writeString(
                        Path.of(file), context.partition() + "\n", StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            CommandProcess.pause(millis);
            Buffer column = context.memory().allocate(8);
            column.segment().setAtIndex(ValueLayout.JAVA_LONG, 0, 1);
            return Block.columns(1, new byte[0], List.of(column));
        }
    }

    TaskGraph graph() {
        Layer note = Layer.of(new Note(millis, file), tasks, List.of(), "note");
        Layer total = Layer.of(new Shuffled.Add(0), 1, List.of(new Dependency.Broadcast(note.token())), "total");
        return TaskGraph.of(List.of(note, total));
    }

    /// How many tasks have begun so far, on all workers.
    long count() {
        try {
            return Files.exists(Path.of(file)) ? Files.readAllLines(Path.of(file)).size() : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
