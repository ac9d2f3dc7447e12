package io.lazuli.dataframe.internal.parquet;

import com.github.luben.zstd.Zstd;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.source.Room;
import io.lazuli.dataframe.io.ParquetWriteOptions.Compression;
import io.lazuli.graph.memory.Reservation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.zip.GZIPOutputStream;
import org.xerial.snappy.Snappy;

/// Compresses pages, where it can from native memory to native memory. Holds the last one.
final class PageCompressor implements AutoCloseable {
    private static final int ZSTD_LEVEL = 1;

    private final Compression compression;
    private final Room room;
    private MemorySegment page = MemorySegment.NULL;

    PageCompressor(Compression compression, Reservation memory) {
        this.compression = compression;
        this.room = new Room(memory);
    }

    static Codec codec(Compression compression) {
        return switch (compression) {
            case NONE -> Codec.UNCOMPRESSED;
            case SNAPPY -> Codec.SNAPPY;
            case GZIP -> Codec.GZIP;
            case ZSTD -> Codec.ZSTD;
        };
    }

    /// Compresses the first `size` bytes; returns how many bytes [#page] has then.
    int compress(MemorySegment plain, int size) {
        try {
            return switch (compression) {
                case NONE -> none(plain, size);
                case SNAPPY -> snappy(plain, size);
                case GZIP -> gzip(plain, size);
                case ZSTD -> zstd(plain, size);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ownership: borrowed until the next page.
    MemorySegment page() {
        return page;
    }

    private int none(MemorySegment plain, int size) {
        page = plain;
        return size;
    }

    private int snappy(MemorySegment plain, int size) throws IOException {
        page = room.atLeast(Snappy.maxCompressedLength(size));
        return Math.toIntExact(Snappy.rawCompress(plain.address(), size, page.address()));
    }

    private int zstd(MemorySegment plain, int size) {
        page = room.atLeast(Zstd.compressBound(size));
        return Math.toIntExact(
                Zstd.compressUnsafe(page.address(), page.byteSize(), plain.address(), size, ZSTD_LEVEL));
    }

    private int gzip(MemorySegment plain, int size) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(size / 2 + 64);
        byte[] piece = new byte[Math.min(Math.max(size, 1), 1 << 16)];
        try (GZIPOutputStream out = new GZIPOutputStream(compressed, 1 << 16)) {
            for (int done = 0; done < size; done += piece.length) {
                int count = Math.min(piece.length, size - done);
                MemorySegment.copy(plain, Layouts.BYTE, done, piece, 0, count);
                out.write(piece, 0, count);
            }
        }
        page = MemorySegment.ofArray(compressed.toByteArray());
        return compressed.size();
    }

    @Override
    public void close() {
        room.close();
    }
}
