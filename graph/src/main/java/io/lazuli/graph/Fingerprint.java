package io.lazuli.graph;

import io.lazuli.graph.error.GraphErrors;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Hashes values by content, the same in every JVM: null, booleans, numbers, strings, enums, classes (by name), dates and
/// times, arrays, optionals, collections and maps, records (class name and components) and [Tokenized] values.
///
/// Of hash tables and of `Set.of` and `Map.of`, whose order is an accident of a process, the entries count in any order. Other
/// sets and maps must have an order of their own.
///
/// Every value is preceded by a tag and, where it varies, its length, so that different sequences never give the same bytes.
/// The hash is SHA-256 cut to 128 bits: slower than others, but only plans pass here, never rows.
final class Fingerprint {
    private static final Set<Class<?>> UNORDERED = Set.of(
            HashMap.class, HashSet.class, ConcurrentHashMap.class, Set.of(1).getClass(), Set.of(1, 2, 3).getClass(),
            Map.of(1, 1).getClass(), Map.of(1, 1, 2, 2).getClass());

    private static final ClassValue<Method[]> ACCESSORS = new ClassValue<>() {
        @Override
        protected Method[] computeValue(Class<?> type) {
            Method[] accessors = Stream.of(type.getRecordComponents())
                    .map(RecordComponent::getAccessor)
                    .toArray(Method[]::new);
            AccessibleObject.setAccessible(accessors, true);
            return accessors;
        }
    };

    private final MessageDigest digest;
    private final ByteBuffer word = ByteBuffer.allocate(9);
    private final Consumer<Class<?>> types;
    private final boolean refusesRandom;

    /// A fingerprint of whatever has a token.
    Fingerprint() {
        this(_ -> {}, false);
    }

    /// @param types         told each class of a program that values are of, or name
    /// @param refusesRandom whether a [Tokenized] value without a content token is refused
    Fingerprint(Consumer<Class<?>> types, boolean refusesRandom) {
        this.types = types;
        this.refusesRandom = refusesRandom;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// What nests is apart from all else, in small methods: records of records of records take as little of the stack as can be.
    void put(@Nullable Object value) {
        if (value instanceof Tokenized || value instanceof Token) {
            putOther(value);
        } else if (value instanceof Record record) {
            record(record);
        } else if (value instanceof SequencedCollection<?> values) {
            sequence(values);
        } else {
            putOther(value);
        }
    }

    private void sequence(SequencedCollection<?> values) {
        number(values instanceof Set ? '<' : '[', values.size());
        order(values instanceof SortedSet<?> sorted ? sorted.comparator() : null);
        for (Object value : values) {
            put(value);
        }
    }

    private void putOther(@Nullable Object value) {
        switch (value) {
            case null -> number('0', 0);
            case Tokenized tokenized -> tokenized(tokenized);
            case Token token -> {
                number('t', token.high());
                number('t', token.low());
            }
            case Boolean flag -> number('b', flag ? 1 : 0);
            case Integer i -> number('i', i);
            case Long l -> number('l', l);
            case Double d -> number('d', Double.doubleToLongBits(d));
            case Float f -> number('f', Float.floatToIntBits(f));
            case Short s -> number('h', s);
            case Byte b -> number('B', b);
            case Character c -> number('C', c);
            case String text -> text('s', text);
            case Enum<?> constant -> {
                types.accept(constant.getDeclaringClass());
                text('e', constant.getDeclaringClass().getName() + "." + constant.name());
            }
            case Class<?> type -> {
                types.accept(type);
                text('c', type.getName());
            }
            case LocalDate date -> number('D', date.toEpochDay());
            case LocalDateTime time -> text('T', time.toString());
            case BigInteger _, BigDecimal _, LocalTime _, Instant _, Duration _, Period _, ZoneId _, UUID _, URI _ ->
                text('v', value.getClass().getName() + " " + value);
            case byte[] bytes -> bytes('y', bytes);
            case int[] ints -> {
                number('I', ints.length);
                for (int i : ints) {
                    number('i', i);
                }
            }
            case long[] longs -> {
                number('L', longs.length);
                for (long l : longs) {
                    number('l', l);
                }
            }
            case double[] doubles -> {
                number('O', doubles.length);
                for (double d : doubles) {
                    number('d', Double.doubleToLongBits(d));
                }
            }
            case float[] floats -> {
                number('F', floats.length);
                for (float f : floats) {
                    number('f', Float.floatToIntBits(f));
                }
            }
            case short[] shorts -> {
                number('H', shorts.length);
                for (short s : shorts) {
                    number('h', s);
                }
            }
            case char[] chars -> text('X', new String(chars));
            case boolean[] flags -> {
                number('Z', flags.length);
                for (boolean flag : flags) {
                    number('b', flag ? 1 : 0);
                }
            }
            case Object[] values -> {
                number('A', values.length);
                Arrays.asList(values).forEach(this::put);
            }
            case Optional<?> optional -> optional(0, optional);
            case OptionalInt optional -> optional(2, optional.stream().boxed().findFirst());
            case OptionalLong optional -> optional(4, optional.stream().boxed().findFirst());
            case OptionalDouble optional -> optional(6, optional.stream().boxed().findFirst());
            case SequencedMap<?, ?> map -> {
                number('{', map.size());
                order(map instanceof SortedMap<?, ?> sorted ? sorted.comparator() : null);
                entries(map);
            }
            case EnumMap<?, ?> map -> {
                number('{', map.size());
                entries(map);
            }
            case Set<?> values when isUnordered(values, values.size()) -> {
                number('(', values.size());
                sorted(values.stream().map(this::tokenOf));
            }
            case Map<?, ?> map when isUnordered(map, map.size()) -> {
                number(')', map.size());
                sorted(map.entrySet().stream().map(entry -> tokenOf(entry.getKey(), entry.getValue())));
            }
            default -> throw GraphErrors.noStableContent(value.getClass());
        }
    }

    /// @param kind an even number that tells the types apart
    private void optional(int kind, Optional<?> value) {
        number('o', kind + (value.isPresent() ? 1 : 0));
        value.ifPresent(this::put);
    }

    private void tokenized(Tokenized value) {
        if (!refusesRandom) {
            put(value.token());
            return;
        }
        types.accept(value.getClass());
        put(value.contentToken().orElseThrow(() -> GraphErrors.noStableContent(value.getClass())));
    }

    private void entries(Map<?, ?> map) {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            put(entry.getKey());
            put(entry.getValue());
        }
    }

