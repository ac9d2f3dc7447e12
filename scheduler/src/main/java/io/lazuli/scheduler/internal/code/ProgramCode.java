package io.lazuli.scheduler.internal.code;

import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.codec.ValueCodec;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.function.Captures;
import io.lazuli.graph.function.UserFunction;
import io.lazuli.scheduler.internal.Errors;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The user's program as seen by a client of a cluster: writes graphs as bytes, and finds the code that workers need for them.
///
/// **What is sent**: each jar and folder that holds a class which the graph names, or which the code of such a class names, and so
/// on; providers of services that are named; classes that were compiled in memory. With a folder go all folders of the class
/// path: they are the program's own, and some hold nothing but resources; with a jar from Lazuli's folder all others of that folder,
/// most of which workers have. Not Lazuli itself and not the JDK.
///
/// **What is not seen**: classes that the program finds by a name which it puts together, such as from a settings file. A worker
/// that misses one fails the task; [#missingClass] says what to do.
///
/// **Cost**: the first graph reads the class files that it reaches, 0.1 to 0.3 ms each while this code is cold, and hashes the jars,
/// some 100 ms for 50 MB; later ones look at sizes and times of files. Keeps no class loader alive. Safe for use by many threads.
public final class ProgramCode {
    private static final ValueCodec CODEC = ValueCodec.of(ProgramCode.class.getClassLoader(), _ -> false);

    private record Hashed(Object stamp, Bundle bundle) {}

    /// Folders and jars of this process, in order.
    private final List<Path> classPath;
    private final Map<ClassLoader, ReachedRoots> reached = new WeakHashMap<>();
    private final Map<CodeRoot, Hashed> hashed = new HashMap<>();

    private ProgramCode(List<Path> classPath) {
        this.classPath = classPath;
    }

    /// The code of this process.
    public static ProgramCode ofThisProcess() {
        return of(Stream.of(System.getProperty("java.class.path", "").split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of)
                .toList());
    }

    static ProgramCode of(List<Path> classPath) {
        return new ProgramCode(classPath.stream().map(entry -> entry.toAbsolutePath().normalize()).toList());
    }

    /// A graph as bytes, with the code that it needs.
    ///
    /// **Errors**: USER if a part of the graph cannot be written, naming the way to it, or a folder is too large to be sent;
    /// RESOURCE if code cannot be read.
    public PortableGraph encode(TaskGraph graph) {
        Packed<byte[]> packed = pack(graph, (codec, named) -> codec.encode(graph, named));
        return new PortableGraph(packed.value(), packed.bundles());
    }

    /// What somebody has made of a graph, and the code that this names.
    public record Packed<T>(T value, List<Bundle> bundles) {}

    /// Makes bytes of a graph.
    public interface Packing<T> {
        /// @param named is told each class that the codec writes
        T pack(ValueCodec codec, Consumer<Class<?>> named);
    }

    /// What `packing` makes of a graph, with the code that it needs. **Errors**: as for [#encode].
    public <T> Packed<T> pack(TaskGraph graph, Packing<T> packing) {
        Set<Class<?>> named = new LinkedHashSet<>();
        try {
            T value = packing.pack(CODEC, named::add);
            return new Packed<>(value, bundles(named));
        } catch (LazuliException e) {
            throw refusal(graph, e);
        }
    }

    /// `refused` in the words of whoever wrote the program: the layer, the function and the variable that it captures.
    private static LazuliException refusal(TaskGraph graph, LazuliException refused) {
        for (Layer layer : graph.layers()) {
            Optional<Object> owner = CODEC.findOwnerOfUnencodable(layer.operation());
            if (owner.isPresent() || !CODEC.canEncode(layer.operation())) {
                return Errors.layerCannotTravel(layer.label(), explain(owner, refused));
            }
        }
        return refused;
    }

    private static LazuliException explain(Optional<Object> owner, LazuliException refused) {
        try {
            if (owner.isPresent() && owner.get() instanceof UserFunction function) {
                Captures.check(function);
            }
            return refused;
        } catch (LazuliException e) {
            return e;
        }
    }

    private synchronized List<Bundle> bundles(Set<Class<?>> named) {
        Map<ClassLoader, Set<String>> starts = new HashMap<>();
        for (Class<?> type : named) {
            if (type.getClassLoader() != null) {
                starts.computeIfAbsent(type.getClassLoader(), _ -> new TreeSet<>())
                        .add(type.getName().replace('.', '/'));
            }
        }
        try {
            Set<CodeRoot> roots = new LinkedHashSet<>();
            starts.forEach((loader, names) -> roots
                    .addAll(reached.computeIfAbsent(loader, _ -> new ReachedRoots()).of(loader, names)));
            if (roots.stream().anyMatch(CodeRoot.Folder.class::isInstance)) {
                roots.addAll(folders());
            }
            if (roots.stream().anyMatch(FoundClass::isBesideEngine)) {
                roots.addAll(jarsBesideEngine());
            }
            return roots.stream().sorted(Comparator.comparingInt(this::position)).map(this::bundle).toList();
        } catch (UncheckedIOException e) {
            throw Errors.unreadableCode(e);
        }
    }

    private List<CodeRoot.Folder> folders() {
        return classPath.stream()
                .filter(Files::isDirectory)
                .map(CodeRoot.Folder::new)
                .filter(folder -> !FoundClass.isEngine(folder))
                .toList();
    }

    private List<CodeRoot.Jar> jarsBesideEngine() {
        return classPath.stream()
                .filter(Files::isRegularFile)
                .map(CodeRoot.Jar::new)
                .filter(jar -> FoundClass.isBesideEngine(jar) && !FoundClass.isEngine(jar))
                .toList();
    }

    /// Where a root stands in the class path: who stands first wins where both have a class.
    private int position(CodeRoot root) {
        return switch (root) {
            case CodeRoot.Loose _ -> -1;
            case CodeRoot.Jar jar -> position(jar.file());
            case CodeRoot.Folder folder -> position(folder.directory());
        };
    }

    private int position(Path entry) {
        int found = classPath.indexOf(entry);
        return found < 0 ? classPath.size() : found;
    }

    private Bundle bundle(CodeRoot root) {
        try {
            Object stamp = root.stamp();
            Hashed known = hashed.get(root);
            if (known == null || !known.stamp().equals(stamp)) {
                known = new Hashed(stamp, hash(root));
                if (!(root instanceof CodeRoot.Loose)) {
                    hashed.put(root, known);
                }
            }
            return known.bundle();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Bundle hash(CodeRoot root) throws IOException {
        try (InputStream bytes = root.open(); BundleChunks chunks = new BundleChunks(bytes)) {
            var digest = CodeHash.digest();
            long length = 0;
            while (chunks.hasNext()) {
                byte[] chunk = chunks.next();
                digest.update(chunk);
                length += chunk.length;
            }
            return new Bundle(CodeHash.of(digest), root.name(), length, root);
        }
    }

    /// What to tell the user when a worker misses a class, whose binary name is in what the task threw.
    public LazuliException missingClass(String name, Throwable cause) {
        String file = name.replace('.', '/') + ".class";
        ClassLoader loader = Optional.ofNullable(Thread.currentThread().getContextClassLoader())
                .orElseGet(ClassLoader::getSystemClassLoader);
        Optional<String> root = Stream.ofNullable(loader.getResource(file))
                .flatMap(url -> ClassPlace.of(url, file).root().stream())
                .map(CodeRoot::name)
                .findFirst();
        return Errors.classMissing(name, root, cause);
    }
}
