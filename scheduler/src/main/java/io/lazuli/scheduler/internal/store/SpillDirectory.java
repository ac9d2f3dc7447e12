package io.lazuli.scheduler.internal.store;

import io.lazuli.scheduler.internal.Errors;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The private directory of one engine for its segment files: `lazuli-spill-PID-N` under a parent. Made when first needed, and
/// again if somebody took it away; removed when the engine closes. What processes left behind that died is removed when the next
/// engine opens.
///
/// A directory is alive if its process is, or if somebody holds the lock on the file in it: process ids mean nothing across
/// containers that share a disk.
final class SpillDirectory implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("lazuli-spill-(\\d+)-\\d+");
    private static final String LOCK = "lock";
    private static final AtomicInteger ENGINES = new AtomicInteger();

    private final Path parent;
    private final Path directory;
    private final Disk disk;
    private final SpillSpace space;
    private final AtomicLong files = new AtomicLong();
    /// Open, with its file locked, from the first spill on; else null.
    private @Nullable FileChannel lock;

    private SpillDirectory(Path parent, long limitBytes, Disk disk) {
        this.parent = parent;
        this.disk = disk;
        this.space = new SpillSpace(disk, parent, limitBytes);
        this.directory =
                parent.resolve("lazuli-spill-" + ProcessHandle.current().pid() + "-" + ENGINES.incrementAndGet());
    }

    static SpillDirectory under(Path parent, long limitBytes, Disk disk) {
        removeStale(parent);
        return new SpillDirectory(parent, limitBytes, disk);
    }

    Path parent() {
        return parent;
    }

    Disk disk() {
        return disk;
    }

    /// Bytes of the files in it.
    long usedBytes() {
        return space.usedBytes();
    }

    /// Takes space for a file. Errors: RESOURCE if it is not allowed.
    void claim(long bytes) throws IOException {
        space.claim(directory, bytes);
    }

    /// Removes a file and gives back the space it claimed. If the disk refuses, the file stays counted, and goes with the
    /// directory. True if it is gone.
    boolean delete(Path file, long bytes) {
        try {
            disk.delete(file);
            space.giveBack(bytes);
            return true;
        } catch (IOException e) {
            file.toFile().deleteOnExit();
            return false;
        }
    }

    /// A name for a new file; makes the directory if need be.
    Path nextFile() throws IOException {
        create();
        return directory.resolve(files.incrementAndGet() + ".seg");
    }

    /// Shows others that they see this directory. Errors: RESOURCE if it cannot be made.
    HostIdentity identity() {
        try {
            create();
            return HostIdentity.create(directory);
        } catch (IOException e) {
            throw Errors.cannotSpill(parent, 0, e);
        }
    }

    private synchronized void create() throws IOException {
        if (lock != null && !Files.isDirectory(directory)) {
            closeQuietly(lock);
            lock = null;
        }
        if (lock == null) {
            Files.createDirectories(directory);
            FileChannel channel =
                    FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.lock();
            lock = channel;
        }
    }

    @Override
    public synchronized void close() {
        if (lock != null) {
            closeQuietly(lock);
            lock = null;
            removeTree(directory);
        }
    }

    private static void removeStale(Path parent) {
        if (!Files.isDirectory(parent)) {
            return;
        }
        try (DirectoryStream<Path> children = Files.newDirectoryStream(parent, "lazuli-spill-*")) {
            for (Path child : children) {
                Matcher name = NAME.matcher(child.getFileName().toString());
                if (name.matches() && !isAlive(Long.parseLong(name.group(1)), child)) {
                    removeTree(child);
                }
            }
        } catch (IOException | RuntimeException e) {
            // Another engine may be removing the same leftovers; they can wait for the next start.
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
