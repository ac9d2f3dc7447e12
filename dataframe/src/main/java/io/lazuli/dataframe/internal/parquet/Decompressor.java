package io.lazuli.dataframe.internal.parquet;

import com.github.luben.zstd.Zstd;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.source.PlainSize;
import io.lazuli.dataframe.internal.source.SegmentInput;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.util.zip.GZIPInputStream;
import org.xerial.snappy.Snappy;

/// Decompresses pages, where it can from native memory to native memory.
final class Decompressor {
    private Decompressor() {}

    /// Finds out that a page has another size than its header claims, before anything is allocated for it: where the compressed
    /// form says its size, and where the claim is large.
    static void check(Codec codec, MemorySegment from, int byteSize, int plainSize) throws IOException {
        checkSaid(codec, from, byteSize, plainSize);
        if (plainSize > PlainSize.LARGE) {
            checkFound(codec, from, byteSize, plainSize);
        }
    }

    private static void checkFound(Codec codec, MemorySegment from, int byteSize, int plainSize) throws IOException {
        switch (codec) {
            case UNCOMPRESSED -> {}
            case SNAPPY -> {
                if (!Snappy.isValidCompressedBuffer(from.address(), 0, byteSize)) {
                    throw new IOException("a page does not decompress");
                }
            }
            case ZSTD -> check(PlainSize.ofZstd(from, byteSize, plainSize), plainSize);
            case GZIP -> check(PlainSize.ofGzip(from, byteSize, plainSize), plainSize);
            case LZ4 -> lz4(from, byteSize, MemorySegment.NULL, plainSize);
            case LZ4_RAW -> check(Lz4Block.decompress(from, byteSize, MemorySegment.NULL, plainSize), plainSize);
        }
    }

    private static void checkSaid(Codec codec, MemorySegment from, int byteSize, int plainSize) throws IOException {
        switch (codec) {
            case UNCOMPRESSED -> check(byteSize, plainSize);
            case SNAPPY -> check(Snappy.uncompressedLength(from.address(), byteSize), plainSize);
            case ZSTD -> {
                long size = Zstd.getFrameContentSize(from.asSlice(0, byteSize).asByteBuffer());
                check(size > 0 ? size : plainSize, plainSize);
            }
            case GZIP, LZ4, LZ4_RAW -> {}
        }
    }

    /// Fills exactly `plainSize` bytes of `to` from the first `byteSize` of `from`.
    static void decompress(Codec codec, MemorySegment from, int byteSize, MemorySegment to, int plainSize)
            throws IOException {
        switch (codec) {
            case UNCOMPRESSED -> copy(from, byteSize, to, plainSize);
            case SNAPPY -> snappy(from, byteSize, to, plainSize);
            case ZSTD -> zstd(from, byteSize, to, plainSize);
            case GZIP -> gzip(from, byteSize, to, plainSize);
            case LZ4 -> lz4(from, byteSize, to, plainSize);
            case LZ4_RAW -> check(Lz4Block.decompress(from, byteSize, to, plainSize), plainSize);
        }
    }

    private static void copy(MemorySegment from, int byteSize, MemorySegment to, int plainSize) throws IOException {
        check(byteSize, plainSize);
        MemorySegment.copy(from, 0, to, 0, plainSize);
    }

    /// The size that the data claims is checked first: native code writes that many bytes, whatever the target holds.
    private static void snappy(MemorySegment from, int byteSize, MemorySegment to, int plainSize) throws IOException {
        check(Snappy.uncompressedLength(from.address(), byteSize), plainSize);
        check(Snappy.rawUncompress(from.address(), byteSize, to.address()), plainSize);
    }

    private static void zstd(MemorySegment from, int byteSize, MemorySegment to, int plainSize) throws IOException {
        long size = Zstd.decompressUnsafe(to.address(), plainSize, from.address(), byteSize);
        if (Zstd.isError(size)) {
            throw new IOException("a page does not decompress: " + Zstd.getErrorName(size));
        }
        check(size, plainSize);
    }

    /// To nowhere if `to` is NULL. Hadoop's framing is pairs of sizes, plain and compressed, big endian, each with a block. What does not look like that
    /// is taken for one bare block.
    private static void lz4(MemorySegment from, int byteSize, MemorySegment to, int plainSize) throws IOException {
        if (!isFramed(from, byteSize, plainSize)) {
            check(Lz4Block.decompress(from, byteSize, to, plainSize), plainSize);
            return;
        }
        long done = 0;
        for (long at = 0; at < byteSize;) {
            int plain = Integer.reverseBytes(from.get(Layouts.INT, at));
            int size = Integer.reverseBytes(from.get(Layouts.INT, at + 4));
            MemorySegment block = to == MemorySegment.NULL ? to : to.asSlice(done);
            check(Lz4Block.decompress(from.asSlice(at + 8), size, block, plain), plain);
            done += plain;
            at += 8 + size;
        }
    }

    private static boolean isFramed(MemorySegment from, int byteSize, int plainSize) {
        long done = 0;
        long at = 0;
        while (byteSize - at >= 8) {
            int plain = Integer.reverseBytes(from.get(Layouts.INT, at));
            int size = Integer.reverseBytes(from.get(Layouts.INT, at + 4));
            if (plain < 0 || size <= 0) {
                return false;
            }
            done += plain;
            at += 8L + size;
        }
        return at == byteSize && done == plainSize;
    }

    private static void gzip(MemorySegment from, int byteSize, MemorySegment to, int plainSize) throws IOException {
        byte[] piece = new byte[Math.min(plainSize, 1 << 16)];
        try (InputStream plain = new GZIPInputStream(new SegmentInput(from, byteSize), 1 << 16)) {
            for (int done = 0; done < plainSize; ) {
                int count = plain.read(piece, 0, Math.min(piece.length, plainSize - done));
                if (count < 0) {
                    check(done, plainSize);
                }
                MemorySegment.copy(MemorySegment.ofArray(piece), 0, to, done, count);
                done += count;
            }
            // reads on to the checksum behind the last byte
            check(plainSize + (plain.read() < 0 ? 0 : 1L), plainSize);
        }
    }

    private static void check(long found, long expected) throws IOException {
        if (found != expected) {
            throw new IOException("a page has " + found + " bytes where its header says " + expected);
        }
    }
}
