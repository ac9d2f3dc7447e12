package io.lazuli.scheduler.event;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// A file on a disk with room for so many bytes.
final class FullDiskLogFile extends LogFile {
    private long room;
    /// Bytes that somebody else makes free once the disk is full.
    private long spare;

    FullDiskLogFile(Path file, long room, long spare) throws IOException {
        super(file);
        this.room = room;
        this.spare = spare;
    }

    @Override
    void write(ByteBuffer bytes) throws IOException {
        int length = (int) Math.min(room, bytes.remaining());
        boolean fits = length == bytes.remaining();
        super.write(bytes.slice().limit(length));
        bytes.position(bytes.position() + length);
        room -= length;
        if (!fits) {
            room += spare;
            spare = 0;
            throw new IOException("No space left on device");
        }
    }

    @Override
    void cut(long byteCount) throws IOException {
        long before = byteCount();
        super.cut(byteCount);
        room += before - byteCount;
    }
}
