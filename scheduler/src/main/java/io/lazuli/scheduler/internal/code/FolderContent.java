package io.lazuli.scheduler.internal.code;

import io.lazuli.scheduler.internal.Errors;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.SortedMap;
import java.util.TreeMap;

/// The files of a folder with their sizes and times, which say whether it has changed.
///
/// @param files by path from the folder on, with `/` between names
record FolderContent(Path directory, SortedMap<String, FolderContent.Stamp> files) {
    /// A class path of `.` may hold all that somebody owns.
    static final long MOST_BYTES = 256L << 20;
    static final int MOST_FILES = 100_000;

    record Stamp(long bytes, FileTime modified) {}

    /// Errors: USER if there is more in it than anybody's classes.
    static FolderContent of(Path root) throws IOException {
        Path directory = root.toRealPath();
        SortedMap<String, Stamp> files = new TreeMap<>();
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            private long bytes;

            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return !folder.equals(directory) && isHidden(folder)
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (!attributes.isRegularFile() || isHidden(file)) {
                    return FileVisitResult.CONTINUE;
                }
                String name = directory.relativize(file).toString().replace('\\', '/');
                files.put(name, new Stamp(attributes.size(), attributes.lastModifiedTime()));
                bytes += attributes.size();
                if (bytes > MOST_BYTES || files.size() > MOST_FILES) {
                    throw Errors.folderTooLarge(directory, MOST_BYTES, MOST_FILES);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return new FolderContent(directory, files);
    }

    private static boolean isHidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }

    SortedMap<String, byte[]> read() throws IOException {
        SortedMap<String, byte[]> read = new TreeMap<>();
        for (String name : files.keySet()) {
            read.put(name, Files.readAllBytes(directory.resolve(name)));
        }
        return read;
    }
}
