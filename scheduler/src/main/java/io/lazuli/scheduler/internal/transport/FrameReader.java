package io.lazuli.scheduler.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Cuts what arrives into frames. A frame that came whole is handed out where it lies; one that came in pieces is gathered in a buffer
/// of its size, which is taken when its length has been checked. Used by one thread.
final class FrameReader {
    static final int LENGTH_BYTES = 4;

    private final int largestFrameBytes;
    private final ByteBufAllocator allocator;
    private final Consumer<ByteBuffer> frames;
    /// What came and has not been looked at: more than one buffer only while paused.
    private final Queue<ByteBuf> input = new ArrayDeque<>();
    /// The bytes of the length that have come, of the frame that comes now.
    private int lengthBytes;
    private long length;
    /// The frame that comes now, if it does so in pieces.
    private @Nullable ByteBuf partial;
    private boolean isPaused;
    private boolean isReading;
    private boolean isClosed;

    FrameReader(int largestFrameBytes, ByteBufAllocator allocator, Consumer<ByteBuffer> frames) {
        this.largestFrameBytes = largestFrameBytes;
        this.allocator = allocator;
        this.frames = frames;
    }

    /// Takes the buffer over, and hands out the frames that end in it. Errors: [BadFrameException]; whatever the consumer throws.
    void read(ByteBuf bytes) {
        if (isClosed) {
            bytes.release();
            return;
        }
        input.add(bytes);
        read();
    }

    /// Hands out no frame until [#resume].
    void pause() {
        isPaused = true;
    }

    /// Goes on with what came while it was paused.
    void resume() {
        isPaused = false;
        read();
    }

    /// True if part of a frame has come.
    boolean isWithinFrame() {
        return lengthBytes > 0;
    }

    /// For messages: how much of the frame has come.
    String progress() {
        return lengthBytes < LENGTH_BYTES
                ? "%d of the %d bytes of its length".formatted(lengthBytes, LENGTH_BYTES)
                : "%,d of its %,d bytes".formatted(partial == null ? 0 : partial.writerIndex(), length);
    }

    /// Hands out no frame any more and releases all that it holds.
    void close() {
        isClosed = true;
        if (!isReading) {
            release();
        }
    }

    /// The consumer may pause, resume or close: what a buffer holds is then still in use, so the loop that is running does it.
    private void read() {
        if (isReading) {
            return;
        }
        isReading = true;
        try {
            ByteBuf next;
            while (!isPaused && !isClosed && (next = input.peek()) != null) {
                if (next.isReadable()) {
                    readSome(next);
                } else {
                    input.remove().release();
                }
            }
        } catch (RuntimeException | Error e) {
            isClosed = true;
            throw e;
        } finally {
            isReading = false;
            if (isClosed) {
                release();
            }
        }
    }

    private void readSome(ByteBuf bytes) {
        if (lengthBytes < LENGTH_BYTES) {
            readLength(bytes);
            return;
        }
        int whole = (int) length;
        if (partial == null && bytes.readableBytes() >= whole) {
            ByteBuffer frame = bytes.nioBuffer(bytes.readerIndex(), whole);
            bytes.skipBytes(whole);
            lengthBytes = 0;
            frames.accept(frame);
            return;
        }
        if (partial == null) {
            partial = allocator.directBuffer(whole, whole);
        }
        ByteBuf gathered = partial;
        gathered.writeBytes(bytes, Math.min(gathered.writableBytes(), bytes.readableBytes()));
        if (!gathered.isWritable()) {
            partial = null;
            lengthBytes = 0;
            try {
                frames.accept(gathered.nioBuffer());
            } finally {
                gathered.release();
            }
        }
    }

    private void readLength(ByteBuf bytes) {
        if (lengthBytes == 0 && bytes.readableBytes() >= LENGTH_BYTES) {
            length = bytes.readUnsignedInt();
            lengthBytes = LENGTH_BYTES;
        } else {
            length = lengthBytes == 0 ? bytes.readUnsignedByte() : length << 8 | bytes.readUnsignedByte();
            lengthBytes++;
        }
        if (lengthBytes == LENGTH_BYTES && (length == 0 || length > largestFrameBytes)) {
            throw new BadFrameException(length, largestFrameBytes);
        }
    }

    private void release() {
        input.forEach(ByteBuf::release);
        input.clear();
        if (partial != null) {
            partial.release();
            partial = null;
        }
    }
}
