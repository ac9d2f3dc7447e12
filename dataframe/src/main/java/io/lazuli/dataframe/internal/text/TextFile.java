package io.lazuli.dataframe.internal.text;

import io.lazuli.dataframe.internal.TextErrors;
import io.lazuli.graph.file.SourceFile;
import java.io.IOException;

/// A file of text records as it was when the plan was built.
///
/// @param isLatin   whether its bytes are ISO 8859-1 instead of UTF-8
/// @param dataStart where its first record starts, in its decompressed UTF-8 bytes
/// @param lineEnd   what ends its lines: LF, or CR where that stands alone
public record TextFile(SourceFile file, Compression compression, boolean isLatin, long dataStart, byte lineEnd) {
    public TextFile(SourceFile file, boolean isLatin) {
        this(file, Compression.of(file), isLatin, 0, (byte) '\n');
    }

    public TextFile withRecords(long dataStart, byte lineEnd) {
        return new TextFile(file, compression, isLatin, dataStart, lineEnd);
    }

    public String path() {
        return file.path();
    }

    /// Whether any byte of it can be read without those before.
    public boolean isSeekable() {
        return compression == Compression.NONE && !isLatin;
    }

    /// Where its bytes end, if that is known.
    public long end() {
        return isSeekable() ? file.byteSize() : Long.MAX_VALUE;
    }

    /// About how many bytes it has when it is read.
    public long textBytes() {
        return compression == Compression.NONE ? file.byteSize() : 4 * file.byteSize();
    }

    /// Its first bytes, at most `limit`.
    public byte[] head(int limit) {
        try (TextInput input = open(0, end())) {
            return input.readUpTo(limit);
        } catch (IOException e) {
            throw TextErrors.unreadable(path(), e);
        }
    }

    /// The bytes from `start` up to `end`. Errors: those of [SourceFile#open]; DATA if it is not compressed as it says.
    ///
    /// Ownership: the caller closes it.
    public TextInput open(long start, long end) {
        return TextInput.open(this, start, end);
    }
}
