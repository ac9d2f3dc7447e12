package io.lazuli.graph.function;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// A small program, compiled on the spot and loaded by a class loader of its own. Its classes are in package `app`; `Main` has
/// a static method `make()` that gives a function.
final class Program {
    private static final Pattern TYPE = Pattern.compile("(?:class|interface|record|enum) (\\w+)");
    private static final String HEADER = "package app; import io.lazuli.graph.function.*; import java.util.*; ";

    private final Map<String, byte[]> classes = new HashMap<>();

    private Program() {}

    /// One source file each, with one top-level type.
    static Program of(String... sources) {
        return of(List.of("-g"), sources);
    }

    static Program of(List<String> options, String... sources) {
        Program program = new Program();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of("-proc:none", "-cp", engineClasses()));
        boolean compiled = compiler
                .getTask(messages, program.files(compiler), null, all, null,
                        List.of(sources).stream().map(Program::source).toList())
                .call();
        if (!compiled) {
            throw new IllegalArgumentException(messages.toString());
        }
        return program;
    }

    static String engineClasses() {
        return Path.of(URI.create(
                UserFunction.class.getProtectionDomain().getCodeSource().getLocation().toString())).toString();
    }

    private static JavaFileObject source(String code) {
        Matcher type = TYPE.matcher(code);
        if (!type.find()) {
            throw new IllegalArgumentException("no type in " + code);
        }
        return new SimpleJavaFileObject(URI.create("memory:///app/" + type.group(1) + ".java"),
                JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return HEADER + code;
            }
        };
    }

    private JavaFileManager files(JavaCompiler compiler) {
        return new ForwardingJavaFileManager<JavaFileManager>(compiler.getStandardFileManager(null, null, null)) {
            @Override
            public JavaFileObject getJavaFileForOutput(Location location, String name, JavaFileObject.Kind kind,
                    FileObject sibling) {
                return new SimpleJavaFileObject(URI.create("memory:///" + name.replace('.', '/') + ".class"), kind) {
                    @Override
                    public OutputStream openOutputStream() {
                        return new ByteArrayOutputStream() {
                            @Override
                            public void close() {
                                classes.put(name, toByteArray());
                            }
                        };
                    }
                };
            }
        };
    }

    /// The function that `Main.make()` gives, from a new class loader.
    UserFunction function() {
        return (UserFunction) call("make");
    }

    /// What a static method of `Main` gives.
    Object call(String method, Object... arguments) {
        try {
            Class<?> main = Class.forName("app.Main", true, new Loader(classes));
            for (var candidate : main.getDeclaredMethods()) {
                if (candidate.getName().equals(method)) {
                    candidate.setAccessible(true);
                    return candidate.invoke(null, arguments);
                }
            }
            throw new IllegalArgumentException("no method " + method);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Without the file of one class, which can then only be loaded by who has it already.
    Program without(String name) {
        Program program = new Program();
        program.classes.putAll(classes);
        program.classes.remove(name);
        return program;
    }

    /// Writes the class files.
    void writeTo(Path directory) {
        classes.forEach((name, bytes) -> {
            Path file = directory.resolve(name.replace('.', '/') + ".class");
            try {
                Files.createDirectories(file.getParent());
                Files.write(file, bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static final class Loader extends ClassLoader {
        private final Map<String, byte[]> classes;

        Loader(Map<String, byte[]> classes) {
            super(Program.class.getClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = classes.get(name);
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }

        @Override
        public InputStream getResourceAsStream(String name) {
            byte[] bytes = classes.get(name.replace('/', '.').replaceAll("\\.class$", ""));
            return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
        }
    }
}
