package io.lazuli.scheduler.event;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file that is written from its start to its end.
class LogFile implements Closeable {
    private final FileChannel channel;

    /// Replaces the file if it exists.
    LogFile(Path file) throws IOException {
        channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
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
