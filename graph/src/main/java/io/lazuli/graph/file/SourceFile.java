package io.lazuli.graph.file;

import io.lazuli.graph.error.GraphErrors;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// A file as it was when the plan was built: path, size and modification time are its fingerprint.
public record SourceFile(String path, long byteSize, long modifiedMicros) {
    /// The files that a user means by `pattern`: a file; a folder, with all files in it that end in `suffix`; or a
    /// folder and a glob such as `trips/*.parquet`. In the order of their names; hidden files (`.x`, `_x`) of folders
    /// are left out.
    ///
    /// Errors: USER if there is none, the pattern is wrong, or it names something else than a file, such as a pipe; RESOURCE if
    /// they cannot be read.
    public static List<SourceFile> find(String pattern, String suffix) {
        try {
            Path path = pathOf(pattern);
            if (path != null && Files.isDirectory(path)) {
                return matching(pattern, path, "*" + suffix);
            }
            if (path != null && Files.exists(path)) {
                requireRegular(path);
                return List.of(of(path));
            }
            int cut = pattern.lastIndexOf('/');
            String glob = pattern.substring(cut + 1);
            if (glob.chars().noneMatch(c -> "*?[{".indexOf(c) >= 0)) {
                throw GraphErrors.noSuchFile(pattern);
            }
            Path folder = pathOf(cut < 0 ? "." : pattern.substring(0, cut + 1));
            if (folder == null) {
                throw GraphErrors.noSuchFile(pattern);
            }
            return matching(pattern, folder, glob);
        } catch (IOException e) {
            throw GraphErrors.unreadableFile(pattern, e);
        }
    }

    /// As [#find], and of a folder also the files of its subfolders that are named `key=value`, and of theirs.
    public static List<SourceFile> findTree(String pattern, String suffix) {
        Optional<Path> folder = folder(pattern);
        if (folder.isEmpty()) {
            return find(pattern, suffix);
        }
        try {
            List<Path> folders = new ArrayList<>(List.of(folder.get()));
            for (int i = 0; i < folders.size(); i++) {
                folders.addAll(keyFolders(folders.get(i)));
            }
            folders.sort(null);
            List<SourceFile> files = new ArrayList<>();
            for (Path part : folders) {
                files.addAll(filesIn(pattern, part, "*" + suffix));
            }
            if (files.isEmpty()) {
                throw GraphErrors.noMatchingFiles(pattern, "*" + suffix);
            }
            return List.copyOf(files);
        } catch (IOException e) {
            throw GraphErrors.unreadableFile(pattern, e);
        }
    }

    /// The folder that a pattern is, if it is one.
    public static Optional<Path> folder(String pattern) {
        return Optional.ofNullable(pathOf(pattern)).filter(Files::isDirectory);
    }

    private static List<Path> keyFolders(Path folder) throws IOException {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, SourceFile::isKeyFolder)) {
            entries.forEach(folders::add);
        }
        return folders;
    }

    private static boolean isKeyFolder(Path entry) {
        String name = entry.getFileName().toString();
        return name.indexOf('=') > 0 && !isHidden(name) && Files.isDirectory(entry);
    }

    private static boolean isHidden(String name) {
        return name.startsWith(".") || name.startsWith("_");
    }

    /// A pipe cannot be read twice, nor anywhere but from its beginning, and opening it may wait for ever.
    private static void requireRegular(Path path) {
        if (!Files.isRegularFile(path)) {
            throw GraphErrors.notRegularFile(path.toString());
        }
    }

    /// Null for what no path can hold: a glob on some systems, a NUL on all.
    private static @Nullable Path pathOf(String pattern) {
        try {
            return Path.of(pattern);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static List<SourceFile> matching(String pattern, Path folder, String glob) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw GraphErrors.noSuchFile(pattern);
        }
        List<SourceFile> files = filesIn(pattern, folder, glob);
        if (files.isEmpty()) {
            throw GraphErrors.noMatchingFiles(pattern, glob);
        }
        return files;
    }

    private static List<SourceFile> filesIn(String pattern, Path folder, String glob) throws IOException {
        PathMatcher matcher = matcher(pattern, glob);
        List<Path> paths = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (matcher.matches(entry.getFileName()) && !isHidden(name) && Files.isRegularFile(entry)) {
                    paths.add(entry);
                }
            }
        }
        paths.sort(null);
        List<SourceFile> files = new ArrayList<>();
        for (Path path : paths) {
            files.add(of(path));
        }
        return List.copyOf(files);
    }

    private static PathMatcher matcher(String pattern, String glob) {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + glob);
        } catch (PatternSyntaxException e) {
            throw GraphErrors.badGlob(pattern, e.getDescription());
        }
    }

    /// The file at `path` as it is now.
    public static SourceFile of(Path path) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return new SourceFile(
                path.toAbsolutePath().normalize().toString(),
                attributes.size(),
                attributes.lastModifiedTime().to(TimeUnit.MICROSECONDS));
    }

    /// The last part of the path.
    public String name() {
        return Path.of(path).getFileName().toString();
    }

    /// Errors: DATA if the file was changed since; USER if it is gone; RESOURCE if it cannot be looked at.
    public void check() {
        try {
            SourceFile now = of(Path.of(path));
            if (!now.equals(this)) {
                throw GraphErrors.changedFile(path, now.byteSize, byteSize);
            }
        } catch (NoSuchFileException e) {
            throw GraphErrors.noSuchFile(path);
        } catch (IOException e) {
            throw GraphErrors.unreadableFile(path, e);
        }
    }

    /// Opens the file for reading. Errors: those of [#check].
    ///
    /// Ownership: the caller closes the channel.
    public FileChannel open() {
        check();
        try {
            return FileChannel.open(Path.of(path), StandardOpenOption.READ);
        } catch (IOException e) {
            throw GraphErrors.unreadableFile(path, e);
        }
    }
}
