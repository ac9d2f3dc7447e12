package io.lazuli.graph.function;

import java.lang.module.ModuleDescriptor;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What the internal name of a class says about it.
final class ClassName {
    private static final Set<String> JDK_PACKAGES = ModuleLayer.boot()
            .modules()
            .stream()
            .map(Module::getDescriptor)
            .filter(module -> module.name().startsWith("java.") || module.name().startsWith("jdk."))
            .map(ModuleDescriptor::packages)
            .flatMap(Set::stream)
            .map(name -> name.replace('.', '/'))
            .collect(Collectors.toUnmodifiableSet());
    private static final String ENGINE = "io/lazuli/";
    private static final Pattern UNNAMED = Pattern.compile("\\$\\d");
    private static final Pattern UNNAMED_IN_DESCRIPTOR = Pattern.compile("L[^;]*\\$\\d[^;]*;");

    private ClassName() {}

    static String of(Class<?> type) {
        return type.getName().replace('.', '/');
    }

    static boolean isJdk(String name) {
        return JDK_PACKAGES.contains(name.substring(0, Math.max(0, name.lastIndexOf('/'))));
    }

    static boolean isEngine(String name) {
        return name.startsWith(ENGINE);
    }

    /// The class that a nested one is written in.
    static String topLevel(String name) {
        int dollar = name.indexOf('$');
        return dollar < 0 ? name : name.substring(0, dollar);
    }

    /// True for anonymous and local classes and those that a compiler makes: their numbers shift when code is added before.
    static boolean isUnnamed(String name) {
        return UNNAMED.matcher(name).find();
    }

    /// A descriptor of a field or method without the numbers of unnamed classes.
    static String withoutNumbers(String descriptor) {
        return descriptor.indexOf('$') < 0 ? descriptor : UNNAMED_IN_DESCRIPTOR.matcher(descriptor).replaceAll("L#;");
    }
}
