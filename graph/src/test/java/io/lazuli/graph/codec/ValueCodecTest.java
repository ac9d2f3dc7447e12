package io.lazuli.graph.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
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
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.Stack;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ValueCodecTest {
    enum Mode {
        FAST,
        SLOW {
            @Override
            int cost() {
                return 2;
            }
        };

        int cost() {
            return 1;
        }
    }

    interface Shape {}

    record Circle(double radius) implements Shape {}

    record Trip(String from, Optional<String> to, List<Circle> stops, Mode mode, int[] fares) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Trip trip && toString().equals(trip.toString()) && Arrays.equals(fares, trip.fares);
        }

        @Override
        public int hashCode() {
            return from.hashCode();
        }

        @Override
        public String toString() {
            return from + to + stops + mode;
        }
    }

    record Pair<A, B>(A left, B right) {}

    record Positive(int value) {
        Positive {
            if (value < 1) {
                throw new IllegalArgumentException("not positive: " + value);
            }
        }
    }

    record Numbers(boolean a, byte b, short c, char d, int e, long f, float g, double h) {}

    private final ValueCodec codec = ValueCodec.create();

    static Stream<Object> values() {
        return Stream.of(
                true, (byte) -1, Short.MIN_VALUE, '\uffff', Integer.MIN_VALUE, Long.MAX_VALUE, -0.0f, Double.NaN, "",
                "text",
                "caf\u00e9", "\u4e00\ud800", "x".repeat(200_000), "\u4e00".repeat(100_000), Mode.FAST, Mode.SLOW,
                new BigInteger("-123456789012345678901234567890"), new BigDecimal("1.50"), LocalDate.MIN, LocalTime.MAX,
                LocalDateTime.MAX, Instant.MIN, Duration.ofNanos(-1), Period.of(1, -2, 3), ZoneId.of("Europe/Paris"),
                ZoneOffset.ofHours(2), ZonedDateTime.of(2025, 10, 26, 2, 30, 0, 0, ZoneId.of("Europe/Paris")),
                ZonedDateTime.of(2025, 10, 26, 2, 30, 0, 0, ZoneId.of("Europe/Paris")).withLaterOffsetAtOverlap(),
                OffsetDateTime.MAX, OffsetTime.MIN, Year.of(2025), YearMonth.of(2025, 9), MonthDay.of(2, 29),
                DayOfWeek.MONDAY, new UUID(1, -1), URI.create("https://example.org/a?b#c"), new Date(0), Locale.FRANCE,
                BitSet.valueOf(new long[] {5, 0, 7}), OptionalInt.of(1), OptionalLong.empty(), OptionalDouble.of(2.5),
                Optional.empty(), Optional.of(List.of(1)), Map.entry("a", 1), new Circle(2),
                new Pair<>(null, Mode.SLOW),
                new Numbers(true, (byte) 1, (short) 2, 'c', 4, 5, 6, 7),
                new Trip("A", Optional.of("B"), List.of(new Circle(1), new Circle(2)), Mode.FAST, new int[] {1, 2}),
                new ArrayList<>(Arrays.asList(1, null, "a")), new LinkedList<>(List.of(1, 2)),
                new HashSet<>(Set.of(1, 2)),
                new LinkedHashSet<>(List.of(3, 1, 2)), new TreeSet<>(List.of("b", "a")), new HashMap<>(Map.of(1, "a")),
                new LinkedHashMap<>(Map.of("a", List.of(1), "b", List.of())), new TreeMap<>(Map.of(2, 1, 1, 2)),
                new ConcurrentHashMap<>(Map.of(1, 2)));
    }

    @ParameterizedTest
    @MethodSource("values")
    void valuesComeBackEqualAndOfTheirOwnType(Object value) {
        assertThat(codec.canEncode(value)).isTrue();
        Object back = codec.decode(codec.encode(value));
        assertThat(back).isEqualTo(value);
        if (!(value instanceof Map.Entry)) {
            assertThat(back).hasSameClassAs(value);
        }
    }

    static Stream<Object> arrays() {
        return Stream.of(
                new boolean[] {true, false}, new byte[] {1, -1}, new short[] {1}, new char[] {'a', '\uffff'},
                new int[0],
                IntStream.range(0, 100_000).toArray(), new long[] {Long.MIN_VALUE}, new float[] {1.5f},
                IntStream.range(0, 50_000).asDoubleStream().toArray(), new String[] {"a", null}, new Object[] {1, "a"},
                new int[][] {{1}, {}, null}, new Shape[] {new Circle(1)}, new Circle[][] {{new Circle(1)}},
                new Mode[] {Mode.SLOW}, new Integer[] {1}, new LocalDate[] {LocalDate.EPOCH},
                new List<?>[] {new ArrayList<>(List.of(1))});
    }

    @ParameterizedTest
    @MethodSource("arrays")
    void arraysComeBackWithTheirElementType(Object array) {
        Object back = codec.decode(codec.encode(array));
        assertThat(back).isEqualTo(array).hasSameClassAs(array);
    }

    @Test
    void readOnlyCollectionsAndViewsComeBackReadOnlyAndInOrder() {
        Map<String, Integer> map = new LinkedHashMap<>();
        map.put("z", 1);
        map.put("a", null);
        List<Object> values = List.of(
                List.of(1, 2), Arrays.asList(1, null), Collections.unmodifiableList(new ArrayList<>(List.of(1))),
                Set.of(1, 2, 3), Map.of("a", 1, "b", 2), map.keySet(), Collections.unmodifiableMap(map),
                List.of(1, 2, 3).subList(1, 3), Stream.of(1, 2).toList(), Collections.emptyList(),
                Collections.unmodifiableSortedSet(new TreeSet<>(List.of(2, 1))),
                Collections.unmodifiableSortedMap(new TreeMap<>(Map.of(2, 1))));
        for (Object value : values) {
            Object back = codec.decode(codec.encode(value));
            assertThat(back).isEqualTo(value).hasToString(value.toString());
            if (back instanceof Collection<?> collection) {
                assertThatThrownBy(collection::clear).isInstanceOf(UnsupportedOperationException.class);
            } else {
                assertThatThrownBy(((Map<?, ?>) back)::clear).isInstanceOf(UnsupportedOperationException.class);
            }
        }
    }

    @Test
    void largePartsAreWrittenOnceAndAreOneObjectAgain() {
        double[] shared = new double[10_000];
        List<double[]> values = Collections.nCopies(1000, shared);
        byte[] bytes = codec.encode(values);

        List<?> back = (List<?>) codec.decode(bytes);
        assertThat(bytes.length).isLessThan(100_000);
        assertThat(back.get(999)).isSameAs(back.get(0));
    }

    @Test
    void aValueWhosePartsAreSharedOverAndOverStaysSmall() {
        Object value = "leaf";
        for (int i = 0; i < 200; i++) {
            value = new Pair<>(value, value);
        }
        Object twice = value;
        byte[] bytes = codec.encode(twice);

        assertThat(bytes.length).isLessThan(100_000);
        Object back = codec.decode(bytes);
        for (int i = 0; i < 200; i++) {
            back = ((Pair<?, ?>) back).left();
        }
        assertThat(back).isEqualTo("leaf");
    }

    @Test
    void whatCannotBeEncodedIsNamedWithTheWayToIt() {
        Object value = new Pair<>(1, List.of("a", Map.of("k", new AtomicReference<>(1))));
        assertThat(codec.canEncode(value)).isFalse();
        assertThatThrownBy(() -> codec.encode(value))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
                .hasMessage("A value cannot be written as bytes: java.util.concurrent.atomic.AtomicReference at"
                        + " .right[1].values[0]: make it a record of values, or compute it where it is used.");
    }

    @Test
    void collectionsThatWouldComeBackDifferentAreRefused() {
        assertThat(codec.findUnencodable(new TreeMap<>(Comparator.reverseOrder())).orElseThrow().reason())
                .startsWith("its order is a comparator's");
        for (Object value : List.of(new PriorityQueue<>(), new IdentityHashMap<>(), new Stack<>(),
                new EnumMap<>(Mode.class), new ArrayList<>() {}, new AbstractMap.SimpleEntry<>(1, 2) {},
                Map.of(1, 2).values(), new Object())) {
            assertThat(codec.canEncode(value)).as(value.getClass().getName()).isFalse();
        }
    }

    @Test
    void aValueThatContainsItselfIsRefused() {
        List<Object> cycle = new ArrayList<>();
        cycle.add(new Pair<>(1, cycle));
        assertThatThrownBy(() -> codec.encode(cycle))
                .isInstanceOf(LazuliException.class)
                .hasMessageContaining("it contains itself; break the cycle");
    }

    @Test
    void onlyWhatIsAllowedIsLoaded() {
        ClassLoader loader = getClass().getClassLoader();
        ValueCodec all = ValueCodec.of(loader, _ -> true);
        byte[] bytes = all.encode(List.of(new Circle(1)));

        assertThat(all.decode(bytes)).isEqualTo(List.of(new Circle(1)));
        assertThatThrownBy(() -> ValueCodec.of(loader, name -> !name.endsWith("Circle")).decode(bytes))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA))
                .hasMessageContaining("Circle is named, which is not allowed here");
        assertThatThrownBy(() -> ValueCodec.create().decode(bytes))
                .hasMessageContaining("Circle is named, which this process has not encoded");
        assertThatThrownBy(() -> ValueCodec.of(ClassLoader.getPlatformClassLoader(), _ -> true).decode(bytes))
                .hasMessageContaining("which cannot be loaded");
    }

    @Test
    void recordsThatRefuseTheirComponentsAreCorrupt() {
        byte[] bytes = codec.encode(new Positive(1));
        bytes[bytes.length - 1] = 0;
        assertThatThrownBy(() -> codec.decode(bytes))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA))
                .hasMessageContaining(
                        "cannot be made of what is read: java.lang.IllegalArgumentException: not positive: 0");
    }

    @Test
    void aLengthThatCannotBeIsRefusedBeforeItIsAllocated() {
        byte[] bytes = codec.encode(new long[] {1});
        byte[] huge = Arrays.copyOf(bytes, 8);
        Arrays.fill(huge, 2, 6, (byte) 0xFF);
        huge[6] = 7;
        assertThatThrownBy(() -> codec.decode(huge)).isInstanceOf(LazuliException.class).hasMessage(
                "8 bytes are not an encoded value: at byte 7, 2,147,483,647 things of at least 8 bytes are announced, but 1"
                        + " bytes are left. They were damaged, or written by another program; write them again.");
    }

    @Test
    void keysNeverReferToOtherValues() {
        List<Integer> key = IntStream.range(0, 500).boxed().toList();
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put("first", key);
        map.put(key, key);
        map.put("x".repeat(300), "x".repeat(300));

        assertThat(codec.decode(codec.encode(map))).isEqualTo(map);
    }

    @Test
    void aSinkThatFailsFailsTheCall() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("disk full");
            }
        };
        assertThatThrownBy(() -> codec.encode(new byte[100_000], full)).isInstanceOf(IOException.class)
                .hasMessage("disk full");
    }

    @Test
    void anEmptySourceAndTrailingBytesAreCorrupt() {
        assertThatThrownBy(() -> codec.decode(new byte[0])).hasMessageContaining("1 bytes are needed, but 0 are left");
        assertThatThrownBy(() -> codec.decode(new byte[] {1, 0, 0})).hasMessageContaining("1 bytes follow the value");
        assertThatThrownBy(() -> codec.decode(new byte[] {9, 0})).hasMessageContaining("its version is 9, expected 1");
        assertThatCode(() -> codec.decode(new byte[] {1, 0})).doesNotThrowAnyException();
    }

    interface Rate extends Serializable {
        double of(double fare);
    }

    private record Doubled(Rate rate) {}

    /// Keeps what cannot be written.
    private static final class Derived implements Portable {
        private record Parts(int seed) implements Form {
            @Override
            public Object restore() {
                return new Derived(seed);
            }
        }

        private final int seed;
        private final Thread derived = Thread.currentThread();

        Derived(int seed) {
            this.seed = seed;
        }

        @Override
        public Form form() {
            return new Parts(seed);
        }
    }

    private double surcharge(double fare) {
        return fare + 1;
    }

    @Test
    void lambdasComeBackWithWhatTheyCapture() {
        double factor = 1.5;
        List<Integer> steps = List.of(1, 2, 3);
        Rate lambda = fare -> fare * factor + steps.size();
        Rate nested = fare -> lambda.of(lambda.of(fare));
        Rate reference = Math::sqrt;

        assertThat(((Rate) roundTrip(lambda)).of(2)).isEqualTo(6);
        assertThat(((Rate) roundTrip(nested)).of(2)).isEqualTo(12);
        assertThat(((Rate) roundTrip(reference)).of(9)).isEqualTo(3);
        assertThat(((Doubled) roundTrip(new Doubled(lambda))).rate().of(4)).isEqualTo(9);
    }

    @Test
    void lambdasThatCannotTravelAreNamedWithTheWayToWhatKeepsThem() {
        Rate ofThis = this::surcharge;
        Supplier<Integer> plain = () -> 1;

        assertThat(codec.findUnencodable(ofThis)).hasValueSatisfying(
                part -> assertThat(part.toString()).contains(".captures[0]", "ValueCodecTest"));
        assertThat(codec.canEncode(plain)).isFalse();
    }

    @Test
    void aLambdaThatItsClassDoesNotHaveIsCorrupt() {
        double factor = 1.5;
        Rate lambda = fare -> fare * factor;
        byte[] bytes = codec.encode(lambda);
        int name = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("lambda$");
        bytes[name + 1] = 'x';

        assertThatThrownBy(() -> codec.decode(bytes)).isInstanceOf(LazuliException.class)
                .hasMessageContaining("compiled from another source");
    }

    @Test
    void portableObjectsComeBackByTheirForm() {
        Object back = roundTrip(new Derived(7));

        assertThat(back).isInstanceOfSatisfying(Derived.class, derived -> {
            assertThat(derived.seed).isEqualTo(7);
            assertThat(derived.derived).isSameAs(Thread.currentThread());
        });
    }

    @Test
    void classesComeBackIfTheyAreAllowed() {
        List<Class<?>> classes = List.of(int.class, String.class, long[][].class, Circle.class, Circle[].class);
        ValueCodec elsewhere = ValueCodec.of(ValueCodecTest.class.getClassLoader(), name -> name.endsWith("Circle"));
        ValueCodec closed = ValueCodec.of(ValueCodecTest.class.getClassLoader(), _ -> false);

        assertThat(roundTrip(classes)).isEqualTo(classes);
        assertThat(elsewhere.decode(codec.encode(classes))).isEqualTo(classes);
        assertThatThrownBy(() -> closed.decode(codec.encode(classes))).isInstanceOf(LazuliException.class)
                .hasMessageContaining("Circle is named, which is not allowed here");
    }

    private Object roundTrip(Object value) {
        return Objects.requireNonNull(codec.decode(codec.encode(value)));
    }
}
