package io.lazuli.scheduler.internal.code;

import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import java.util.TreeMap;

/// Some code of several pieces, which can be announced as what it is not.
public final class ForgedBundle {
    private final CodeRoot root;

    /// @param bytes that cannot be compressed
    public ForgedBundle(int bytes) {
        TreeMap<String, byte[]> files = new TreeMap<>();
        byte[] content = new byte[bytes];
        new Random(7).nextBytes(content);
        files.put("app/code.bin", content);
        root = new CodeRoot.Loose(files);
    }

    /// What it is.
    public CodeHash hash() throws IOException {
        try (InputStream bytes = root.open()) {
            return CodeHash.of(bytes);
        }
    }

    public long length() throws IOException {
        try (InputStream bytes = root.open()) {
            return bytes.readAllBytes().length;
        }
    }

    public Bundle announcedAs(CodeHash hash, long bytes) {
        return new Bundle(hash, "code.jar", bytes, root);
    }
}
