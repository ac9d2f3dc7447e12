package io.lazuli.dataframe.internal.arrow;

import io.lazuli.dataframe.internal.arrow.SchemaReader.Columns;
import io.lazuli.graph.error.GraphErrors;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.file.SourceFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A file or stream and where its messages are.
///
/// ```
///   stream   [schema] [dictionary | record batch] ... [end]
///   file     ARROW1 | stream | footer | length of the footer | ARROW1
///   message  -1 | length | metadata | body
/// ```
///
/// A file is read as the stream that it contains: its footer tells nothing that the messages do not.
record ArrowFile(SourceFile file, Columns columns, List<Message> messages) {
    static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.ISO_8859_1);

    static final int SCHEMA = 1;
    static final int DICTIONARY = 2;
    static final int RECORDS = 3;

    /// Metadata beyond this size describe nothing that could be read.
    private static final int LONGEST = 32 << 20;
    private static final long MOST_ROWS = Integer.MAX_VALUE;

    ArrowFile {
        messages = List.copyOf(messages);
    }

    /// A dictionary or record batch.
    ///
    /// @param offset     of the metadata in the file
    /// @param bodyOffset of the body
    /// @param dictionary id of the dictionary
    record Message(
            int kind, long offset, int size, long bodyOffset, long bodySize, long rowCount, long dictionary,
            boolean isDelta) {}

    /// The record batches.
    List<Message> batches() {
        return messages.stream().filter(message -> message.kind() == RECORDS).toList();
    }

    /// The batches that make up a dictionary at the time of a record batch: the last whole one and what was added to it.
    List<Message> dictionary(long id, Message batch) {
        List<Message> parts = new ArrayList<>();
        for (Message message : messages.subList(0, messages.indexOf(batch))) {
            if (message.kind() == DICTIONARY && message.dictionary() == id) {
                if (!message.isDelta()) {
                    parts.clear();
                }
                parts.add(message);
            }
        }
        return parts;
    }

    /// Errors: DATA if the file is not Arrow; RESOURCE if it cannot be opened.
    static ArrowFile read(SourceFile file) {
        try (FileChannel channel = file.open()) {
            return new Scan(file, channel).read();
        } catch (LazuliException e) {
            throw e;
        } catch (EOFException | RuntimeException e) {
            throw ArrowErrors.notArrow(file.path(), e);
        } catch (IOException e) {
            throw GraphErrors.unreadableFile(file.path(), e);
        }
    }

    /// Some bytes of a file, all of them.
    static byte[] read(FileChannel channel, long offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, offset + bytes.position()) < 0) {
                throw new EOFException("the file ends at byte " + (offset + bytes.position()) + " within a message");
            }
        }
        return bytes.array();
    }

    /// One walk over the messages of a file.
    private static final class Scan {
        private final SourceFile file;
        private final FileChannel channel;
        private final List<Message> messages = new ArrayList<>();
        private Optional<Columns> columns = Optional.empty();

        Scan(SourceFile file, FileChannel channel) {
            this.file = file;
            this.channel = channel;
        }

        ArrowFile read() throws IOException {
            boolean isFile = file.byteSize() >= 8 && startsWithMagic(read(0, 6));
            long end = isFile ? endOfStream() : file.byteSize();
            long at = isFile ? 8 : 0;
            while (at < end) {
                at = message(at, end);
            }
            Columns found = columns.orElseThrow(() -> new IllegalStateException("it does not begin with a schema"));
            return new ArrowFile(file, found, messages);
        }

        private static boolean startsWithMagic(byte[] bytes) {
            return Arrays.equals(bytes, MAGIC);
        }

        private byte[] read(long offset, int length) throws IOException {
            return ArrowFile.read(channel, offset, length);
        }

        private long endOfStream() throws IOException {
            if (file.byteSize() < 18 || !startsWithMagic(read(file.byteSize() - 6, 6))) {
                throw new IllegalStateException("it does not end in a footer and 'ARROW1'");
            }
            int length = int32(read(file.byteSize() - 10, 4), 0);
            if (length < 0 || length > file.byteSize() - 18) {
                throw new IllegalStateException("its footer is said to have " + length + " bytes");
            }
            return file.byteSize() - 10 - length;
        }

        /// Reads the message at `at`; returns where the next one is, or `end`.
        private long message(long at, long end) throws IOException {
            if (end - at < 8) {
                return end;
            }
            byte[] prefix = read(at, 8);
            boolean isMarked = int32(prefix, 0) == -1;
            int size = int32(prefix, isMarked ? 4 : 0);
            long offset = at + (isMarked ? 8 : 4);
            if (size == 0) {
                return end;
            }
            if (size < 0 || size > end - offset || size > LONGEST) {
                throw new IllegalStateException("the message at byte %d says it has %d bytes".formatted(at, size));
            }
            FlatTable message = FlatTable.root(read(offset, size));
            long body = offset + size;
            long bodySize = message.int64(3);
            if (bodySize < 0 || bodySize > end - body) {
                throw new IllegalStateException(
                        "the body of the message at byte %d says it has %d bytes, %d are left".formatted(at, bodySize,
                                end - body));
            }
            take(message, offset, size, body, bodySize);
            return body + bodySize;
        }

        private void take(FlatTable message, long offset, int size, long body, long bodySize) {
            int kind = message.int8(1);
            if (kind == SCHEMA && columns.isEmpty()) {
                columns = Optional.of(SchemaReader.read(file.path(), message.table(2)));
                return;
            }
            if (kind != DICTIONARY && kind != RECORDS || columns.isEmpty()) {
                throw new IllegalStateException("message %d is of kind %d".formatted(messages.size(), kind));
            }
            FlatTable header = message.table(2);
            FlatTable records = kind == DICTIONARY ? header.table(1) : header;
            long rowCount = records.int64(0);
            if (rowCount < 0 || rowCount > MOST_ROWS) {
                throw new IllegalStateException("message %d has %d rows".formatted(messages.size(), rowCount));
            }
            messages.add(new Message(kind, offset, size, body, bodySize, rowCount,
                    kind == DICTIONARY ? header.int64(0) : -1, kind == DICTIONARY && header.bool(2)));
        }

        private static int int32(byte[] bytes, int at) {
            return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
        }
    }
}
