package io.lazuli.graph.codec;

/// An object that is encoded as a record of what it is made of, because it keeps more than that: what it derived when it was
/// made, or what cannot be written at all.
public interface Portable {
    /// What it is made of.
    Form form();

    /// A record that makes the object, or one that behaves the same.
    interface Form {
        Object restore();
    }
}
