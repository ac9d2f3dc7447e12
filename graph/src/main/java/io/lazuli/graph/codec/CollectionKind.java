package io.lazuli.graph.codec;

import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.NavigableSet;
import java.util.SequencedSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Collections that can be encoded: the usual ones, which come back as their own type, and the JDK's read-only ones and views
/// (`List.of`, `Arrays.asList`, `Collections.unmodifiableSet`, `Map.keySet`), which nobody can name and which come back as an
/// equal unmodifiable one. The order is part of the format.
enum CollectionKind {
    ARRAY_LIST(ArrayList.class, ArrayList::new),
    LINKED_LIST(LinkedList.class, _ -> new LinkedList<>()),
    ARRAY_DEQUE(ArrayDeque.class, ArrayDeque::new),
    HASH_SET(HashSet.class, HashSet::newHashSet),
    LINKED_HASH_SET(LinkedHashSet.class, LinkedHashSet::newLinkedHashSet),
    TREE_SET(TreeSet.class, _ -> new TreeSet<>()),
    READ_ONLY_LIST(List.class, ArrayList::new),
    READ_ONLY_SET(Set.class, LinkedHashSet::newLinkedHashSet),
    READ_ONLY_SORTED_SET(SortedSet.class, _ -> new TreeSet<>());

    private static final CollectionKind[] ALL = values();
    private static final int MOST_AHEAD = 1 << 16;
    static final String NOT_ONE_OF_OURS = "use an ArrayList, LinkedList, ArrayDeque, HashSet, LinkedHashSet, TreeSet,"
            + " HashMap, LinkedHashMap, TreeMap or ConcurrentHashMap, or a read-only one of the JDK";
    static final String HAS_A_COMPARATOR =
            "its order is a comparator's; use one of natural order, or keep its elements in"
                    + " a list";

    private final Class<?> type;
    private final IntFunction<Collection<@Nullable Object>> creation;

    CollectionKind(Class<?> type, IntFunction<Collection<@Nullable Object>> creation) {
        this.type = type;
        this.creation = creation;
    }

    /// The kind of a collection. Errors: [RefusedValue] if there is none.
    static CollectionKind of(Collection<?> values) {
        if (values instanceof SortedSet<?> sorted && sorted.comparator() != null) {
            throw new RefusedValue(values.getClass(), HAS_A_COMPARATOR);
        }
        for (CollectionKind kind : ALL) {
            if (kind.type == values.getClass()) {
                return kind;
            }
        }
        if (isHiddenInJdk(values.getClass())) {
            switch (values) {
                case SortedSet<?> _ -> {
                    return READ_ONLY_SORTED_SET;
                }
                case Set<?> _ -> {
                    return READ_ONLY_SET;
                }
                case List<?> _ -> {
                    return READ_ONLY_LIST;
                }
                default -> {}
            }
        }
        throw new RefusedValue(values.getClass(), NOT_ONE_OF_OURS);
    }

    /// True for classes that a program cannot name: it knows their objects by interface only.
    static boolean isHiddenInJdk(Class<?> type) {
        return type.getModule() == Object.class.getModule() && !Modifier.isPublic(type.getModifiers());
    }

    static CollectionKind of(int ordinal) {
        return ALL[ordinal];
    }

    static int count() {
        return ALL.length;
    }

    /// True if adding an element hashes or compares it.
    boolean isSet() {
        return Set.class.isAssignableFrom(type);
    }

    /// An empty collection to be filled with `count` elements and [finished][#finish].
    Collection<@Nullable Object> create(int count) {
        return creation.apply(Math.min(count, MOST_AHEAD));
    }

    Collection<@Nullable Object> finish(Collection<@Nullable Object> filled) {
        return switch (this) {
            case ARRAY_LIST, LINKED_LIST, ARRAY_DEQUE, HASH_SET, LINKED_HASH_SET, TREE_SET -> filled;
            case READ_ONLY_LIST -> Collections.unmodifiableList((List<@Nullable Object>) filled);
            case READ_ONLY_SET -> Collections.unmodifiableSequencedSet((SequencedSet<@Nullable Object>) filled);
            case READ_ONLY_SORTED_SET -> Collections.unmodifiableNavigableSet((NavigableSet<@Nullable Object>) filled);
        };
    }
}
