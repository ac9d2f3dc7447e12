package io.lazuli.graph.codec;

/// The byte before each value that says what follows. Part of the format: numbers are never used again for something else.
final class Tag {
    static final int NULL = 0;
    static final int FALSE = 1;
    static final int TRUE = 2;
    static final int BYTE = 3;
    static final int SHORT = 4;
    static final int CHAR = 5;
    static final int INT = 6;
    static final int LONG = 7;
    static final int FLOAT = 8;
    static final int DOUBLE = 9;
    static final int ENUM = 10;
    /// A large value that was written before: its number.
    static final int REFERENCE = 11;
    /// Up to here values are small, hold no others and are never referred to.
    static final int LAST_SMALL = REFERENCE;

    static final int STRING = 16;
    static final int RECORD = 17;
    static final int OPTIONAL = 18;
    static final int ENTRY = 19;
    static final int BOOLEANS = 20;
    static final int OBJECTS = 21;
    static final int CLASS = 22;
    static final int LAMBDA = 23;
    /// A record that stands for a [Portable].
    static final int FORM = 24;
    /// An object of a Serializable class: its fields.
    static final int OBJECT = 25;
    /// Plus the ordinal of a [PrimitiveArray].
    static final int PRIMITIVES = 32;
    /// Plus the ordinal of a [CollectionKind].
    static final int COLLECTIONS = 48;
    /// Plus the ordinal of a [MapKind].
    static final int MAPS = 80;
    /// Plus the position in [Leaf#ALL].
    static final int LEAVES = 128;

    private Tag() {}
}
