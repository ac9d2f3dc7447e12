package io.lazuli.scheduler.internal.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/// The file that holds a cluster's token. Only its owner may read it, and it appears with all that it holds or not at all.
final class TokenFile {
    private static final String OWNER_ALONE = "rw-------";
    private static final String OWNERS_DIRECTORY = "rwx------";
    private static final long LARGEST_BYTES = 4096;

    private TokenFile() {}

    /// Errors: USER if the file is not there, or open to others; RESOURCE if it cannot be read.
    static ClusterSecret read(Path file) {
        if (!Files.exists(file)) {
            throw TransportErrors.noTokenFile(file);
        }
        try {
            checkPrivate(file);
            if (Files.size(file) > LARGEST_BYTES) {
                throw TransportErrors.tokenFileTooLarge(file, Files.size(file), LARGEST_BYTES);
            }
            return ClusterSecret.of(Files.readString(file, StandardCharsets.ISO_8859_1), "file " + file);
        } catch (IOException e) {
            throw TransportErrors.cannotReadToken(file, e);
        }
    }

    /// Of processes that find none at the same time, one makes the file, and all read that one.
    static ClusterSecret readOrCreate(Path file) {
        if (!Files.exists(file)) {
            try {
                create(file);
            } catch (IOException e) {
                throw TransportErrors.cannotMakeToken(file, e);
            }
        }
        return read(file);
    }

    private static void create(Path file) throws IOException {
        Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a token is in a directory");
        Files.createDirectories(directory, permissions(directory, OWNERS_DIRECTORY));
        Path draft = directory.resolve("." + file.getFileName() + "." + UUID.randomUUID());
        try {
            try (FileChannel channel = FileChannel.open(draft,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    permissions(directory, OWNER_ALONE))) {
                ByteBuffer text = StandardCharsets.US_ASCII.encode(ClusterSecret.random().text() + "\n");
                while (text.hasRemaining()) {
                    channel.write(text);
                }
                channel.force(true);
            }
            // A link, unlike a move, never replaces what another process has made in the meantime.
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            return;
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void checkPrivate(Path file) throws IOException {
        if (!hasPermissions(file)) {
            return;
        }
        Set<PosixFilePermission> found = Files.getPosixFilePermissions(file);
        if (!PosixFilePermissions.fromString(OWNERS_DIRECTORY).containsAll(found)) {
            throw TransportErrors.tokenReadable(file, PosixFilePermissions.toString(found));
        }
    }

    private static FileAttribute<?>[] permissions(Path near, String text) {
        return hasPermissions(near)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))}
                : new FileAttribute<?>[0];
    }

    private static boolean hasPermissions(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
