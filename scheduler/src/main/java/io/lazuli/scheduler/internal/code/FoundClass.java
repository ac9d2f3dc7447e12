package io.lazuli.scheduler.internal.code;

import io.lazuli.graph.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.reflect.AccessFlag;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
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
        return read(loader, place, ClassPlace.read(url));
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
                new String(ClassPlace.read(url), StandardCharsets.UTF_8).lines()
                        .map(line -> line.replaceFirst("#.*", "").strip().replace('.', '/'))
                        .filter(line -> !line.isEmpty())
                        .forEach(references::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
