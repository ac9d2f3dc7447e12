package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.graph.error.GraphErrors;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.file.SourceFile;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/// Reads the footers of files.
///
/// ```
///   PAR1 | row groups | page indexes | footer | length of the footer | PAR1
/// ```
final class Footers {
    static final String MAGIC = "PAR1";
    static final int TAIL = 8;

    private static final String ENCRYPTED = "PARE";
    /// A footer of ten thousand columns and as many row groups as one has patience for is shorter.
    private static final int LONGEST = 48 << 20;

    private Footers() {}

    /// Errors: DATA if the file is not Parquet; RESOURCE if it cannot be opened.
    static ParquetFile read(SourceFile file) {
        byte[] footer = bytes(file);
        try {
            ThriftReader in = new ThriftReader(MemorySegment.ofArray(footer), 0, footer.length);
            return new FooterReader(file, in).read();
        } catch (LazuliException e) {
            throw e;
        } catch (RuntimeException e) {
            throw Errors.notParquet(file.path(), e);
        }
    }

    private static byte[] bytes(SourceFile file) {
        try (FileChannel channel = file.open()) {
            if (file.byteSize() < TAIL + MAGIC.length()) {
                throw Errors.notParquet(file.path(), new IOException("it has only " + file.byteSize() + " bytes"));
            }
            ByteBuffer tail =
                    ByteBuffer.wrap(read(channel, file.byteSize() - TAIL, TAIL)).order(ByteOrder.LITTLE_ENDIAN);
            String magic = new String(tail.array(), 4, 4, StandardCharsets.ISO_8859_1);
            int length = tail.getInt(0);
            if (magic.equals(ENCRYPTED)) {
                throw ParquetErrors.encryptedFooter(file.path());
            }
            if (!magic.equals(MAGIC) || length < 0 || length > file.byteSize() - TAIL - MAGIC.length()) {
                throw Errors.notParquet(file.path(),
                        new IOException("it does not end in a footer and '" + MAGIC + "'"));
            }
            if (length > LONGEST) {
                throw Errors.notParquet(file.path(), new IOException(
                        "its footer says it has %,d bytes, %,d is the most".formatted(length, LONGEST)));
            }
            return read(channel, file.byteSize() - TAIL - length, length);
        } catch (IOException e) {
            throw GraphErrors.unreadableFile(file.path(), e);
        }
    }

    /// Some bytes of a file, all of them.
    static byte[] read(FileChannel channel, long offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, offset + bytes.position()) < 0) {
                throw new EOFException("the file was cut off while it was read");
            }
        }
        return bytes.array();
    }
}
