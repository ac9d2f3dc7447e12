package io.lazuli.dataframe.internal.arrow;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Takes in a stream that can be read but once, so that plans read it in parts and as often as they want: it becomes a temporary
/// file, which goes when no plan refers to the source any more, at the latest with the process.
///
/// ```
///   stream ──▶ temporary file ◀── source ◀── plans
/// ```
public final class ReceivedStream {
    private static final Cleaner CLEANER = Cleaner.create();
    private static final String PREFIX = "lazuli-stream-";

    private ReceivedStream() {}

    /// Errors: RESOURCE if the stream fails or there is no room for it; those of [ArrowSource#open].
    ///
    /// Ownership: `in` is read to its end and left open.
    public static ArrowSource receive(InputStream in) {
        Path file = write(in);
        try {
            ArrowSource found = ArrowSource.open(file.toString());
            ArrowSource source = new ArrowSource("stream", found.files(), found.schema());
            // identity counts: plans pass on this very source
            CLEANER.register(source, () -> delete(file));
            return source;
        } catch (Throwable e) {
            delete(file);
            throw e;
        }
    }

    private static Path write(InputStream in) {
        try {
            Path file = Files.createTempFile(PREFIX, ".arrow");
            file.toFile().deleteOnExit();
            try {
                Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
                return file;
            } catch (Throwable e) {
                delete(file);
                throw e;
            }
        } catch (IOException e) {
            throw ArrowErrors.notReceived(System.getProperty("java.io.tmpdir"), e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
