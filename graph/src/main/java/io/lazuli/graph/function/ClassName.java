package io.lazuli.graph.function;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/// What the internal name of a class says about it.
final class ClassName {
    private static final Set<String> JDK_PACKAGES = jdkPackages();
    private static final String ENGINE = "io/lazuli/";
    private static final Pattern UNNAMED = Pattern.compile("\\$\\d");
    private static final Pattern UNNAMED_IN_DESCRIPTOR = Pattern.compile("L[^;]*\\$\\d[^;]*;");

    private ClassName() {}

    static String of(Class<?> type) {
        return type.getName().replace('.', '/');
    }

    private static Set<String> jdkPackages() {
        Set<String> packages = new HashSet<>();
        for (Module module : ModuleLayer.boot().modules()) {
            if (module.getName().startsWith("java.") || module.getName().startsWith("jdk.")) {
                packages.addAll(module.getDescriptor().packages());
            }
        }
        return packages;
    }

    static boolean isJdk(String name) {
        String packageName = name.substring(0, Math.max(0, name.lastIndexOf('/'))).replace('/', '.');
        return JDK_PACKAGES.contains(packageName);
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
