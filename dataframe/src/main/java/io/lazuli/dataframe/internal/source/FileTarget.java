package io.lazuli.dataframe.internal.source;

import io.lazuli.dataframe.internal.Arguments;
import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.FileErrors;
import io.lazuli.dataframe.internal.TextErrors;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.stream.Stream;

/// A file, or a folder of files, that appears under its name only when it is complete: it is written beside its target and then renamed.
public final class FileTarget implements AutoCloseable {
    private final Path target;
    private final Path unfinished;
    private final boolean overwrite;
    private final boolean isFolder;

    private FileTarget(Path target, boolean overwrite, boolean isFolder) {
        this.target = target;
        this.overwrite = overwrite;
        this.isFolder = isFolder;
        // a name that is not longer than the one it stands for can be given wherever that can
        String name = "." + target.getFileName();
        this.unfinished = target
                .resolveSibling(name.substring(0, Math.min(name.length(), 40)) + "." + UUID.randomUUID() + ".tmp");
    }

    /// Checks the target, see [#check].
    public static FileTarget create(String path, boolean overwrite) {
        check(path, overwrite);
        return new FileTarget(absolute(path), overwrite, false);
    }

    private static Path absolute(String path) {
        try {
            return Path.of(Arguments.given(path, "path")).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw FileErrors.noPath(path, e.getReason());
        }
    }

    /// A folder, whose files are written into [#unfinished]. Checks the target, see [#check]; an empty folder in its place
    /// is no obstacle.
    public static FileTarget createFolder(String path, boolean overwrite) {
        Path target = absolute(path);
        checkFolder(path, target, overwrite);
        FileTarget folder = new FileTarget(target, overwrite, true);
        try {
            Files.createDirectory(folder.unfinished);
        } catch (IOException e) {
            throw Errors.writeFailed(path, e);
        }
        return folder;
    }

    private static void checkFolder(String path, Path target, boolean overwrite) {
        if (!Files.isDirectory(target)) {
            check(path, overwrite);
            return;
        }
        if (!overwrite && !isEmpty(path, target)) {
            throw TextErrors.targetNotEmpty(path);
        }
        check(target.resolve("part").toString(), true);
    }

    private static boolean isEmpty(String path, Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            throw Errors.writeFailed(path, e);
        }
    }

    /// Finds out early what would fail at the end. Errors: USER if the target is there and not to be overwritten, is a
    /// folder or device, or its folder is not there; RESOURCE if the folder cannot be written to.
    public static void check(String path, boolean overwrite) {
        Path target = absolute(path);
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
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            throw FileErrors.targetNotRegular(path);
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
        if (isFolder) {
            commitFolder();
            return;
        }
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

    /// A folder that is there already is put aside first: no rename replaces one that has files.
    private void commitFolder() {
        checkFolder(path(), target, overwrite);
        Path old = unfinished.resolveSibling(unfinished.getFileName() + ".old");
        try {
            if (Files.isDirectory(target)) {
                Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
            }
            moveOrRestore(old);
            deleteAll(old);
        } catch (IOException e) {
            throw Errors.writeFailed(path(), e);
        }
    }

    private void moveOrRestore(Path old) throws IOException {
        try {
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (Files.isDirectory(old)) {
                Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
            }
            throw e;
        }
    }

    private static void deleteAll(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            try (Stream<Path> files = Files.list(path)) {
                for (Path file : files.toList()) {
                    deleteAll(file);
                }
            }
        }
        Files.deleteIfExists(path);
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
            deleteAll(unfinished);
        } catch (IOException e) {
            throw Errors.writeFailed(path(), e);
        }
    }
}