    /// What makes an order other than the natural one.
    private void order(@Nullable Comparator<?> comparator) {
        if (comparator == null || comparator.equals(Comparator.naturalOrder())) {
            return;
        }
        if (comparator.equals(Comparator.reverseOrder())) {
            text('k', "reverse");
        } else if (comparator == String.CASE_INSENSITIVE_ORDER) {
            text('k', "ignoring case");
        } else {
            put(comparator);
        }
    }

    private static boolean isUnordered(Object values, int size) {
        return size <= 1 || UNORDERED.contains(values.getClass()) || values instanceof EnumSet;
    }

    private Token tokenOf(@Nullable Object... values) {
        Fingerprint inner = new Fingerprint(types, refusesRandom);
        for (Object value : values) {
            inner.put(value);
        }
        return inner.token();
    }

    private void sorted(Stream<Token> tokens) {
        tokens.sorted().forEach(this::put);
    }

    Token token() {
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        return new Token(hash.getLong(), hash.getLong());
    }

    private void record(Record record) {
        types.accept(record.getClass());
        Method[] accessors = ACCESSORS.get(record.getClass());
        text('r', record.getClass().getName());
        number('r', accessors.length);
        for (Method accessor : accessors) {
            try {
                put(accessor.invoke(record));
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException("cannot read " + accessor + " of " + record.getClass(), e);
            }
        }
    }

    /// As UTF-16, because encoding to UTF-8 makes all lone surrogates equal.
    private void text(char tag, String text) {
        ByteBuffer chars = ByteBuffer.allocate(2 * text.length());
        chars.asCharBuffer().put(text);
        bytes(tag, chars.array());
    }

    private void bytes(char tag, byte[] bytes) {
        number(tag, bytes.length);
        digest.update(bytes);
    }

    private void number(char tag, long value) {
        digest.update(word.clear().put((byte) tag).putLong(value).flip());
    }
}
