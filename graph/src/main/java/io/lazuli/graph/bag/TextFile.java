package io.lazuli.graph.bag;

import io.lazuli.graph.error.GraphErrors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// A text file as it was when the bag was built: path, size and modification time are what it is by content.
record TextFile(String path, long byteSize, long modifiedMicros) {
    private static final int GZIP_BUFFER_BYTES = 1 << 16;

    /// The files that a user means by `pattern`: a file; a folder, with all files in it; or a folder and a glob such as
    /// `logs/*.txt`. In the order of their names; hidden files (`.x`, `_x`) of folders are left out.
    ///
    /// Errors: USER if there is none; RESOURCE if they cannot be looked at.
    static List<TextFile> find(String pattern) {
        try {
            Path path = pathOf(pattern);
            if (path != null && Files.isDirectory(path)) {
                return matching(pattern, path, "*");
            }
            if (path != null && Files.exists(path)) {
                return List.of(of(path));
            }
            int cut = pattern.lastIndexOf('/') + 1;
            String glob = pattern.substring(cut);
            if (glob.chars().noneMatch(c -> "*?[{".indexOf(c) >= 0)) {
                throw GraphErrors.noSuchFile(pattern);
            }
            return matching(pattern, Path.of(cut == 0 ? "." : pattern.substring(0, cut)), glob);
        } catch (IOException e) {
            throw GraphErrors.unreadableFile(pattern, e);
        }
    }

    /// Null for a glob on systems whose paths cannot hold one.
    private static @Nullable Path pathOf(String pattern) {
        try {
            return Path.of(pattern);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static List<TextFile> matching(String pattern, Path folder, String glob) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw GraphErrors.noSuchFile(pattern);
        }
        PathMatcher matcher = folder.getFileSystem().getPathMatcher("glob:" + glob);
        List<Path> paths = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                boolean isHidden = name.startsWith(".") || name.startsWith("_");
                if (!isHidden && matcher.matches(entry.getFileName()) && Files.isRegularFile(entry)) {
                    paths.add(entry);
                }
            }
        }
        if (paths.isEmpty()) {
            throw GraphErrors.noMatchingFiles(pattern, glob);
        }
        paths.sort(null);
        List<TextFile> files = new ArrayList<>();
        for (Path path : paths) {
            files.add(of(path));
        }
        return files;
    }

    private static TextFile of(Path path) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return new TextFile(
                path.toAbsolutePath().normalize().toString(),
                attributes.size(),
                attributes.lastModifiedTime().to(TimeUnit.MICROSECONDS));
    }

    /// True if it is compressed by gzip, as its name says: then it can only be read from its beginning.
    boolean isGzip() {
        return path.toLowerCase(Locale.ROOT).endsWith(".gz");
    }

    /// The text from byte `offset` on; 0 for a compressed file. Errors: DATA if the file was changed since; USER if it is gone;
    /// RESOURCE if it cannot be read.
    ///
    /// Ownership: the caller closes it.
    InputStream open(long offset) throws IOException {
        TextFile now = now();
        if (!now.equals(this)) {
            throw GraphErrors.changedFile(path, now.byteSize, byteSize);
        }
        FileChannel channel = FileChannel.open(Path.of(path), StandardOpenOption.READ);
        try {
            InputStream bytes = Channels.newInputStream(channel.position(offset));
            return isGzip() ? new GZIPInputStream(bytes, GZIP_BUFFER_BYTES) : bytes;
        } catch (Throwable e) {
            channel.close();
            throw e;
        }
    }

    private TextFile now() throws IOException {
        try {
            return of(Path.of(path));
        } catch (NoSuchFileException e) {
            throw GraphErrors.noSuchFile(path);
        }
    }
}
