package io.lazuli.graph.bag;

import io.lazuli.graph.Tokenized;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Hashes of keys that are the same in every JVM, so that equal keys meet in one partition wherever they were made.
///
/// Equal values have equal hashes. Has them: null, boxed values, strings, enums, classes, big numbers, dates and times, UUIDs,
/// URIs, optionals, lists, sets, maps and records of these (records that keep the `equals` they were given), and whatever is
/// [Tokenized]. Arrays and other objects have none: what they are is their identity, or their own business.
final class StableHash {
    private static final ClassValue<MethodHandle[]> ACCESSORS = new ClassValue<>() {
        @Override
        protected MethodHandle[] computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents()).map(StableHash::accessor).toArray(MethodHandle[]::new);
        }
    };

    private StableHash() {}

    /// A value without a stable hash was met, in a key or as a key. Always caught and worded by who knows the element.
    static final class UnstableException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final Class<?> type;

        UnstableException(Class<?> type) {
            super("no stable hash: " + type.getName(), null, false, false);
            this.type = type;
        }

        Class<?> type() {
            return type;
        }
    }

    /// 64 bits, all of them well mixed. Errors: UnstableException.
    static long of(@Nullable Object value) throws UnstableException {
        return switch (value) {
            case null -> mix(1);
            case String text -> mix(text.hashCode());
            case Long number -> mix(number);
            case Integer number -> mix(number);
            case Tokenized tokenized -> mix(tokenized.token().high());
            case Boolean flag -> mix(flag ? 3 : 2);
            case Double number -> mix(Double.doubleToLongBits(number));
            case Float number -> mix(Float.floatToIntBits(number));
            case Short number -> mix(number);
            case Byte number -> mix(number);
            case Character letter -> mix(letter);
            case Enum<?> constant -> mix(constant.name().hashCode());
            case Class<?> type -> mix(type.getName().hashCode());
            case BigInteger number -> mix(Arrays.hashCode(number.toByteArray()));
            case BigDecimal number -> of(number.unscaledValue()) + mix(number.scale());
            case UUID id -> mix(id.getMostSignificantBits() ^ id.getLeastSignificantBits());
            case URI uri -> mix(uri.hashCode());
            case LocalDate date -> mix(date.toEpochDay());
            case Instant instant -> mix(instant.getEpochSecond() * 31 + instant.getNano());
            case LocalTime _, LocalDateTime _, OffsetDateTime _, OffsetTime _, ZonedDateTime _, ZoneId _, Duration _, Period _, Year _, YearMonth _, MonthDay _ ->
                mix(value.toString().hashCode());
            case Optional<?> optional -> mix(optional.map(StableHash::of).orElse(4L));
            case List<?> list -> ordered(list);
            case Set<?> set -> mix(set.stream().mapToLong(StableHash::of).sum());
            case Map<?, ?> map -> mix(map.entrySet().stream().mapToLong(StableHash::of).sum());
            case Map.Entry<?, ?> entry -> mix(of(entry.getKey()) * 31 + of(entry.getValue()));
            case Record record -> components(record);
            default -> throw new UnstableException(value.getClass());
        };
    }

    private static long ordered(List<?> list) {
        long hash = 5;
        for (Object element : list) {
            hash = hash * 31 + of(element);
        }
        return mix(hash);
    }

    private static long components(Record record) {
        long hash = 6;
        for (MethodHandle accessor : ACCESSORS.get(record.getClass())) {
            hash = hash * 31 + of(read(accessor, record));
        }
        return mix(hash);
    }

    private static @Nullable Object read(MethodHandle accessor, Record record) {
        try {
            return (Object) accessor.invokeExact(record);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("an accessor of " + record.getClass() + " threw", e);
        }
    }

    private static MethodHandle accessor(RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return MethodHandles.lookup()
                    .unreflect(component.getAccessor())
                    .asType(MethodType.methodType(Object.class, Record.class));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("cannot read " + component + " of a record", e);
        }
    }

    /// Spreads the bits of a number over all 64 (finalizer of SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom
    /// number generators", 2014).
    static long mix(long bits) {
        long z = bits + 0x9E37_79B9_7F4A_7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return z ^ (z >>> 31);
    }
}
