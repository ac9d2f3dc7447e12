package io.lazuli.dataframe.internal.parquet;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.xerial.snappy.Snappy;

/// Decompresses pages, where it can from native memory to native memory.
final class Decompressor {
    private Decompressor() {}

    /// Fills exactly `plainSize` bytes of `to` from the first `byteSize` of `from`.
    static void decompress(Codec codec, MemorySegment from, int byteSize, MemorySegment to, int plainSize)
            throws IOException {
        switch (codec) {
            case UNCOMPRESSED -> copy(from, byteSize, to, plainSize);
            case SNAPPY -> snappy(from, byteSize, to, plainSize);
            case ZSTD -> zstd(from, byteSize, to, plainSize);
            case GZIP -> gzip(from, byteSize, to, plainSize);
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

    private static void gzip(MemorySegment from, int byteSize, MemorySegment to, int plainSize) throws IOException {
        ByteBuffer source = from.asSlice(0, byteSize).asByteBuffer();
        byte[] piece = new byte[Math.min(plainSize, 1 << 16)];
        try (InputStream plain = new GZIPInputStream(ByteBufferInputStream.wrap(source), 1 << 16)) {
            for (int done = 0; done < plainSize; ) {
                int count = plain.read(piece, 0, Math.min(piece.length, plainSize - done));
                if (count < 0) {
                    check(done, plainSize);
                }
                MemorySegment.copy(MemorySegment.ofArray(piece), 0, to, done, count);
                done += count;
            }
        }
    }

    private static void check(long found, long expected) throws IOException {
        if (found != expected) {
            throw new IOException("a page has " + found + " bytes where its header says " + expected);
        }
    }
}
