package io.lazuli.scheduler.internal.code;

import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a class loader has found a file.
///
/// @param root  the jar or folder; empty if others than the loader could not look there
/// @param isJdk in the JDK, which all processes have
record ClassPlace(Optional<CodeRoot> root, boolean isJdk) {
    /// A jar that is a file itself; a jar may hold versions of a class for newer JDKs.
    private static final Pattern IN_JAR = Pattern.compile("jar:(file:[^!]+)!/(?:META-INF/versions/\\d+/)?");

    /// @param name of the file in its root, such as `app/Trip.class`
    static ClassPlace of(URL file, String name) {
        return new ClassPlace(root(file, name), file.getProtocol().equals("jrt"));
    }

    private static Optional<CodeRoot> root(URL file, String name) {
        String place = file.toString();
        if (!place.endsWith("/" + name)) {
            return Optional.empty();
        }
        String root = place.substring(0, place.length() - name.length());
        if (root.startsWith("file:")) {
            return Optional.of(new CodeRoot.Folder(path(root)));
        }
        Matcher jar = IN_JAR.matcher(root);
        return jar.matches() ? Optional.of(new CodeRoot.Jar(path(jar.group(1)))) : Optional.empty();
    }

    private static Path path(String uri) {
        return Path.of(URI.create(uri)).toAbsolutePath().normalize();
    }
}
