package io.lazuli.scheduler.event;

import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.internal.Errors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;

/// Writes the events of an engine to a file, which [Replay] reads. [io.lazuli.scheduler.EngineOptions#withEventLog] is how an
/// engine is given one.
///
/// Blocks go to the file in large pieces, at the latest when there is nothing else to do: a crash of the process costs what
/// happened in its last fraction of a second. They are not forced to the disk: a crash of the machine may cost more. A disk that
/// takes no more ends the log with a mark that says so; the engine goes on.
///
/// What the next scheduler of a cluster tells goes to another log beside it, which the last mark of the one before names:
/// `run.events`, `run-2.events` and so on, the first that does not exist.
public final class EventLog implements EventSubscriber {
    private static final int PIECE_BYTES = 1 << 20;

    /// The first one.
    private final Path path;
    private LogFile file;
    /// Whole blocks that are not yet in the file.
    private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES).order(LogFormat.ORDER);
    /// Of whole blocks, in the file or about to be.
    private volatile long byteCount;
    /// Of whole blocks in the file.
    private long writtenBytes;
    /// The file takes no more.
    private boolean failed;

    EventLog(Path path, LogFile file, Instant opened) {
        this.path = path;
        this.file = file;
        putHeader(opened);
    }

    private void putHeader(Instant opened) {
        piece.put(LogFormat.header(opened));
        byteCount += piece.position();
        pause();
    }

    /// A new log in `path`, which is replaced if it exists. Subscribe it LOSSLESS.
    ///
    /// **Errors.** RESOURCE if it cannot be written.
    ///
    /// @param opened when the engine was opened
    public static EventLog create(Path path, Instant opened) {
        try {
            return new EventLog(path, new LogFile(path), opened);
        } catch (IOException e) {
            throw Errors.cannotLog(path, 0, e);
        }
    }

    /// A new log in `path`, or beside it if that exists: nothing is replaced. Subscribe it LOSSLESS.
    ///
    /// **Errors.** RESOURCE if it cannot be written.
    public static EventLog createBeside(Path path, Instant opened) {
        try {
            return new EventLog(path, LogFile.beside(path), opened);
        } catch (IOException e) {
            throw Errors.cannotLog(path, 0, e);
        }
    }

    /// Bytes written so far, to all files.
    public long byteCount() {
        return byteCount;
    }

    @Override
    public void accept(EventBlock block) {
        byte[] described = LogFormat.describe(block);
        int length = LogFormat.frameBytes(block, described);
        byteCount += length;
        if (length > piece.remaining()) {
            pause();
        }
        if (length > piece.remaining()) {
            ByteBuffer large = ByteBuffer.allocate(length).order(LogFormat.ORDER);
            LogFormat.putBlock(block, described, large);
            write(large.flip());
        } else {
            LogFormat.putBlock(block, described, piece);
        }
    }

    @Override
    public void pause() {
        write(piece.flip());
        piece.clear();
    }

    /// Ends the file, and begins the next one. **Errors.** RESOURCE if that cannot be written.
    @Override
    public void startOver(Instant opened) {
        pause();
        try (LogFile before = file) {
            LogFile next = LogFile.beside(path);
            file = next;
            before.write(LogFormat.endMark("another scheduler leads, and what it does is in " + next.path()));
        } catch (IOException e) {
            failed = true;
            throw Errors.cannotLog(file.path(), writtenBytes, e);
        }
        writtenBytes = 0;
        putHeader(opened);
    }

    private void write(ByteBuffer bytes) {
        int length = bytes.remaining();
        try {
            file.write(bytes);
            writtenBytes += length;
        } catch (IOException e) {
            failed = true;
            throw giveUp(e);
        }
    }

    /// Ends the file behind its last whole block with the reason, for which there is room where part of the next one was.
    private LazuliException giveUp(IOException cause) {
        try {
            file.cut(writtenBytes);
            if (writtenBytes > 0) {
                file.write(LogFormat.endMark(String.valueOf(cause.getMessage())));
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        return Errors.cannotLog(file.path(), writtenBytes, cause);
    }

    @Override
    public void end() {
        try (LogFile _ = file) {
            if (!failed) {
                pause();
            }
        } catch (IOException e) {
            throw Errors.cannotLog(file.path(), writtenBytes, e);
        }
    }
}
