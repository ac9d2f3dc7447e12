package io.lazuli.scheduler.event;

import io.lazuli.scheduler.internal.Errors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

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
    /// @param endReason   why the log was given up while its engine went on, such as a full disk
    public record Outcome(long blockCount, boolean isComplete, long unreadBytes, Optional<String> endReason) {
        public Outcome {
            Objects.requireNonNull(endReason, "endReason is null");
        }

        /// What is missing, for people; empty if nothing is.
        public Optional<String> gap() {
            if (isComplete) {
                return Optional.empty();
            }
            return Optional.of(endReason
                    .map(reason -> "The log is incomplete: it was given up after %,d blocks, while its engine went on: %s."
                            .formatted(blockCount, reason))
                    .orElseGet(
                            () -> "The log ends after %,d blocks, before its engine was closed; %,d bytes of an unfinished block were left out."
                                    .formatted(blockCount, unreadBytes)));
        }
    }

    /// **Errors.** RESOURCE if the file cannot be read; DATA if it is no event log, or one of another version.
    public static Replay of(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() < LogFormat.HEADER_BYTES) {
                throw Errors.noEventLog(
                        file, "it has %d bytes, and a header has %d".formatted(channel.size(), LogFormat.HEADER_BYTES));
            }
            return new Replay(file, LogFormat.opened(file, read(channel, LogFormat.HEADER_BYTES)));
        } catch (IOException e) {
            throw Errors.cannotReadLog(file, e);
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

    /// Walks over the blocks of a log.
    private static final class Walk {
        private final FileChannel channel;
        private final long size;
        /// Where the piece starts that was read last.
        private long start;
        /// Blocks read so far, and the number of the last.
        private long count;
        private long last;
        private boolean complete;
        private Optional<String> endReason = Optional.empty();

        Walk(FileChannel channel) throws IOException {
            this.channel = channel;
            this.size = channel.size();
        }

        /// The next block; empty if there is no whole one. Errors: IllegalArgumentException if it is not what was written.
        Optional<EventBlock> next() throws IOException {
            start = channel.position();
            if (size - start < LogFormat.FRAME_BYTES) {
                return Optional.empty();
            }
            ByteBuffer frame = read(channel, LogFormat.FRAME_BYTES);
            if (isZero(frame) && isZeroToTheEnd(channel)) {
                return Optional.empty();
            }
            int length = LogFormat.payloadBytes(frame);
            if (length > size - channel.position()) {
                return Optional.empty();
            }
            ByteBuffer payload = read(channel, length);
            endReason = LogFormat.endReason(frame, payload);
            if (endReason.isPresent()) {
                start = channel.position();
                return Optional.empty();
            }
            return Optional.of(inOrder(LogFormat.block(payload)));
        }

        private EventBlock inOrder(EventBlock block) {
            if (count > 0 && block.sequence() != last + 1 && !(block.sequence() > last && block.startsWithGap())) {
                throw new IllegalArgumentException("block %d follows block %d".formatted(block.sequence(), last));
            }
            last = block.sequence();
            complete = endsEngine(block);
            count++;
            return block;
        }

        Outcome outcome() {
            return new Outcome(count, complete && start == size, size - start, endReason);
        }
    }

    private Outcome read(FileChannel channel, EventSubscriber... subscribers) throws IOException {
        Walk walk = new Walk(channel);
        while (true) {
            Optional<EventBlock> block;
            try {
                block = walk.next();
            } catch (IllegalArgumentException e) {
                throw Errors.eventLogDamaged(file, walk.start, String.valueOf(e.getMessage()));
            }
            if (block.isEmpty()) {
                return walk.outcome();
            }
            for (EventSubscriber subscriber : subscribers) {
                subscriber.accept(block.get());
            }
        }
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
