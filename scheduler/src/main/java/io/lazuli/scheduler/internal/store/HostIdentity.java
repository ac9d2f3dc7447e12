package io.lazuli.scheduler.internal.store;

import io.lazuli.graph.Token;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Tells a process whether the files of another one's store can be mapped here: it runs under the same kernel and sees the same
/// directory, by whatever path containers have it. A disk that hosts share over a network is not enough, because a file that is
/// deleted there would vanish under a mapping.
///
/// @param boot  what the kernel calls itself since it started; empty where it does not say
/// @param file  in the store's directory
/// @param nonce what the file holds, and no other one does
public record HostIdentity(String boot, String file, String nonce) {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    /// Makes the file that others look for.
    static HostIdentity create(Path directory) throws IOException {
        String nonce = Token.random().toString();
        Path file = directory.resolve("host-" + nonce);
        Files.writeString(file, nonce, StandardOpenOption.CREATE_NEW);
        return new HostIdentity(thisBoot(), file.toString(), nonce);
    }

    /// True if this process can map files of the store that gave this.
    ///
    /// Cost: reads two small files; to be remembered for each peer.
    public boolean isHere() {
        try {
            return !boot.isEmpty() && boot.equals(thisBoot()) && nonce.equals(read(Path.of(file), nonce.length()));
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }

    private static String thisBoot() {
        try {
            return read(BOOT_ID, 64).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /// At most the first `length` bytes and one more.
    private static String read(Path path, int length) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return new String(in.readNBytes(length + 1), StandardCharsets.UTF_8);
        }
    }
}
