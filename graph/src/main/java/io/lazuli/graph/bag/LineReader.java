package io.lazuli.graph.bag;

import io.lazuli.graph.error.GraphErrors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads the lines of one split. A line ends with `\n` or `\r\n` or with the file; a file that ends with a line break has no
/// empty line after it. A byte order mark at the beginning of a file is left out.
///
/// A line belongs to the split in which its first byte lies. So a split that does not begin with the file starts reading one
/// byte early and drops everything up to the first line break, and each reads on beyond its end to the end of its last line.
final class LineReader implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int MOST_LINE_BYTES = 1 << 30;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    /// What the fast decoder puts in place of malformed bytes; texts may also contain it.
    private static final char REPLACEMENT = '\uFFFD';

    private final TextSplit split;
    private final InputStream in;
    private final Runnable atRead;
    private byte[] buffer = new byte[BUFFER_BYTES];
    /// Bytes from `from` to before `to` have been read and belong to no line yet.
    private int from;
    private int to;
    /// Where in the text the byte at `from` is.
    private long offset;

    private LineReader(TextSplit split, InputStream in, long offset, Runnable atRead) {
        this.split = split;
        this.in = in;
        this.offset = offset;
        this.atRead = atRead;
    }

    /// Ownership: the caller closes it. `atRead` is run whenever the file is read. Errors: those of [TextFile#open].
    static LineReader open(TextSplit split, Runnable atRead) throws IOException {
        long first = Math.max(0, split.start() - 1);
        LineReader reader = new LineReader(split, split.file().open(first), first, atRead);
        try {
            if (split.start() == 0) {
                reader.skipByteOrderMark();
            } else {
                reader.skipLine();
            }
            return reader;
        } catch (Throwable e) {
            reader.close();
            throw e;
        }
    }

    private void skipByteOrderMark() throws IOException {
        boolean hasMore = true;
        while (to < BYTE_ORDER_MARK.length && hasMore) {
            hasMore = fill();
        }
        if (Arrays.equals(buffer, 0, Math.min(to, BYTE_ORDER_MARK.length), BYTE_ORDER_MARK, 0,
                BYTE_ORDER_MARK.length)) {
            drop(BYTE_ORDER_MARK.length);
        }
    }

    /// Drops everything to the next line break, or at least to the end of the split.
    private void skipLine() throws IOException {
        boolean hasMore = fill();
        while (hasMore && offset < split.end()) {
            int end = findLineBreak(from);
            drop((end < 0 ? to : end + 1) - from);
            hasMore = end < 0 && fill();
        }
    }

    /// The next line, or null after the last. Errors: DATA if it is not UTF-8.
    @Nullable
    String next() throws IOException {
        if (offset >= split.end()) {
            return null;
        }
        int end = findLineBreak(from);
        while (end < 0) {
            int searched = to - from;
            if (!fill()) {
                return from == to ? null : take(to, to);
            }
            end = findLineBreak(from + searched);
        }
        return take(end > from && buffer[end - 1] == '\r' ? end - 1 : end, end + 1);
    }

    /// Where in the buffer the next line break is; negative if there is none from `index` on.
    private int findLineBreak(int index) {
        for (int i = index; i < to; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /// The text before `end`; goes on at `next`.
    private String take(int end, int next) {
        String line = new String(buffer, from, end - from, StandardCharsets.UTF_8);
        if (line.indexOf(REPLACEMENT) >= 0) {
            checkWellFormed(end);
        }
        drop(next - from);
        return line;
    }

    private void checkWellFormed(int end) {
        ByteBuffer bytes = ByteBuffer.wrap(buffer, from, end - from);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        if (decoder.decode(bytes, CharBuffer.allocate(end - from), true).isError()) {
            long at = offset + bytes.position() - from;
            throw GraphErrors.malformedText(split.file().path(), at, bytes.get(bytes.position()));
        }
    }

    private void drop(int count) {
        from += count;
        offset += count;
    }

    /// Reads more bytes; returns false at the end of the text.
    private boolean fill() throws IOException {
        atRead.run();
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        }
        if (to == buffer.length) {
            if (to >= MOST_LINE_BYTES) {
                throw GraphErrors.lineTooLong(split.file().path(), offset, MOST_LINE_BYTES);
            }
            buffer = Arrays.copyOf(buffer, to * 2);
        }
        int count = in.read(buffer, to, buffer.length - to);
        to += Math.max(0, count);
        return count >= 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
