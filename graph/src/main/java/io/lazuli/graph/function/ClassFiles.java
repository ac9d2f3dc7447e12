package io.lazuli.graph.function;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/// The class files that a class loader finds, read once while memory lasts. Keeps no loader alive.
final class ClassFiles {
    private static final Map<ClassLoader, SoftReference<Map<String, Optional<ClassCode>>>> READ = new WeakHashMap<>();

    private final ClassLoader loader;
    private final Map<String, Optional<ClassCode>> read;

    private ClassFiles(ClassLoader loader, Map<String, Optional<ClassCode>> read) {
        this.loader = loader;
        this.read = read;
    }

    static ClassFiles of(ClassLoader loader) {
        synchronized (READ) {
            SoftReference<Map<String, Optional<ClassCode>>> known = READ.get(loader);
            Map<String, Optional<ClassCode>> read = known == null ? null : known.get();
            if (read == null) {
                read = new ConcurrentHashMap<>();
                READ.put(loader, new SoftReference<>(read));
            }
            return new ClassFiles(loader, read);
        }
    }

    /// The class of an internal name; empty if there is no file of it. Errors: IllegalArgumentException if it is malformed.
    Optional<ClassCode> find(String name) {
        return read.computeIfAbsent(name, _ -> bytes(loader, name).map(ClassFiles::parse));
    }

    /// The bytes of a class file; empty if there is none.
    static Optional<byte[]> bytes(ClassLoader loader, String name) {
        try (InputStream file = loader.getResourceAsStream(name + ".class")) {
            return file == null ? Optional.empty() : Optional.of(file.readAllBytes());
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read class " + name, e);
        }
    }

    private static ClassCode parse(byte[] bytes) {
        return ClassCode.of(ClassFile
                .of(ClassFile.DebugElementsOption.DROP_DEBUG, ClassFile.LineNumbersOption.DROP_LINE_NUMBERS)
                .parse(bytes));
    }
}
