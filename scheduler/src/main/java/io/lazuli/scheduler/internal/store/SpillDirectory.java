package io.lazuli.scheduler.internal.store;

import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.file.ProcessDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/// The private directory of one engine for its segment files: `lazuli-spill-PID-N` under a parent, see [ProcessDirectory], and the
/// space that they may take.
final class SpillDirectory implements AutoCloseable {
    private final Path parent;
    private final ProcessDirectory directory;
    private final Disk disk;
    private final SpillSpace space;
    private final boolean isShared;
    private final AtomicLong files = new AtomicLong();

    private SpillDirectory(StoreOptions options, Disk disk) {
        this.parent = options.spillParent();
        this.disk = disk;
        this.space = new SpillSpace(disk, parent, options.spillLimitBytes());
        this.isShared = options.isShared();
        this.directory = ProcessDirectory.under(parent, "lazuli-spill");
    }

    static SpillDirectory open(StoreOptions options, Disk disk) {
        return new SpillDirectory(options, disk);
    }

    /// Other processes read its files.
    boolean isShared() {
        return isShared;
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
        space.claim(directory.path(), bytes);
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
        directory.create();
        return directory.path().resolve(files.incrementAndGet() + ".seg");
    }

    /// Shows others that they see this directory. Errors: RESOURCE if it cannot be made.
    HostIdentity identity() {
        try {
            directory.create();
            return HostIdentity.create(directory.path());
        } catch (IOException e) {
            throw Errors.cannotSpill(parent, 0, e);
        }
    }

    @Override
    public void close() {
        directory.close();
    }
}
