package io.lazuli.scheduler.internal.cluster;

import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.code.Bundle;
import io.lazuli.scheduler.internal.code.BundleChunks;
import io.lazuli.scheduler.internal.code.CodeHash;
import io.lazuli.scheduler.internal.wire.CodePiece;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/// Bundles in pieces.
final class CodePieces {
    private CodePieces() {}

    /// Errors: RESOURCE if it cannot be read.
    static void of(Bundle bundle, Consumer<CodePiece> pieces) {
        try (BundleChunks chunks = bundle.chunks()) {
            send(bundle.hash(), bundle.bytes(), chunks, pieces);
        } catch (IOException e) {
            throw Errors.unreadableCode(e);
        }
    }

    /// Errors: RESOURCE if it cannot be read.
    static void of(CodeHash hash, Path file, Consumer<CodePiece> pieces) {
        try (InputStream bytes = Files.newInputStream(file); BundleChunks chunks = BundleChunks.of(bytes)) {
            send(hash, Files.size(file), chunks, pieces);
        } catch (IOException e) {
            throw Errors.unreadableCode(e);
        }
    }

    private static void send(CodeHash hash, long length, BundleChunks chunks, Consumer<CodePiece> pieces) {
        do {
            byte[] bytes = chunks.hasNext() ? chunks.next() : new byte[0];
            pieces.accept(new CodePiece(hash.hex(), length, bytes, !chunks.hasNext()));
        } while (chunks.hasNext());
    }
}
