package io.lazuli.scheduler.internal.store;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// A disk that does part of what it is asked, as disks may, and fails when it is told to.
final class FaultyDisk implements Disk {
    private final Disk disk = new LocalDisk();
    /// Bytes that can still be written before there is no space.
    volatile long writableBytes = Long.MAX_VALUE;
    /// Bytes that can still be read before the medium fails.
    volatile long readableBytes = Long.MAX_VALUE;
    /// What it says about its space; null for the truth.
    volatile Space space;
    volatile boolean failsToCreate;
    volatile boolean failsToDelete;
    volatile boolean failsToClose;
    /// Most bytes of one call.
    volatile int pieceBytes = Integer.MAX_VALUE;

    @Override
    public DiskFile create(Path path) throws IOException {
        if (failsToCreate) {
            throw new IOException("Read-only file system");
        }
        return new FaultyFile(disk.create(path));
    }

    @Override
    public DiskFile open(Path path) throws IOException {
        return new FaultyFile(disk.open(path));
    }

    @Override
    public void delete(Path path) throws IOException {
        if (failsToDelete) {
            throw new IOException("Device or resource busy");
        }
        disk.delete(path);
    }

    @Override
    public Space space(Path directory) throws IOException {
        return space == null ? disk.space(directory) : space;
    }

    private final class FaultyFile implements DiskFile {
        private final DiskFile file;

        FaultyFile(DiskFile file) {
            this.file = file;
        }

        @Override
        public Path path() {
            return file.path();
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public int read(ByteBuffer target, long offset) throws IOException {
            if (readableBytes <= 0) {
                throw new IOException("Input/output error");
            }
            int limit = target.limit();
            target.limit((int) Math.min(limit, target.position() + Math.min(pieceBytes, readableBytes)));
            int count = file.read(target, offset);
            target.limit(limit);
            readableBytes -= Math.max(count, 0);
            return count;
        }

        @Override
        public int write(ByteBuffer source, long offset) throws IOException {
            if (writableBytes <= 0) {
                throw new IOException("No space left on device");
            }
            int limit = source.limit();
            source.limit((int) Math.min(limit, source.position() + Math.min(pieceBytes, writableBytes)));
            int count = file.write(source, offset);
            source.limit(limit);
            writableBytes -= count;
            return count;
        }

        @Override
        public MemorySegment map(Arena arena) throws IOException {
            return file.map(arena);
        }

        @Override
        public MemorySegment mapToWrite(Arena arena) throws IOException {
            return file.mapToWrite(arena);
        }

        @Override
        public void close() throws IOException {
            file.close();
            if (failsToClose) {
                throw new IOException("No space left on device");
            }
        }
    }
}
