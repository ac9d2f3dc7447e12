package io.lazuli.scheduler.internal.store;

import java.io.IOException;
import java.nio.file.Path;

/// The few things that the store asks of a disk: a seam, so that tests can let each of them fail. Thread-safe.
interface Disk {
    /// Makes a file that must not exist yet, to be written.
    DiskFile create(Path path) throws IOException;

    /// Opens a file to be read.
    DiskFile open(Path path) throws IOException;

    /// Removes a file or an empty directory, if there is one.
    void delete(Path path) throws IOException;

    /// The space of the disk that `directory` is on.
    Space space(Path directory) throws IOException;

    /// @param freeBytes  what this process may still use
    /// @param totalBytes what the disk holds, used or not
    record Space(long freeBytes, long totalBytes) {}
}
