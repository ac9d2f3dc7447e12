package io.lazuli.graph.codec;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Classes that elements of arrays may have without being named in full.
final class ElementTypes {
    /// The order is part of the format.
    static final List<Class<?>> KNOWN = Stream
            .concat(
                    Stream.of(
                            Object.class, String.class, boolean.class, byte.class, short.class, char.class, int.class,
                            long.class, float.class, double.class, Boolean.class, Byte.class, Short.class,
                            Character.class, Integer.class, Long.class, Float.class, Double.class, Number.class,
                            Comparable.class, CharSequence.class, Serializable.class, Record.class, Enum.class,
                            Optional.class, Collection.class, List.class, Set.class, Map.class, Map.Entry.class,
                            ArrayList.class),
                    Leaf.ALL.stream().map(Leaf::type))
            .<Class<?>>map(type -> type)
            .toList();

    private ElementTypes() {}
}
