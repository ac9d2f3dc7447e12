package io.lazuli.scheduler.internal.code;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Programs and libraries that tests compile.
final class Compiled {
    private Compiled() {}

    /// Class files of sources, by class name, in a new folder.
    static Path folder(Path folder, List<Path> libraries, Map<String, String> sources) throws IOException {
        Files.createDirectories(folder);
        StringWriter messages = new StringWriter();
        String classPath = String.join(System.getProperty("path.separator"),
                Stream.concat(Stream.of(System.getProperty("java.class.path")), libraries.stream().map(Path::toString))
                        .toList());
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(messages, null, null,
                        List.of("-proc:none", "-cp", classPath, "-d", folder.toString()), null,
                        sources.entrySet().stream().map(Compiled::source).toList())
                .call();
        if (!compiled) {
            throw new IllegalArgumentException(messages.toString());
        }
        return folder;
    }

    private static JavaFileObject source(Map.Entry<String, String> source) {
        URI name = URI.create("memory:///" + source.getKey().replace('.', '/') + ".java");
        return new SimpleJavaFileObject(name, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source.getValue();
            }
        };
    }

    /// A jar of all files in a folder.
    static Path jar(Path jar, Path folder) throws IOException {
        Map<String, Path> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(folder)) {
            found.filter(Files::isRegularFile)
                    .forEach(file -> files.put(folder.relativize(file).toString().replace('\\', '/'), file));
        }
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, Path> file : files.entrySet()) {
                out.putNextEntry(new JarEntry(file.getKey()));
                Files.copy(file.getValue(), out);
            }
        }
        return jar;
    }
}
