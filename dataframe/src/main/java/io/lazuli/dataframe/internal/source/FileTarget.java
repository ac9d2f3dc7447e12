package io.lazuli.dataframe.internal.source;

import io.lazuli.dataframe.internal.Errors;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/// A file that appears under its name only when it is complete: it is written beside its target and then renamed.
public final class FileTarget implements AutoCloseable {
    private final Path target;
    private final Path unfinished;
    private final boolean overwrite;

    private FileTarget(Path target, boolean overwrite) {
        this.target = target;
        this.overwrite = overwrite;
        this.unfinished = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    }

    /// Checks the target, see [#check].
    public static FileTarget create(String path, boolean overwrite) {
        check(path, overwrite);
        return new FileTarget(Path.of(path).toAbsolutePath(), overwrite);
    }

    /// Finds out early what would fail at the end. Errors: USER if the target is there and not to be overwritten, is a folder, or
    /// its folder is not there; RESOURCE if the folder cannot be written to.
    public static void check(String path, boolean overwrite) {
        Path target = Path.of(path).toAbsolutePath();
        Path folder = target.getParent();
        if (folder == null || Files.isDirectory(target)) {
            throw Errors.targetIsFolder(path);
        }
        if (!Files.isDirectory(folder)) {
            throw Errors.noTargetFolder(path, folder.toString());
        }
        if (Files.exists(target) && !overwrite) {
            throw Errors.targetExists(path);
        }
        if (!Files.isWritable(folder)) {
            throw Errors.unwritableFolder(path, folder.toString());
        }
    }

    /// What the user calls it.
    public String path() {
        return target.toString();
    }

    /// Where to write.
    public Path unfinished() {
        return unfinished;
    }

    /// Gives the written file its name, once its bytes are on disk.
    public void commit() {
        check(path(), overwrite);
        try {
            try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            rename();
        } catch (IOException e) {
            throw Errors.writeFailed(path(), e);
        }
    }

    private void rename() throws IOException {
        try {
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// Removes what was written and not committed.
    @Override
    public void close() {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            throw Errors.writeFailed(path(), e);
        }
    }
}
