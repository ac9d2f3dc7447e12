package io.lazuli.dataframe.internal.source;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.util.zip.GZIPInputStream;

/// How long compressed data is when decompressed, found out by doing it to nowhere. For data that claims to be [#LARGE]: it is
/// decompressed twice, so that a wrong claim does not cost the memory for it.
public final class PlainSize {
    /// More bytes than a page or buffer mostly has, and few enough to be allocated on a mere claim.
    public static final int LARGE = 16 << 20;

    /// The window of Zstandard that is still accepted, 32 MiB: it is what a stream must remember.
    private static final int ZSTD_WINDOW_LOG = 25;
    private static final int PIECE = 64 << 10;

    private PlainSize() {}

    /// Stops counting where there is more than `most`. Errors: IOException if the data is damaged.
    public static long ofZstd(MemorySegment from, long byteSize, long most) throws IOException {
        try (InputStream plain = new ZstdInputStreamNoFinalizer(new SegmentInput(from, byteSize))
                .setLongMax(ZSTD_WINDOW_LOG)) {
            return count(plain, most);
        }
    }

    /// As [#ofZstd].
    public static long ofGzip(MemorySegment from, long byteSize, long most) throws IOException {
        try (InputStream plain = new GZIPInputStream(new SegmentInput(from, byteSize), PIECE)) {
            return count(plain, most);
        }
    }

    private static long count(InputStream plain, long most) throws IOException {
        byte[] piece = new byte[PIECE];
        long size = 0;
        for (int count = 0; count >= 0 && size <= most; count = plain.read(piece)) {
            size += count;
        }
        return size;
    }
}
