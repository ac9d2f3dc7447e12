package io.lazuli.graph.codec;

import java.util.Objects;
import java.util.function.Predicate;

/// Classes that a loader finds by name, of those that are allowed. A class is loaded, not initialised.
record LoadedClasses(ClassLoader loader, Predicate<String> allowed) implements ClassNames {
    LoadedClasses {
        Objects.requireNonNull(loader, "loader is null");
        Objects.requireNonNull(allowed, "allowed is null");
    }

    @Override
    public String nameOf(Class<?> type) {
        return type.getName();
    }

    @Override
    public Class<?> find(String name) {
        if (!allowed.test(name)) {
            throw new CorruptValue("class " + name + " is named, which is not allowed here");
        }
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new CorruptValue("class " + name + " is named, which cannot be loaded: " + e);
        }
    }
}
