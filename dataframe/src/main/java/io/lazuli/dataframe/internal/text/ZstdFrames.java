package io.lazuli.dataframe.internal.text;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/// Walks over the frames of a Zstandard file by their headers. The library takes a file that is cut off within a frame for one that
/// ends, if no text of that frame has come out yet; its rows would be lost without a word.
///
/// ```
///   frame  magic | flags | [window] [dictionary] [content size] | block ... | [checksum]
///   block  3 bytes: is last, type, size | bytes
/// ```
///
/// Source: RFC 8878, Zstandard Compression and the application/zstd Media Type.
final class ZstdFrames {
    private static final int MAGIC = 0xFD2FB528;
    private static final int SKIPPABLE_MAGIC = 0x184D2A50;
    private static final int[] DICTIONARY_BYTES = {0, 1, 2, 4};
    private static final int REPEATED_BYTE = 1;

    private final FileChannel channel;
    private final long end;
    private final ByteBuffer word = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);

    private ZstdFrames(FileChannel channel, long end) {
        this.channel = channel;
        this.end = end;
    }

    /// Errors: IOException if the file does not end where a frame does. Cost: one small read for each block, which is up to 128
    /// KiB of text.
    static void check(FileChannel channel) throws IOException {
        ZstdFrames frames = new ZstdFrames(channel, channel.size());
        long at = 0;
        while (at < frames.end) {
            at = frames.endOfFrame(at);
        }
        frames.require(at);
    }

    private long endOfFrame(long at) throws IOException {
        int magic = int32(at);
        if ((magic & ~0xF) == SKIPPABLE_MAGIC) {
            return at + 8 + (int32(at + 4) & 0xFFFFFFFFL);
        }
        if (magic != MAGIC) {
            throw new EOFException("what follows a frame is cut off, or no frame");
        }
        int flags = int32(at + 4);
        long block = at + 5 + headerBytes(flags);
        boolean isLast = false;
        while (!isLast) {
            require(block + 3);
            int header = int32(block) & 0xFFFFFF;
            isLast = (header & 1) != 0;
            boolean isRepeated = (header >>> 1 & 3) == REPEATED_BYTE;
            block += 3 + (isRepeated ? 1 : header >>> 3);
        }
        boolean hasChecksum = (flags & 4) != 0;
        return block + (hasChecksum ? 4 : 0);
    }

    /// Of window, dictionary and content size.
    private static int headerBytes(int flags) {
        boolean isSingle = (flags & 0x20) != 0;
        int contentFlag = flags >>> 6 & 3;
        int contentBytes = contentFlag == 0 ? isSingle ? 1 : 0 : 1 << contentFlag;
        return (isSingle ? 0 : 1) + DICTIONARY_BYTES[flags & 3] + contentBytes;
    }

    private void require(long position) throws IOException {
        if (position > end) {
            throw new EOFException("its last frame is cut off");
        }
    }

    /// Bytes beyond the end are zero.
    private int int32(long at) throws IOException {
        word.clear().putInt(0, 0);
        while (word.hasRemaining() && channel.read(word, at + word.position()) >= 0) {
            // four bytes, or all that there are
        }
        return word.getInt(0);
    }
}
