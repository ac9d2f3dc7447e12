package io.lazuli.graph.bag;

import io.lazuli.graph.error.GraphErrors;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writes the elements of a partition as lines of one text file, and hands on its path. The file gets its name when it is whole:
/// a task that fails or runs twice leaves nothing half written.
///
/// @param run of the writing, so that two writings are never the same work
record LinesWritten(String directory, UUID run) implements Step {
    /// A new writing into a folder, which is made if it is not there. Errors: USER if it has files of an earlier writing; RESOURCE
    /// if it cannot be made.
    static LinesWritten into(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw GraphErrors.writeFailed(directory.toString(), e);
        }
        if (Files.exists(directory.resolve(fileName(0)))) {
            throw GraphErrors.partsExist(directory.toString(), fileName(0));
        }
        return new LinesWritten(directory.toString(), UUID.randomUUID());
    }

    @Override
    public String label() {
        return "writeText";
    }

    /// The file of a partition; in the order of their names, they are in the order of the partitions.
    static String fileName(int partition) {
        return String.format(Locale.ROOT, "part-%06d.txt", partition);
    }

    @Override
    public Receiver to(Receiver next, PartitionRun run, int side) {
        return new PartWriter(this, next, run);
    }

    private static final class PartWriter extends Passing {
        private final int partition;
        private final Path target;
        private final Path unfinished;
        private final BufferedWriter writer;
        /// Lines written.
        private long count;

        PartWriter(LinesWritten step, Receiver next, PartitionRun run) {
            super(step.label(), next, run);
            this.partition = run.partition();
            this.target = Path.of(step.directory(), fileName(partition));
            this.unfinished = Path.of(step.directory(), "." + fileName(partition) + "." + UUID.randomUUID() + ".tmp");
            try {
                this.writer = Files.newBufferedWriter(unfinished, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw GraphErrors.writeFailed(target.toString(), e);
            }
            run.atClose(this::discard);
        }

        @Override
        public boolean accept(@Nullable Object element) {
            if (element == null) {
                throw GraphErrors.nullLine(partition, count);
            }
            try {
                writer.write(element.toString());
                writer.write('\n');
            } catch (IOException e) {
                throw GraphErrors.writeFailed(target.toString(), e);
            }
            count++;
            return true;
        }

        @Override
        public void end() {
            try {
                writer.close();
                Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw GraphErrors.writeFailed(target.toString(), e);
            }
            next.accept(target.toString());
            next.end();
        }

        /// What was not moved is not wanted.
        private void discard() {
            try (writer) {
                Files.deleteIfExists(unfinished);
            } catch (IOException e) {
                throw GraphErrors.writeFailed(target.toString(), e);
            }
        }
    }
}
