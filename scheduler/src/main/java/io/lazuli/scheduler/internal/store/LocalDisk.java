package io.lazuli.scheduler.internal.store;

import java.io.File;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The file system of this machine.
final class LocalDisk implements Disk {
    @Override
    public DiskFile create(Path path) throws IOException {
        return new OpenFile(path, FileChannel.open(
                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.READ));
    }

    @Override
    public DiskFile open(Path path) throws IOException {
        return new OpenFile(path, FileChannel.open(path, StandardOpenOption.READ));
    }

    @Override
    public void delete(Path path) throws IOException {
        Files.deleteIfExists(path);
    }

    /// By `File`, which asks the system at once; `FileStore` reads the list of all mounts first, which takes a millisecond.
    @Override
    public Space space(Path directory) throws IOException {
        File file = directory.toFile();
        Space space = new Space(file.getUsableSpace(), file.getTotalSpace());
        if (space.totalBytes() == 0) {
            throw new NoSuchFileException(directory.toString(), null, "it has no space, or is gone");
        }
        return space;
    }

    private record OpenFile(Path path, FileChannel channel) implements DiskFile {
        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public int read(ByteBuffer target, long offset) throws IOException {
            return channel.read(target, offset);
        }

        @Override
        public int write(ByteBuffer source, long offset) throws IOException {
            return channel.write(source, offset);
        }

        @Override
        public MemorySegment map(Arena arena) throws IOException {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        }

        @Override
        public MemorySegment mapToWrite(Arena arena) throws IOException {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size(), arena);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
