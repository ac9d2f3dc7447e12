package io.lazuli.scheduler.internal.code;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What a bundle is by content: the SHA-256 of its bytes, in hexadecimal.
public record CodeHash(String hex) {
    private static final int DIGITS = 64;
    private static final int CHUNK_BYTES = 1 << 16;

    public CodeHash {
        if (hex.length() != DIGITS || hex.chars().anyMatch(c -> "0123456789abcdef".indexOf(c) < 0)) {
            throw new IllegalArgumentException("'" + hex + "' is no SHA-256 of " + DIGITS + " hexadecimal digits");
        }
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// The hash of what `digest` was given.
    static CodeHash of(MessageDigest digest) {
        return new CodeHash(HexFormat.of().formatHex(digest.digest()));
    }

    /// The hash of all that is left in `bytes`, which it does not close.
    static CodeHash of(InputStream bytes) throws IOException {
        MessageDigest digest = digest();
        byte[] chunk = new byte[CHUNK_BYTES];
        for (int count = bytes.read(chunk); count >= 0; count = bytes.read(chunk)) {
            digest.update(chunk, 0, count);
        }
        return of(digest);
    }

    @Override
    public String toString() {
        return hex.substring(0, 12);
    }
}
