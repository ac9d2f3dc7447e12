package io.lazuli.scheduler.event;

import io.lazuli.scheduler.internal.Errors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/// Writes the events of an engine to a file, which [Replay] reads. [io.lazuli.scheduler.EngineOptions#withEventLog] is how an
/// engine is given one.
///
/// Blocks go to the file in large pieces, at the latest when there is nothing else to do: a crash of the process costs what
/// happened in its last fraction of a second. They are not forced to the disk: a crash of the machine may cost more.
public final class EventLog implements EventSubscriber {
    private static final int PIECE_BYTES = 1 << 20;

    private final Path file;
    private final FileChannel channel;
    /// Whole blocks that are not yet in the file.
    private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES);
    /// Of whole blocks, in the file or about to be.
    private volatile long byteCount;

    private EventLog(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /// A new log in `file`, which is replaced if it exists. Subscribe it LOSSLESS.
    ///
    /// @param opened when the engine was opened
    public static EventLog create(Path file, Instant opened) {
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
            EventLog log = new EventLog(file, channel);
            log.add(LogFormat.header(opened));
            log.pause();
            return log;
        } catch (IOException e) {
            throw Errors.cannotLog(file, 0, e);
        }
    }

    /// Bytes written so far.
    public long byteCount() {
        return byteCount;
    }

    @Override
    public void accept(EventBlock block) {
        add(LogFormat.frame(block));
    }

    private void add(ByteBuffer bytes) {
        byteCount += bytes.remaining();
        if (bytes.remaining() > piece.remaining()) {
            pause();
        }
        if (bytes.remaining() > piece.remaining()) {
            write(bytes);
        } else {
            piece.put(bytes);
        }
    }

    @Override
    public void pause() {
        write(piece.flip());
        piece.clear();
    }

    private void write(ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw Errors.cannotLog(file, byteCount, e);
        }
    }

    @Override
    public void end() {
        try (channel) {
            pause();
        } catch (IOException e) {
            throw Errors.cannotLog(file, byteCount, e);
        }
    }
}
