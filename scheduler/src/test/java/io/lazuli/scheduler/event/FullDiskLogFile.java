package io.lazuli.scheduler.event;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// A file on a disk with room for so many bytes.
final class FullDiskLogFile extends LogFile {
    private long room;

    FullDiskLogFile(Path file, long room) throws IOException {
        super(file);
        this.room = room;
    }

    @Override
    void write(ByteBuffer bytes) throws IOException {
        int length = (int) Math.min(room, bytes.remaining());
        boolean fits = length == bytes.remaining();
        super.write(bytes.slice().limit(length));
        bytes.position(bytes.position() + length);
        room -= length;
        if (!fits) {
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
