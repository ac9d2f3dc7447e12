package io.lazuli.dataframe.internal.text;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import io.lazuli.dataframe.internal.TextErrors;
import io.lazuli.graph.file.GzipInput;
import io.lazuli.graph.file.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.GZIPOutputStream;

/// How a text file is compressed. Found by its first bytes when it is read, by its name when it is written.
///
/// Decompression is a stream: what it holds does not depend on what a file claims to contain. Both forms may be
/// concatenated, so pieces can be compressed apart.
public enum Compression {
    NONE,
    GZIP,
    ZSTD;

    private static final int GZIP_MAGIC = 0x8B1F;
    private static final int ZSTD_MAGIC = 0xFD2FB528;
    private static final int ZSTD_LEVEL = 3;
    /// The window of Zstandard that is still accepted, 32 MiB: it is what a stream must remember.
    private static final int ZSTD_WINDOW_LOG = 25;
    private static final int BUFFER = 64 << 10;

    /// By the end of the name: `.gz` or `.zst`.
    public static Compression ofName(String path) {
        if (path.endsWith(".gz")) {
            return GZIP;
        }
        return path.endsWith(".zst") ? ZSTD : NONE;
    }

    /// By the first bytes of a file.
    static Compression of(FileChannel channel) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(4);
        while (head.hasRemaining() && channel.read(head, head.position()) >= 0) {
            // four bytes, or all that there are
        }
        int magic = Integer.reverseBytes(head.getInt(0));
        if (magic == ZSTD_MAGIC) {
            return ZSTD;
        }
        return (magic & 0xFFFF) == GZIP_MAGIC ? GZIP : NONE;
    }

    /// As [#of(FileChannel)]. Errors: those of [SourceFile#open].
    public static Compression of(SourceFile file) {
        try (FileChannel channel = file.open()) {
            return of(channel);
        } catch (IOException e) {
            throw TextErrors.unreadable(file.path(), e);
        }
    }

    InputStream decompressed(InputStream bytes) throws IOException {
        return switch (this) {
            case NONE -> bytes;
            case GZIP -> new GzipInput(bytes);
            case ZSTD -> new ZstdInputStream(bytes).setLongMax(ZSTD_WINDOW_LOG);
        };
    }

    OutputStream compressed(OutputStream bytes) throws IOException {
        return switch (this) {
            case NONE -> bytes;
            case GZIP -> new GZIPOutputStream(bytes, BUFFER);
            case ZSTD -> new ZstdOutputStream(bytes, ZSTD_LEVEL);
        };
    }
}
