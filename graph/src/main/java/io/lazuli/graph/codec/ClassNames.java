package io.lazuli.graph.codec;

/// How bytes name the classes of a program, and which they may name.
sealed interface ClassNames permits SeenClasses, LoadedClasses, NotedClasses {
    /// The name of a class that is encoded.
    String nameOf(Class<?> type);

    /// The class of a name that stands in bytes. Errors: [CorruptValue] if there is none or bytes may not name it.
    Class<?> find(String name);
}
