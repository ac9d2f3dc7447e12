package io.lazuli.graph.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/// Decompresses a gzip file to its last byte. It consists of members, one after the other; zeros may follow, with which tapes
/// and disks fill up blocks.
///
/// ```
///   member  1F 8B 08 | flags | 6 bytes | [extra] [name] [comment] [checksum] | deflated text | CRC32 | length
/// ```
///
/// Java's own stream takes anything that does not begin like a member for the end of the file, so that one damaged byte loses all
/// rows behind it without a word. Here it is an error.
///
/// Errors: ZipException or EOFException where the file is damaged or cut off, from the constructor on.
///
/// Source: RFC 1952, GZIP file format specification version 4.3.
public final class GzipInput extends InputStream {
    private static final int MAGIC = 0x8B1F;
    private static final int DEFLATED = 8;
    private static final int HAS_CHECKSUM = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;
    private static final int PIECE = 64 << 10;

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] piece = new byte[PIECE];
    /// What of `piece` was read from the file and not taken yet.
    private int from;
    private int to;
    private boolean isAtEnd;

    /// Ownership: takes over `in`.
    public GzipInput(InputStream in) throws IOException {
        this.in = in;
        header(next(), "it does not begin as gzip files do");
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (!isAtEnd && length > 0) {
            int count = inflate(target, offset, length);
            if (count > 0) {
                checksum.update(target, offset, count);
                return count;
            }
            if (inflater.finished()) {
                endMember();
            } else {
                require(!inflater.needsDictionary(), "it needs a dictionary");
                fill();
                inflater.setInput(piece, 0, to);
            }
        }
        return isAtEnd ? -1 : 0;
    }

    private int inflate(byte[] target, int offset, int length) throws IOException {
        try {
            return inflater.inflate(target, offset, length);
        } catch (DataFormatException e) {
            throw new ZipException(String.valueOf(e.getMessage()));
        }
    }

    private void endMember() throws IOException {
        from = to - inflater.getRemaining();
        require(int32() == (int) checksum.getValue(), "its text does not match its checksum");
        require(int32() == (int) inflater.getBytesWritten(), "its text does not have the length that it says");
        int first = nextOrEnd();
        while (first == 0) {
            first = nextOrEnd();
        }
        if (first < 0) {
            isAtEnd = true;
        } else {
            header(first, "what follows is neither text nor another gzip member");
        }
    }

    private void header(int first, String problem) throws IOException {
        boolean isMember = first == (MAGIC & 0xFF) && next() == MAGIC >>> 8;
        require(isMember, problem);
        require(next() == DEFLATED, "it is compressed by an unknown method");
        int flags = next();
        skip(6);
        if ((flags & HAS_EXTRA) != 0) {
            skip(next() | next() << 8);
        }
        if ((flags & HAS_NAME) != 0) {
            skipText();
        }
        if ((flags & HAS_COMMENT) != 0) {
            skipText();
        }
        if ((flags & HAS_CHECKSUM) != 0) {
            skip(2);
        }
        inflater.reset();
        inflater.setInput(piece, from, to - from);
        checksum.reset();
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            next();
        }
    }

    private void skipText() throws IOException {
        int character = next();
        while (character != 0) {
            character = next();
        }
    }

    private int int32() throws IOException {
        return next() | next() << 8 | next() << 16 | next() << 24;
    }

    private int next() throws IOException {
        int next = nextOrEnd();
        if (next < 0) {
            throw new EOFException("it ends too early");
        }
        return next;
    }

    private int nextOrEnd() throws IOException {
        if (from == to) {
            from = 0;
            to = Math.max(0, in.read(piece));
        }
        return from < to ? piece[from++] & 0xFF : -1;
    }

    /// Reads the next piece, all of which is to be inflated.
    private void fill() throws IOException {
        to = in.read(piece);
        if (to < 0) {
            throw new EOFException("it ends too early");
        }
        from = to;
    }

    private static void require(boolean holds, String problem) throws IOException {
        if (!holds) {
            throw new ZipException(problem);
        }
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
