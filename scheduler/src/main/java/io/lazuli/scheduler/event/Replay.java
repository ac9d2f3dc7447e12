package io.lazuli.scheduler.event;

import io.lazuli.scheduler.internal.Errors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Instant;

/// An event log, to be read into views: they end as they did when they heard the engine itself.
///
/// ```java
/// ProgressView progress = new ProgressView();
/// Replay.of(Path.of("run.events")).to(progress);
/// progress.summaries().forEach(System.out::println);
/// ```
public final class Replay {
    private final Path file;
    private final Instant opened;

    private Replay(Path file, Instant opened) {
        this.file = file;
        this.opened = opened;
    }

    /// What was read.
    ///
    /// @param isComplete  true if the log ends with the end of its engine
    /// @param unreadBytes at the end, of a block that was not written to its end: the process crashed, or still writes
    public record Outcome(long blockCount, boolean isComplete, long unreadBytes) {}

    /// **Errors.** RESOURCE if the file cannot be read; DATA if it is no event log.
    public static Replay of(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() < LogFormat.HEADER_BYTES) {
                throw Errors.noEventLog(file, "it has only " + channel.size() + " bytes");
            }
            return new Replay(file, LogFormat.opened(read(channel, LogFormat.HEADER_BYTES)));
        } catch (IOException e) {
            throw Errors.cannotReadLog(file, e);
        } catch (IllegalArgumentException e) {
            throw Errors.noEventLog(file, String.valueOf(e.getMessage()));
        }
    }

    /// When the engine was opened: where the times of its events count from.
    public Instant opened() {
        return opened;
    }

    /// Reads the log from its start and passes every whole block to each of `subscribers`.
    ///
    /// **Errors.** DATA at the first block that is not what was written; the blocks before have been passed on by then.
    public Outcome to(EventSubscriber... subscribers) {
        try (FileChannel channel = FileChannel.open(file)) {
            channel.position(LogFormat.HEADER_BYTES);
            return read(channel, subscribers);
        } catch (IOException e) {
            throw Errors.cannotReadLog(file, e);
        } finally {
            for (EventSubscriber subscriber : subscribers) {
                subscriber.end();
            }
        }
    }

    private Outcome read(FileChannel channel, EventSubscriber... subscribers) throws IOException {
        long size = channel.size();
        long count = 0;
        boolean complete = false;
        while (size - channel.position() >= LogFormat.FRAME_BYTES) {
            long start = channel.position();
            ByteBuffer frame = read(channel, LogFormat.FRAME_BYTES);
            if (isZero(frame) && isZeroToTheEnd(channel)) {
                return new Outcome(count, false, size - start);
            }
            EventBlock block;
            try {
                int length = LogFormat.payloadBytes(frame);
                if (length > size - channel.position()) {
                    return new Outcome(count, false, size - start);
                }
                block = LogFormat.block(frame, read(channel, length));
            } catch (IllegalArgumentException e) {
                throw Errors.eventLogDamaged(file, start, String.valueOf(e.getMessage()));
            }
            for (EventSubscriber subscriber : subscribers) {
                subscriber.accept(block);
            }
            complete = endsEngine(block);
            count++;
        }
        return new Outcome(count, complete, size - channel.position());
    }

    private static boolean endsEngine(EventBlock block) {
        boolean ends = false;
        for (EventCursor event = block.cursor(); event.next();) {
            ends = event.kind() == EventKind.ENGINE_CLOSED;
        }
        return ends;
    }

    private static ByteBuffer read(FileChannel channel, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(LogFormat.ORDER);
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            // Reads on.
        }
        if (bytes.hasRemaining()) {
            throw new IOException("the file became shorter while it was read");
        }
        return bytes.flip();
    }

    /// A machine that crashed may leave a file with zeros for what it did not write.
    private static boolean isZeroToTheEnd(FileChannel channel) throws IOException {
        long start = channel.position();
        boolean zero = true;
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        while (zero && channel.read(bytes.clear()) > 0) {
            zero = isZero(bytes.flip());
        }
        channel.position(start);
        return zero;
    }

    private static boolean isZero(ByteBuffer bytes) {
        for (int i = 0; i < bytes.limit(); i++) {
            if (bytes.get(i) != 0) {
                return false;
            }
        }
        return true;
    }
}
