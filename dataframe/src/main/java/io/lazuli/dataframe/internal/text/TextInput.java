package io.lazuli.dataframe.internal.text;

import io.lazuli.dataframe.internal.TextErrors;
import io.lazuli.dataframe.internal.column.Layouts;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The bytes of a part of a [TextFile], one after the other: decompressed, and as UTF-8.
///
/// Invariant: `position` is that of the next byte, in the file's decompressed UTF-8 bytes.
public final class TextInput implements AutoCloseable {
    private static final int PIECE = 64 << 10;

    private final TextFile file;
    private final FileChannel channel;
    private final long end;
    /// Null where the file can be read at any place.
    private final @Nullable InputStream stream;
    /// What the stream gave last, of which `pieceFrom` up to `pieceTo` are still to be taken.
    private final byte[] piece;
    private int pieceFrom;
    private int pieceTo;
    private long position;
    private boolean isAtEnd;

    private TextInput(TextFile file, FileChannel channel, @Nullable InputStream stream, long end) {
        this.file = file;
        this.channel = channel;
        this.stream = stream;
        this.end = end;
        this.piece = new byte[stream == null ? 0 : PIECE];
    }

    static TextInput open(TextFile file, long start, long end) {
        FileChannel channel = file.file().open();
        try {
            InputStream stream =
                    file.isSeekable() ? null : file.compression().decompressed(Channels.newInputStream(channel));
            TextInput input = new TextInput(file, channel, stream, end);
            input.skipTo(start);
            return input;
        } catch (IOException | RuntimeException e) {
            try (channel) {
                throw e instanceof IOException failed
                        ? TextErrors.notDecompressed(file.path(), file.compression().toString(), 0, failed)
                        : (RuntimeException) e;
            } catch (IOException closing) {
                throw TextErrors.unreadable(file.path(), closing);
            }
        }
    }

    private void skipTo(long start) throws IOException {
        if (stream == null) {
            position = start;
            return;
        }
        byte[] skipped = new byte[PIECE];
        while (position < start && read(MemorySegment.ofArray(skipped), 0, Math.min(PIECE, start - position)) >= 0) {
            // the bytes before the start
        }
    }

    /// Position of the next byte.
    public long position() {
        return position;
    }

    /// Whether there are no more bytes.
    public boolean isAtEnd() {
        return isAtEnd || position >= end;
    }

    /// Reads at least one byte and at most `length` to `offset` of `target`; -1 at the end. Errors: DATA if the file is
    /// shorter than it was, or damaged.
    public long read(MemorySegment target, long offset, long length) throws IOException {
        long wanted = Math.min(length, end - position);
        if (wanted <= 0) {
            return isAtEnd() ? -1 : 0;
        }
        long count = stream == null
                ? channel.read(target.asSlice(offset, wanted).asByteBuffer(), position)
                : readStream(stream, target, offset, wanted);
        if (count > 0) {
            position += count;
        } else if (stream == null) {
            file.file().check();
            throw TextErrors.cutOff(file.path(), position);
        } else {
            checkEnd();
            isAtEnd = true;
        }
        return count;
    }

    private void checkEnd() {
        try {
            if (file.compression() == Compression.ZSTD) {
                ZstdFrames.check(channel);
            }
        } catch (IOException e) {
            throw TextErrors.notDecompressed(file.path(), file.compression().toString(), position, e);
        }
    }

    private long readStream(InputStream bytes, MemorySegment target, long offset, long length) {
        if (pieceFrom == pieceTo && !refill(bytes)) {
            return -1;
        }
        int count = (int) Math.min(length, pieceTo - pieceFrom);
        MemorySegment.copy(piece, pieceFrom, target, Layouts.BYTE, offset, count);
        pieceFrom += count;
        return count;
    }

    private boolean refill(InputStream bytes) {
        try {
            int count = bytes.read(piece, 0, file.isLatin() ? piece.length / 2 : piece.length);
            pieceFrom = 0;
            pieceTo = file.isLatin() ? widen(piece, count) : count;
            return count >= 0;
        } catch (IOException e) {
            throw TextErrors.notDecompressed(file.path(), file.compression().toString(), position, e);
        }
    }

    /// Makes UTF-8 of ISO 8859-1, in which each byte is a character of that number; backwards, so that it can be done in
    /// place.
    private static int widen(byte[] bytes, int count) {
        int high = 0;
        for (int i = 0; i < count; i++) {
            high += bytes[i] < 0 ? 1 : 0;
        }
        int to = count + high;
        for (int i = count - 1; i >= 0; i--) {
            int character = bytes[i] & 0xFF;
            if (character >= 0x80) {
                bytes[--to] = (byte) (0x80 | character & 0x3F);
                bytes[--to] = (byte) (0xC0 | character >>> 6);
            } else {
                bytes[--to] = bytes[i];
            }
        }
        return Math.max(0, count + high);
    }

    /// The next bytes, at most `limit`; fewer only at the end.
    public byte[] readUpTo(int limit) throws IOException {
        byte[] bytes = new byte[(int) Math.min(limit, end - position)];
        MemorySegment target = MemorySegment.ofArray(bytes);
        int size = 0;
        while (size < bytes.length) {
            long count = read(target, size, bytes.length - size);
            if (count < 0) {
                return Arrays.copyOf(bytes, size);
            }
            size += (int) count;
        }
        return bytes;
    }

    /// Errors: DATA if the file was changed since the plan was built.
    public void checkUnchanged() {
        file.file().check();
    }

    @Override
    public void close() {
        try (channel) {
            if (stream != null) {
                stream.close();
            }
        } catch (IOException e) {
            throw TextErrors.unreadable(file.path(), e);
        }
    }
}
