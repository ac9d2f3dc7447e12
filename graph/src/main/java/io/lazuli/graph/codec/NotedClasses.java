package io.lazuli.graph.codec;

import java.util.function.Consumer;

/// Tells of every class that is encoded.
record NotedClasses(ClassNames names, Consumer<Class<?>> note) implements ClassNames {
    @Override
    public String nameOf(Class<?> type) {
        note.accept(type);
        return names.nameOf(type);
    }

    @Override
    public Class<?> find(String name) {
        return names.find(name);
    }
}
