package io.lazuli.graph.function;

/// What bytecode refers to outside of the JDK. Class names are internal ones, such as `app/Trip$Stop`.
sealed interface Reference {
    /// The class that is named; the method or field may stand in one above it.
    String owner();

    /// A method is called, or may be, where its handle is taken.
    record Call(String owner, String name, String descriptor) implements Reference {}

    /// A static field is read.
    record StaticField(String owner, String name, String descriptor) implements Reference {}

    /// There may be objects of the class from here on: one is made, or the class itself is taken as a value.
    record Instance(String owner) implements Reference {}

    /// The class is only named, by a cast or as the owner of a field of an object.
    record Mention(String owner) implements Reference {}
}
