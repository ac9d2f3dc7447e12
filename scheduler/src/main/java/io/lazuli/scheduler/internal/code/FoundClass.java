package io.lazuli.scheduler.internal.code;

import io.lazuli.graph.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.reflect.AccessFlag;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a class loader finds by the name of a class, as far as a worker needs it.
///
/// @param roots      where the class file is, and the files that name providers of it, if it is a service
/// @param loose      the class file, if it is in no root that could be sent
/// @param references internal names of the classes that it may need
record FoundClass(List<CodeRoot> roots, Optional<byte[]> loose, Collection<String> references) {
    /// Every process has it, or nobody.
    private static final FoundClass NOTHING = new FoundClass(List.of(), Optional.empty(), List.of());

    /// One class of each module of Lazuli, to know where they are.
    private static final List<String> ENGINE_CLASSES = List.of(
            "io/lazuli/graph/Engine.class", "io/lazuli/scheduler/LocalEngine.class",
            "io/lazuli/dataframe/DataFrame.class", "io/lazuli/cli/Main.class");
    private static final String ENGINE = "io/lazuli/";
    private static final Set<CodeRoot> ENGINE_ROOTS = engineRoots();
    private static final Optional<Path> BESIDE_ENGINE = folderOf(ENGINE_ROOTS);

    private static Set<CodeRoot> engineRoots() {
        ClassLoader loader = Engine.class.getClassLoader();
        return ENGINE_CLASSES.stream()
                .flatMap(file -> Stream.ofNullable(loader.getResource(file)).map(url -> ClassPlace.of(url, file)))
                .flatMap(place -> place.root().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /// True if Lazuli itself is there, which workers have.
    static boolean isEngine(CodeRoot root) {
        return ENGINE_ROOTS.contains(root);
    }

    /// True for a jar that lies with those of Lazuli in one folder, as in its distribution. Such jars go together: most are the
    /// distribution's, which workers have, and following what is in these would take seconds.
    static boolean isBesideEngine(CodeRoot root) {
        return root instanceof CodeRoot.Jar(Path file)
                && BESIDE_ENGINE.filter(folder -> folder.equals(file.getParent())).isPresent();
    }

    /// The folder that holds all jars of Lazuli, if that is where they are.
    private static Optional<Path> folderOf(Set<CodeRoot> engine) {
        Set<Optional<Path>> folders = engine.stream()
                .map(root -> root instanceof CodeRoot.Jar(Path file)
                        ? Optional.ofNullable(file.getParent())
                        : Optional.<Path>empty())
                .collect(Collectors.toSet());
        return engine.size() > 1 && folders.size() == 1 ? folders.iterator().next() : Optional.empty();
    }

    /// Errors: UncheckedIOException if it cannot be read.
    static FoundClass find(ClassLoader loader, String name) {
        String file = name + ".class";
        URL url = name.startsWith("java/") ? null : loader.getResource(file);
        if (url == null) {
            return NOTHING;
        }
        ClassPlace place = ClassPlace.of(url, file);
        boolean isEngine = name.startsWith(ENGINE) && place.root().filter(ENGINE_ROOTS::contains).isPresent();
        if (place.isJdk() || isEngine) {
            return NOTHING;
        }
        if (place.root().filter(FoundClass::isBesideEngine).isPresent()) {
            return new FoundClass(place.root().stream().toList(), Optional.empty(), List.of());
        }
        return read(loader, place, bytes(loader, file));
    }

    /// Through the loader, which has its jars open.
    private static byte[] bytes(ClassLoader loader, String file) {
        try (InputStream bytes = loader.getResourceAsStream(file)) {
            return Objects.requireNonNull(bytes, "it was there").readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FoundClass read(ClassLoader loader, ClassPlace place, byte[] bytes) {
        List<CodeRoot> roots = new ArrayList<>(place.root().stream().toList());
        Set<String> references = new TreeSet<>();
        try {
            ClassModel type = ClassFile.of().parse(bytes);
            references.addAll(ClassReferences.of(type));
            if (type.flags().has(AccessFlag.ABSTRACT)) {
                addProviders(loader, type.thisClass().asInternalName(), roots, references);
            }
        } catch (IllegalArgumentException e) {
            references.clear(); // no JVM loads it, so it needs nothing
        }
        return new FoundClass(
                List.copyOf(roots), place.root().isPresent() ? Optional.empty() : Optional.of(bytes), references);
    }

    private static void addProviders(ClassLoader loader, String service, List<CodeRoot> roots, Set<String> references) {
        String file = "META-INF/services/" + service.replace('/', '.');
        try {
            for (URL url : Collections.list(loader.getResources(file))) {
                ClassPlace.of(url, file).root().ifPresent(roots::add);
                lines(url)
                        .map(line -> line.replaceFirst("#.*", "").strip().replace('.', '/'))
                        .filter(line -> !line.isEmpty())
                        .forEach(references::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> lines(URL file) throws IOException {
        try (InputStream bytes = file.openStream()) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8).lines();
        }
    }
}
