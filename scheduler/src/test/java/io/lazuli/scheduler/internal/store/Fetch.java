package io.lazuli.scheduler.internal.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/// The ways of an exported result into another store.
enum Fetch {
    /// By a path on the same host.
    MAPPED,
    /// In pieces, from another host.
    RECEIVED;

    private static final int LARGEST_PIECE = 20_000;

    /// What is small comes inline, whatever the way. Ownership: the caller has the only hold.
    StoredResult fetch(ExportedResult.Form form, ResultCopies copies, ResultCopies.Wanted wanted) {
        return switch (form) {
            case ExportedResult.Inline(byte[] bytes) -> copies.read(wanted, bytes);
            case ExportedResult.InFile(Path path, long bytes, long _) ->
                this == MAPPED ? copies.map(wanted, path) : receive(path, bytes, copies, wanted);
        };
    }

    private static StoredResult receive(Path path, long bytes, ResultCopies copies, ResultCopies.Wanted wanted) {
        try (IncomingFile incoming = copies.receive(wanted, bytes)) {
            byte[] sent = Files.readAllBytes(path);
            Random random = new Random(bytes);
            for (int at = 0; at < sent.length;) {
                int length = Math.min(random.nextInt(LARGEST_PIECE), sent.length - at);
                incoming.write(ByteBuffer.wrap(sent, at, length));
                at += length;
            }
            return incoming.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
