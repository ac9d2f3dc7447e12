package io.lazuli.graph.codec;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// How many bytes a value takes on the heap, roughly: what a result costs before anybody asks a profiler.
///
/// Follows references for at most about a thousand objects. Of a long list or map it measures a hundred elements and takes
/// them for the rest; elements that are mostly the same few objects count once each. Objects of classes that cannot be read
/// count with a constant for each thing they refer to. Enum constants and classes are free: they are there anyway.
///
/// Cost: some nanoseconds for boxed values and short strings, at most some tens of microseconds.
public final class SizeEstimate {
    private static final int MOST_OBJECTS = 1000;
    private static final int MOST_SAMPLES = 100;
    private static final int MOST_SKIPPED = 1000;
    private static final int DEEPEST = 200;
    private static final int UNKNOWN_BYTES = 32;
    private static final int STRING_BYTES = 24;

    /// What was met: it counts once, and nothing is followed in circles.
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    /// References between the value and what is measured now.
    private int depth;

    private SizeEstimate() {}

    /// Estimated bytes of `value` and all that only it refers to; 0 for null. Never fails, also not for a value that other
    /// threads change or that refers to itself.
    public static long of(@Nullable Object value) {
        if (value instanceof String text) {
            return string(text);
        }
        long leaf = leaf(value);
        return leaf >= 0 ? leaf : new SizeEstimate().measure(value, MOST_OBJECTS);
    }

    /// Bytes of a value that refers to nothing; -1 if it is no such value.
    private static long leaf(@Nullable Object value) {
        return switch (value) {
            case null -> 0;
            case String text -> string(text);
            case Integer _, Float _, Short _, Byte _, Character _, Boolean _ -> 16;
            case Long _, Double _ -> 24;
            case Enum<?> _,Class<?> _ -> 0;
            default -> -1;
        };
    }

    private static long string(String text) {
        return STRING_BYTES + ObjectLayout.array(text.length(), charBytes(text));
    }

    /// Strings take two bytes a character if one is above U+00FF; of long ones 64 characters are looked at.
    private static int charBytes(String text) {
        int step = text.length() <= 64 ? 1 : text.length() / 64;
        for (int i = 0; i < text.length(); i += step) {
            if (text.charAt(i) > 0xFF) {
                return 2;
            }
        }
        return 1;
    }

    /// As [#of], following at most about `budget` objects.
    private long measure(@Nullable Object value, int budget) {
        long leaf = leaf(value);
        if (leaf >= 0 || value == null) {
            return leaf;
        }
        if (!seen.add(value)) {
            return 0;
        }
        if (depth >= DEEPEST) {
            return UNKNOWN_BYTES;
        }
        depth++;
        try {
            return container(value, budget);
        } catch (RuntimeException e) {
            return UNKNOWN_BYTES; // a collection that is changed meanwhile, or that cannot be walked
        } finally {
            depth--;
        }
    }

    private long container(Object value, int budget) {
        return switch (value) {
            case Object[] values -> ObjectLayout.array(values.length, ObjectLayout.REFERENCE_BYTES)
                    + indexed(new Samples(values.length, budget), i -> values[i]);
            case Collection<?> values -> collection(values, budget);
            case Map<?, ?> map -> map(map, budget);
            case StringBuilder text -> STRING_BYTES + ObjectLayout.array(text.capacity(), 1);
            case BitSet bits -> STRING_BYTES + ObjectLayout.array(bits.size() / 64, 8);
            case BigInteger number -> integer(number);
            case BigDecimal number -> 40 + (number.precision() > 18 ? integer(number.unscaledValue()) : 0);
            default -> value.getClass().isArray()
                    ? ObjectLayout.array(
                            Array.getLength(value), ObjectLayout.elementBytes(value.getClass().getComponentType()))
                    : object(value, budget);
        };
    }

    private static long integer(BigInteger number) {
        return 40 + ObjectLayout.array(number.bitLength() / 32 + 1, Integer.BYTES);
    }

