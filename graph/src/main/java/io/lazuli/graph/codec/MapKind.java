package io.lazuli.graph.codec;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Maps that can be encoded, as [CollectionKind] for collections. The order is part of the format.
enum MapKind {
    HASH_MAP(HashMap.class, HashMap::newHashMap),
    LINKED_HASH_MAP(LinkedHashMap.class, LinkedHashMap::newLinkedHashMap),
    TREE_MAP(TreeMap.class, _ -> new TreeMap<>()),
    CONCURRENT_HASH_MAP(ConcurrentHashMap.class, ConcurrentHashMap::new),
    READ_ONLY_MAP(Map.class, LinkedHashMap::newLinkedHashMap),
    READ_ONLY_SORTED_MAP(SortedMap.class, _ -> new TreeMap<>());

    private static final MapKind[] ALL = values();
    private static final int MOST_AHEAD = 1 << 16;

    private final Class<?> type;
    private final IntFunction<Map<@Nullable Object, @Nullable Object>> creation;

    MapKind(Class<?> type, IntFunction<Map<@Nullable Object, @Nullable Object>> creation) {
        this.type = type;
        this.creation = creation;
    }

    /// The kind of a map. Errors: [RefusedValue] if there is none.
    static MapKind of(Map<?, ?> map) {
        if (map instanceof SortedMap<?, ?> sorted && sorted.comparator() != null) {
            throw new RefusedValue(map.getClass(), CollectionKind.HAS_A_COMPARATOR);
        }
        for (MapKind kind : ALL) {
            if (kind.type == map.getClass()) {
                return kind;
            }
        }
        if (CollectionKind.isHiddenInJdk(map.getClass())) {
            return map instanceof SortedMap ? READ_ONLY_SORTED_MAP : READ_ONLY_MAP;
        }
        throw new RefusedValue(map.getClass(), CollectionKind.NOT_ONE_OF_OURS);
    }

    static MapKind of(int ordinal) {
        return ALL[ordinal];
    }

    static int count() {
        return ALL.length;
    }

    /// An empty map to be filled with `count` entries and [finished][#finish].
    Map<@Nullable Object, @Nullable Object> create(int count) {
        return creation.apply(Math.min(count, MOST_AHEAD));
    }

    Map<@Nullable Object, @Nullable Object> finish(Map<@Nullable Object, @Nullable Object> filled) {
        return switch (this) {
            case HASH_MAP, LINKED_HASH_MAP, TREE_MAP, CONCURRENT_HASH_MAP -> filled;
            case READ_ONLY_MAP ->
                Collections.unmodifiableSequencedMap((SequencedMap<@Nullable Object, @Nullable Object>) filled);
            case READ_ONLY_SORTED_MAP ->
                Collections.unmodifiableNavigableMap((NavigableMap<@Nullable Object, @Nullable Object>) filled);
        };
    }
}
