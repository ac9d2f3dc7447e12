package io.lazuli.scheduler.event;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/// A file that is written from its start to its end.
class LogFile implements Closeable {
    private final Path path;
    private final FileChannel channel;

    /// Replaces the file if it exists.
    LogFile(Path path) throws IOException {
        this(path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private LogFile(Path path, OpenOption... options) throws IOException {
        this.path = path;
        Set<OpenOption> all = new HashSet<>(Set.of(options));
        all.add(StandardOpenOption.WRITE);
        this.channel = FileChannel.open(path, all);
    }

    /// The file, or the first beside it that does not exist: `run.events`, `run-2.events`, `run-3.events`.
    static LogFile beside(Path first) throws IOException {
        Path path = first;
        for (int number = 2;; number++) {
            try {
                return new LogFile(path, StandardOpenOption.CREATE_NEW);
            } catch (FileAlreadyExistsException e) {
                path = first.resolveSibling(numbered(String.valueOf(first.getFileName()), number));
            }
        }
    }

    private static String numbered(String name, int number) {
        int dot = name.lastIndexOf('.');
        int end = dot > 0 ? dot : name.length();
        return name.substring(0, end) + "-" + number + name.substring(end);
    }

    Path path() {
        return path;
    }

    /// Writes all of `bytes`; may have written some of them if it fails.
    void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /// Bytes that are in it.
    long byteCount() throws IOException {
        return channel.size();
    }

    /// Forgets what was written beyond `byteCount`.
    void cut(long byteCount) throws IOException {
        channel.truncate(byteCount);
        channel.position(byteCount);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