    private long object(Object value, int budget) {
        ObjectLayout layout = ObjectLayout.of(value.getClass());
        long bytes = layout.bytes() + (long) UNKNOWN_BYTES * layout.hidden();
        int share = (budget - 1) / Math.max(1, layout.references().size());
        for (Field field : layout.references()) {
            Object part = read(field, value);
            long leaf = leaf(part);
            if (leaf >= 0) {
                bytes += leaf;
            } else {
                bytes += budget > 0 ? measure(part, share) : UNKNOWN_BYTES;
            }
        }
        return bytes;
    }

    private static @Nullable Object read(Field field, Object owner) {
        try {
            return field.get(owner);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field + " was accessible", e);
        }
    }

    private long collection(Collection<?> values, int budget) {
        int count = values.size();
        Samples samples = new Samples(count, budget);
        if (values instanceof List<?> list && list instanceof RandomAccess) {
            return 24 + ObjectLayout.array(count, ObjectLayout.REFERENCE_BYTES) + indexed(samples, list::get);
        }
        long own =
                switch (values) {
                    case LinkedHashSet<?> _ -> hashed(count, 40);
                    case SortedSet<?> _ -> 64 + 40L * count;
                    case Set<?> _ -> hashed(count, 32);
                    case ArrayDeque<?> _ -> 24 + ObjectLayout.array(count, ObjectLayout.REFERENCE_BYTES);
                    default -> 32 + 24L * count;
                };
        return own + iterated(samples, values.iterator());
    }

    private long map(Map<?, ?> map, int budget) {
        int count = map.size();
        long own =
                switch (map) {
                    case LinkedHashMap<?, ?> _ -> hashed(count, 40);
                    case SortedMap<?, ?> _ -> 48 + 40L * count;
                    default -> hashed(count, 32);
                };
        return own
                + iterated(new Samples(count, budget / 2), map.keySet().iterator())
                + iterated(new Samples(count, budget / 2), map.values().iterator());
    }

    /// A hash table at most three quarters full, with a node for each entry.
    private static long hashed(int count, int nodeBytes) {
        long slots = count == 0 ? 0 : Math.max(16, Integer.highestOneBit((int) (count / 0.75)) * 2L);
        return 64 + ObjectLayout.array(slots, ObjectLayout.REFERENCE_BYTES) + (long) count * nodeBytes;
    }

    private long indexed(Samples samples, IntFunction<?> element) {
        for (int i = 0; i < samples.wanted; i++) {
            samples.add(element.apply((int) ((long) i * samples.count / samples.wanted)));
        }
        return samples.total();
    }

    /// Takes every k-th element, but does not walk further than [#MOST_SKIPPED].
    private long iterated(Samples samples, Iterator<?> elements) {
        int step = samples.wanted == 0 ? 0 : Math.min(samples.count, MOST_SKIPPED) / samples.wanted;
        for (int i = 0; samples.taken < samples.wanted && elements.hasNext(); i++) {
            Object element = elements.next();
            if (i % step == 0) {
                samples.add(element);
            }
        }
        return samples.total();
    }

    /// Some of `count` elements, to speak for all.
    private final class Samples {
        private final int count;
        private final int wanted;
        private final int share;
        private final Set<@Nullable Object> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
        private int taken;
        private long bytes;

        Samples(int count, int budget) {
            this.count = count;
            wanted = Math.min(count, Math.min(MOST_SAMPLES, Math.max(0, budget)));
            share = wanted == 0 ? 0 : (budget - wanted) / wanted;
        }

        void add(@Nullable Object element) {
            taken++;
            if (distinct.add(element)) {
                bytes += measure(element, share);
            }
        }

        /// The mean for each element, unless they repeat: then the few there are.
        long total() {
            if (taken == 0) {
                return (long) count * UNKNOWN_BYTES / 2;
            }
            return distinct.size() * 2 <= taken ? bytes : (long) ((double) bytes / taken * count);
        }
    }
}
