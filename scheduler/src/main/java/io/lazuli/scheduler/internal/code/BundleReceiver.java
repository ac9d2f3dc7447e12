package io.lazuli.scheduler.internal.code;

import io.lazuli.scheduler.internal.Errors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/// Puts the chunks of one bundle together and gives it to the store if it is what it was announced as, by length and hash.
/// Whatever else arrived is deleted. For use by one thread at a time.
///
/// ```java
/// try (BundleReceiver receiver = lease.receive(hash, bytes)) {
///     chunks.forEachRemaining(receiver::accept);
///     receiver.complete();
/// }
/// ```
public final class BundleReceiver implements AutoCloseable {
    private final CodeStore store;
    private final CodeHash hash;
    private final long bytes;
    private final Path part;
    private final FileChannel file;
    private final MessageDigest digest = CodeHash.digest();
    private long received;
    /// The store has the file, or it is gone.
    private boolean isDone;

    BundleReceiver(CodeStore store, CodeHash hash, long bytes, Path part) throws IOException {
        this.store = store;
        this.hash = hash;
        this.bytes = bytes;
        this.part = part;
        this.file = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /// The next chunk. **Errors**: DATA if there is more than was announced; RESOURCE if it cannot be written.
    public void accept(byte[] chunk) {
        if (chunk.length > bytes - received) {
            throw Errors.codeDamaged(hash.hex(), "more than the %,d bytes that were announced".formatted(bytes));
        }
        digest.update(chunk);
        ByteBuffer rest = ByteBuffer.wrap(chunk);
        try {
            while (rest.hasRemaining()) {
                file.write(rest);
            }
        } catch (IOException e) {
            throw Errors.unreadableCode(e);
        }
        received += chunk.length;
    }

    /// All chunks have arrived. **Errors**: DATA if they are not the bundle; RESOURCE if it cannot be written.
    public void complete() {
        if (received < bytes) {
            throw Errors.codeDamaged(hash.hex(), "%,d of %,d bytes".formatted(received, bytes));
        }
        CodeHash found = CodeHash.of(digest);
        if (!found.equals(hash)) {
            throw Errors.codeDamaged(hash.hex(), "bytes of the hash " + found.hex());
        }
        try {
            file.close();
            store.arrived(hash, bytes, part);
            isDone = true;
        } catch (IOException e) {
            throw Errors.unreadableCode(e);
        }
    }

    /// Deletes what has arrived, unless it was [completed][#complete].
    @Override
    public void close() {
        if (!isDone) {
            isDone = true;
            try {
                file.close();
            } catch (IOException e) {
                part.toFile().deleteOnExit(); // whatever is left of it goes with the directory
            }
            store.drop(part, bytes);
        }
    }
}
