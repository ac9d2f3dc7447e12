package io.lazuli.scheduler.internal.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A private directory of this process: `PREFIX-PID-N` under a parent, which nobody else may enter. Made when first needed, and
/// again if somebody took it away; removed with all that is in it when closed. What processes left behind that died is removed
/// when the next one of the same prefix is made under that parent.
///
/// A directory is alive if its process is, or if somebody holds the lock on the file in it: process ids mean nothing across
/// containers that share a disk.
public final class ProcessDirectory implements AutoCloseable {
    private static final String LOCK = "lock";
    private static final AtomicInteger MADE = new AtomicInteger();

    private final Path path;
    /// Open, with its file locked, from the first use on; else null.
    private @Nullable FileChannel lock;

    private ProcessDirectory(Path path) {
        this.path = path;
    }

    /// A directory that does not exist yet. Removes what dead processes left.
    public static ProcessDirectory under(Path parent, String prefix) {
        removeStale(parent, prefix);
        return new ProcessDirectory(
                parent.resolve(prefix + "-" + ProcessHandle.current().pid() + "-" + MADE.incrementAndGet()));
    }

    /// Where it is, or will be.
    public Path path() {
        return path;
    }

    /// Makes the directory if it is not there.
    public synchronized void create() throws IOException {
        if (lock != null && !Files.isDirectory(path)) {
            closeQuietly(lock);
            lock = null;
        }
        if (lock == null) {
            Files.createDirectories(path.toAbsolutePath().getParent());
            Files.createDirectory(path, ownerOnly());
            FileChannel channel =
                    FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.lock();
            lock = channel;
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))}
                : new FileAttribute<?>[0];
    }

    @Override
    public synchronized void close() {
        if (lock != null) {
            closeQuietly(lock);
            lock = null;
            removeTree(path);
        }
    }

    private static void removeStale(Path parent, String prefix) {
        if (!Files.isDirectory(parent)) {
            return;
        }
        Pattern names = Pattern.compile(Pattern.quote(prefix) + "-(\\d+)-\\d+");
        try (DirectoryStream<Path> children = Files.newDirectoryStream(parent, prefix + "-*")) {
            for (Path child : children) {
                Matcher name = names.matcher(child.getFileName().toString());
                if (name.matches() && !isAlive(Long.parseLong(name.group(1)), child)) {
                    removeTree(child);
                }
            }
        } catch (IOException | RuntimeException e) {
            // Another process may be removing the same leftovers; they can wait for the next start.
            return;
        }
    }

    private static boolean isAlive(long pid, Path directory) {
        if (ProcessHandle.of(pid).isPresent()) {
            return true;
        }
        if (!Files.exists(directory.resolve(LOCK))) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(directory.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock free = channel.tryLock()) {
            return free == null;
        } catch (IOException | OverlappingFileLockException e) {
            return true;
        }
    }

    private static void removeTree(Path root) {
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(root)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException e) {
            return;
        }
        for (Path path : deepestFirst) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                path.toFile().deleteOnExit();
            }
        }
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // The directory is removed next; a lock that cannot be closed ends with the process.
            return;
        }
    }
}
