package io.lazuli.scheduler.internal.code;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.SortedMap;

/// Where classes of a program come from, and what a worker gets of it: bytes of a jar, the same for the same content wherever
/// it lies.
sealed interface CodeRoot {
    /// What people call it, such as `app.jar`.
    String name();

    /// Equal as long as the content is, and quick to have.
    Object stamp() throws IOException;

    /// The bytes from the first on. Errors: IOException if they cannot be read.
    InputStream open() throws IOException;

    /// A jar of the class path, sent as it is.
    record Jar(Path file) implements CodeRoot {
        private record Stamp(long bytes, FileTime modified, String key) {}

        @Override
        public String name() {
            return file.getFileName().toString();
        }

        @Override
        public Object stamp() throws IOException {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(now.size(), now.lastModifiedTime(), String.valueOf(now.fileKey()));
        }

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }
    }

    /// A folder of the class path: all files in it but hidden ones.
    record Folder(Path directory) implements CodeRoot {
        @Override
        public String name() {
            return directory.toString();
        }

        @Override
        public Object stamp() throws IOException {
            return FolderContent.of(directory);
        }

        @Override
        public InputStream open() throws IOException {
            return new ByteArrayInputStream(PlainJar.of(FolderContent.of(directory).read()));
        }
    }

    /// Classes that are in no file: compiled in memory, or found in a way that only their loader knows.
    ///
    /// @param files class files, by path such as `app/Trip.class`
    record Loose(SortedMap<String, byte[]> files) implements CodeRoot {
        @Override
        public String name() {
            return "classes in memory";
        }

        @Override
        public Object stamp() throws IOException {
            return CodeHash.of(open());
        }

        @Override
        public InputStream open() throws IOException {
            return new ByteArrayInputStream(PlainJar.of(files));
        }
    }
}
