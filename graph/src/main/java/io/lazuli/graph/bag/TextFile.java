package io.lazuli.graph.bag;

import io.lazuli.graph.file.GzipInput;
import io.lazuli.graph.file.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Locale;

/// A text file as it was when the bag was built.
record TextFile(SourceFile file) {
    /// The files that a user means by `pattern`, see [SourceFile#find].
    static List<TextFile> find(String pattern) {
        return SourceFile.find(pattern, "").stream().map(TextFile::new).toList();
    }

    String path() {
        return file.path();
    }

    long byteSize() {
        return file.byteSize();
    }

    /// True if it is compressed by gzip, as its name says: then it can only be read from its beginning.
    boolean isGzip() {
        return path().toLowerCase(Locale.ROOT).endsWith(".gz");
    }

    /// The text from byte `offset` on; 0 for a compressed file. Errors: those of [SourceFile#open].
    ///
    /// Ownership: the caller closes it.
    InputStream open(long offset) throws IOException {
        FileChannel channel = file.open();
        try {
            InputStream bytes = Channels.newInputStream(channel.position(offset));
            return isGzip() ? new GzipInput(bytes) : bytes;
        } catch (Throwable e) {
            channel.close();
            throw e;
        }
    }
}
