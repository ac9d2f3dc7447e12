package io.lazuli.scheduler.internal.code;

import io.lazuli.scheduler.internal.Errors;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.SecureClassLoader;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// Classes and resources of some jars, after those of the parent. It follows no `Class-Path` of a manifest and opens nothing but these
/// jars: code comes from there or not at all. Its own kind of address for resources works as long as it is open.
final class BundleLoader extends SecureClassLoader implements AutoCloseable {
    static {
        registerAsParallelCapable();
    }

    /// Of one class: a few bytes of a jar may be gigabytes when they are inflated.
    private static final int LARGEST_CLASS_BYTES = 16 << 20;
    private static final String SCHEME = "lazuli-code";

    private final List<JarFile> jars;

    private BundleLoader(List<JarFile> jars, ClassLoader parent) {
        super("lazuli-code", parent);
        this.jars = jars;
    }

    /// Ownership: the caller closes it. Errors: IOException if a file is no jar.
    static BundleLoader open(List<Path> files, ClassLoader parent) throws IOException {
        List<JarFile> jars = new ArrayList<>();
        BundleLoader loader = new BundleLoader(jars, parent);
        try {
            for (Path file : files) {
                jars.add(new JarFile(file.toFile(), false, ZipFile.OPEN_READ, JarFile.runtimeVersion()));
            }
        } catch (IOException e) {
            loader.close();
            throw e;
        }
        return loader;
    }

    /// True if one of the jars has the class of this binary name, whoever defines it.
    boolean holds(String name) {
        String file = fileOf(name);
        return jars.stream().anyMatch(jar -> jar.getEntry(file) != null);
    }

    private static String fileOf(String name) {
        return name.replace('.', '/') + ".class";
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        String file = fileOf(name);
        try {
            for (JarFile jar : jars) {
                JarEntry entry = jar.getJarEntry(file);
                if (entry != null) {
                    return define(name, jar, entry);
                }
            }
        } catch (IOException | IllegalStateException e) {
            throw new ClassNotFoundException(name, e); // closed, or its file cannot be read
        }
        throw new ClassNotFoundException(name);
    }

    private Class<?> define(String name, JarFile jar, JarEntry entry) throws IOException {
        byte[] bytes = read(name, jar, entry);
        definePackageOf(name, jar);
        URL place = Path.of(jar.getName()).toUri().toURL();
        return defineClass(name, bytes, 0, bytes.length, new CodeSource(place, (Certificate[]) null));
    }

    private static byte[] read(String name, JarFile jar, JarEntry entry) throws IOException {
        try (InputStream bytes = jar.getInputStream(entry)) {
            byte[] read = bytes.readNBytes(LARGEST_CLASS_BYTES + 1);
            if (read.length > LARGEST_CLASS_BYTES) {
                throw Errors.classTooLarge(name, Path.of(jar.getName()), LARGEST_CLASS_BYTES);
            }
            return read;
        }
    }

    /// With the version that the jar's manifest tells: some libraries look it up.
    private void definePackageOf(String type, JarFile jar) throws IOException {
        String name = type.substring(0, Math.max(0, type.lastIndexOf('.')));
        if (name.isEmpty() || getDefinedPackage(name) != null) {
            return;
        }
        Manifest manifest = jar.getManifest();
        Attributes tells = manifest == null ? new Attributes() : manifest.getMainAttributes();
        try {
            definePackage(name, tells.getValue(Attributes.Name.SPECIFICATION_TITLE),
                    tells.getValue(Attributes.Name.SPECIFICATION_VERSION),
                    tells.getValue(Attributes.Name.SPECIFICATION_VENDOR),
                    tells.getValue(Attributes.Name.IMPLEMENTATION_TITLE),
                    tells.getValue(Attributes.Name.IMPLEMENTATION_VERSION),
                    tells.getValue(Attributes.Name.IMPLEMENTATION_VENDOR), null);
        } catch (IllegalArgumentException e) {
            Objects.requireNonNull(getDefinedPackage(name), "another thread has just defined it");
        }
    }

    @Override
    protected @Nullable URL findResource(String name) {
        return addresses(name).stream().findFirst().orElse(null);
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        return Collections.enumeration(addresses(name));
    }

    private List<URL> addresses(String name) {
        List<URL> found = new ArrayList<>();
        for (int i = 0; i < jars.size(); i++) {
            if (find(jars.get(i), name) != null) {
                found.add(address(i, name));
            }
        }
        return found;
    }

    /// Null if it has no such entry, or is closed.
    private static @Nullable JarEntry find(JarFile jar, String name) {
        try {
            return jar.getJarEntry(name);
        } catch (IllegalStateException e) {
            return null;
        }
    }

    private URL address(int number, String name) {
        try {
            URI address = new URI(SCHEME, null, "/" + number + "/" + name, null);
            return URL.of(address, new EntryHandler(jars.get(number)));
        } catch (URISyntaxException | MalformedURLException e) {
            throw new IllegalStateException("a path can always be quoted: " + name, e);
        }
    }

    /// Reads entries of one jar; an address made from one of these by a relative path is of the same jar.
    private static final class EntryHandler extends URLStreamHandler {
        private final JarFile jar;

        EntryHandler(JarFile jar) {
            this.jar = jar;
        }

        @Override
        protected URLConnection openConnection(URL address) {
            return new URLConnection(address) {
                @Override
                public void connect() {}

                @Override
                public InputStream getInputStream() throws IOException {
                    String path = URI.create(getURL().toString()).getPath();
                    String name = path.substring(path.indexOf('/', 1) + 1);
                    JarEntry entry = find(jar, name);
                    if (entry == null) {
                        throw new FileNotFoundException(name + " of " + jar.getName());
                    }
                    return jar.getInputStream(entry);
                }
            };
        }
    }

    /// Closes the jars. Classes that are loaded go on working; no others are found.
    @Override
    public void close() {
        for (JarFile jar : jars) {
            try {
                jar.close();
            } catch (IOException e) {
                continue; // it was only read; the others must be closed too
            }
        }
    }
}
