package io.lazuli.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class TokenTest {
    enum Mode {
        FAST,
        SLOW
    }

    record Scan(String path, List<String> columns, Mode mode) {}

    record OtherScan(String path, List<String> columns, Mode mode) {}

    record Box(Object content) {}

    record Pair(Object left, Object right) {}

    /// If one of these changes, every cached result of every user is lost: bump the version on purpose, or fix the hash.
    @Example
    void tokensAreTheSameInEveryJvm() {
        assertThat(Token.of("lazuli")).hasToString("0b2d102dafd29eeab8d84893c78b47b7");
        assertThat(Token.of(1, 2L, 3.5, null, true, List.of("a", "b"), new int[] {1, 2}, LocalDate.of(2025, 9, 16)))
                .hasToString("66fabe72702c3114e78b737f8562a0d2");
        assertThat(Token.of(new Scan("flights.parquet", List.of("fare", "tip"), Mode.FAST)))
                .hasToString("eddec907ce27fde4edd5dccf1fac6d53");
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void equalContentHasAnEqualTokenAndDifferentContentADifferentOne(
            @ForAll("values") @Size(max = 20) List<Object> values) {
        for (Object a : values) {
            for (Object b : values) {
                assertThat(Token.of(a).equals(Token.of(b))).as("%s and %s", a, b).isEqualTo(Objects.equals(a, b));
            }
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void theTokenOfASequenceDependsOnWhereItsPartsEnd(
            @ForAll("values") @Size(max = 5) List<Object> left,
            @ForAll("values") @Size(min = 1, max = 5) List<Object> right) {
        List<Object> longer = new ArrayList<>(left);
        longer.add(right.getFirst());
        List<Object> rest = right.subList(1, right.size());

        assertThat(Token.of(left, right)).isNotEqualTo(Token.of(longer, rest));
        assertThat(Token.of(left, right)).isNotEqualTo(Token.of(left, right, null));
    }

    @Provide
    Arbitrary<List<Object>> values() {
        return value().list();
    }

    private static Arbitrary<Object> value() {
        Arbitrary<Object> leaf = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(4).map(text -> text),
                Arbitraries.integers().between(-2, 2).map(number -> number),
                Arbitraries.longs().between(-2, 2).map(number -> number),
                Arbitraries.of(0.0, -0.0, Double.NaN, 1.0, 1.0f, (short) 1, (byte) 1, 'a', true, false),
                Arbitraries.of(Mode.values()).map(mode -> mode),
                Arbitraries.of(Optional.empty(), Optional.of(1), LocalDate.EPOCH, Instant.EPOCH, BigDecimal.ONE,
                        String.class));
        return Arbitraries.recursive(
                () -> leaf,
                inner -> Arbitraries.oneOf(
                        inner.list().ofMaxSize(3).map(list -> list),
                        inner.map(Box::new),
                        inner.list().ofSize(2).map(two -> new Pair(two.get(0), two.get(1)))),
                0,
                3);
    }

    @Example
    void likeValuesOfDifferentShapeHaveDifferentTokens() {
        List<Object> distinct = Arrays.asList(
                null,
                "",
                "a",
                'a',
                1,
                1L,
                1.0,
                1.0f,
                (short) 1,
                (byte) 1,
                true,
                new BigDecimal("1"),
                new BigDecimal("1.0"),
                List.of(),
                List.of(1),
                new LinkedHashSet<>(List.of(1)),
                List.of(List.of(1)),
                new Object[] {1},
                new int[] {1},
                new long[] {1},
                new short[] {1},
                new byte[] {1},
                new double[] {1},
                new float[] {1},
                new boolean[] {true},
                Optional.of(1),
                Optional.empty(),
                OptionalInt.of(1),
                OptionalInt.empty(),
                OptionalLong.of(1),
                OptionalLong.empty(),
                OptionalDouble.of(1),
                OptionalDouble.empty(),
                new TreeMap<>(Map.of(1, 1)),
                Duration.ofSeconds(1),
                LocalDate.EPOCH,
                LocalDateTime.of(1970, 1, 1, 0, 0),
                Mode.FAST,
                Mode.SLOW,
                Mode.class,
                new Scan("a", List.of(), Mode.FAST),
                new OtherScan("a", List.of(), Mode.FAST),
                new Box(new Box(1)),
                new Box(1));
        assertThat(distinct.stream().map(Token::of).toList()).doesNotHaveDuplicates();
    }

    @Example
    void textThatUtf8CannotTellApartHasDifferentTokens() {
        assertThat(Token.of("\ud800")).isNotEqualTo(Token.of("?")).isNotEqualTo(Token.of("\ud801"));
    }

    @Example
    void theKindOfListDoesNotMatter() {
        assertThat(Token.of(new ArrayList<>(List.of(1, 2)))).isEqualTo(Token.of(List.of(1, 2)));
    }

    @Example
    void setsAndMapsWithoutAnOrderAreTheirEntries() {
        Map<Object, Object> wide = new HashMap<>(1000);
        for (int i = 99; i >= 0; i--) {
            wide.put("key " + i, i);
        }
        Map<Object, Object> narrow = new HashMap<>();
        wide.entrySet().stream().sorted(Comparator.comparing(e -> (Integer) e.getValue()))
                .forEach(e -> narrow.put(e.getKey(), e.getValue()));

        assertThat(Token.of(wide)).isEqualTo(Token.of(narrow)).isEqualTo(Token.of(Map.copyOf(wide)))
                .isEqualTo(Token.of(new ConcurrentHashMap<>(wide)));
        assertThat(Token.of(new HashSet<>(wide.keySet()))).isEqualTo(Token.of(Set.copyOf(narrow.keySet())));
        assertThat(Token.of(Set.of(1, 2))).isNotEqualTo(Token.of(Set.of(1, 3))).isNotEqualTo(Token.of(List.of(1, 2)));
        assertThat(Token.of(Map.of(1, 2))).isNotEqualTo(Token.of(Map.of(2, 1)));
        assertThat(Token.of(EnumSet.of(Mode.FAST))).isEqualTo(Token.of(Set.of(Mode.FAST)));
    }

    @Example
    void setsAndMapsWithAnOrderAreTheirSequence() {
        LinkedHashMap<String, Integer> forward = new LinkedHashMap<>();
        forward.put("a", 1);
        forward.put("b", 2);

        assertThat(Token.of(forward)).isEqualTo(Token.of(new TreeMap<>(forward)))
                .isNotEqualTo(Token.of(forward.reversed()))
                .isNotEqualTo(Token.of(new HashMap<>(forward)));
        assertThat(Token.of(new EnumMap<>(Map.of(Mode.FAST, 1, Mode.SLOW, 2))))
                .isEqualTo(Token.of(new EnumMap<>(Map.of(Mode.SLOW, 2, Mode.FAST, 1))));
        assertThatThrownBy(() -> Token.of(Collections.unmodifiableMap(forward)))
                .hasMessageContaining("has no stable content to hash");
    }

    @Example
    void anOrderOtherThanTheNaturalOneIsPartOfTheContent() {
        TreeSet<String> natural = new TreeSet<>(List.of("a"));
        TreeSet<String> reverse = new TreeSet<>(Comparator.<String>reverseOrder());
        TreeSet<String> ignoringCase = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        TreeSet<String> explicit = new TreeSet<>(Comparator.<String>naturalOrder());
        List.of(reverse, ignoringCase, explicit).forEach(set -> set.add("a"));

        assertThat(Token.of(explicit)).isEqualTo(Token.of(natural));
        assertThat(Stream.of(natural, reverse, ignoringCase).map(Token::of)).doesNotHaveDuplicates();
        assertThatThrownBy(() -> Token.of(new TreeSet<>(Comparator.comparing(Object::toString))))
                .hasMessageContaining("has no stable content to hash");
    }

    @Example
    void aValueThatContainsItselfIsRefused() {
        List<Object> cycle = new ArrayList<>();
        cycle.add(cycle);
        assertThatThrownBy(() -> Token.of(cycle)).isInstanceOf(LazuliException.class).hasMessage(
                "A value that is to be hashed contains itself, or is nested too deep for the stack. Use a list in place of a"
                        + " chain, and no cycles.");
    }

    @Example
    void contentTellsTheClassesAndRefusesRandomTokens() {
        Tokenized random = new Tokenized() {
            @Override
            public Token token() {
                return Token.random();
            }

            @Override
            public Optional<Token> contentToken() {
                return Optional.empty();
            }
        };
        Content content = Content.of(new Box(List.of(Mode.FAST, 1)), Scan.class).orElseThrow();

        assertThat(content.token()).isEqualTo(Token.of(new Box(List.of(Mode.FAST, 1)), Scan.class));
        assertThat(content.types()).containsExactly(Box.class, Mode.class, Scan.class);
        assertThat(Content.of(new Box(random))).isEmpty();
        assertThat(Content.of(new Object())).isEmpty();
        assertThat(Token.of(new Box(random))).isNotEqualTo(Token.of(new Box(random)));
    }

    @Example
    void aTokenizedValueIsItsToken() {
        Tokenized function = () -> new Token(1, 2);
        assertThat(Token.of(function)).isEqualTo(Token.of(new Token(1, 2)));
    }

    @Example
    void aValueWithoutStableContentIsRefused() {
        record Holder(Collection<?> values) {}

        assertThatThrownBy(() -> Token.of(new Holder(new PriorityQueue<>(List.of(1)))))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
                .hasMessage(
                        "A value of java.util.PriorityQueue has no stable content to hash. Use a record, or implement"
                                + " Tokenized.");
        assertThatThrownBy(() -> Token.of(new Object())).hasMessageStartingWith("A value of java.lang.Object has no");
    }

    @Example
    void randomTokensAreNeverEqual() {
        assertThat(Stream.generate(Token::random).limit(1000)).doesNotHaveDuplicates();
    }

    @Example
    void tokensPrintAsHexadecimalAndSortAsUnsigned() {
        Token small = new Token(1, 0xabcL);
        Token large = new Token(-1, 0);

        assertThat(small).hasToString("00000000000000010000000000000abc");
        assertThat(large.abbreviation()).isEqualTo("ffffffff");
        assertThat(small).isLessThan(large);
        assertThat(new Token(1, 1)).isLessThan(new Token(1, -1)).isEqualByComparingTo(new Token(1, 1));
    }
}
