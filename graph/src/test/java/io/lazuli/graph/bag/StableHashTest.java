package io.lazuli.graph.bag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.Token;
import io.lazuli.graph.Tokenized;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class StableHashTest {
    private record Point(int x, Object y) {}

    private record Named(String name, Token token) implements Tokenized {}

    /// If one of these changes, workers of two versions send equal keys to different partitions.
    @Example
    void hashesAreTheSameInEveryJvm() {
        List<Object> keys = Arrays.asList(
                null, true, (byte) 1, (short) 1, 1, 1L, 1f, 1d, 'a', "lazuli", DayOfWeek.MONDAY, String.class,
                BigInteger.TEN.pow(30), new BigDecimal("1.50"), new UUID(1, 2), URI.create("http://a/b"),
                LocalDate.of(2025, 9, 16), Instant.EPOCH, LocalDateTime.of(2025, 9, 16, 1, 2),
                ZonedDateTime.of(2025, 9, 16, 1, 2, 3, 4, ZoneId.of("Europe/Berlin")), Duration.ofDays(1),
                Optional.empty(), Optional.of(1), List.of(1, "a"), Set.of(1, 2, 3), Map.of("a", 1, "b", 2),
                new Point(1, "a"), new Named("x", new Token(1, 2)));
        long together = 0;
        for (Object key : keys) {
            together = together * 31 + StableHash.of(key);
        }
        assertThat(Long.toHexString(together)).isEqualTo("db617a4ff8110a83");
        assertThat(Long.toHexString(StableHash.of("lazuli"))).isEqualTo("c6bf694956546886");
    }

    @Property(tries = 200)
    void equalKeysHaveEqualHashes(@ForAll List<String> texts, @ForAll List<Integer> numbers) {
        List<Integer> shuffled = new ArrayList<>(numbers);
        Collections.shuffle(shuffled, new java.util.Random(1));
        Map<Integer, String> map = new LinkedHashMap<>();
        shuffled.forEach(n -> map.put(n, n + "!"));
        List<Pair<Object, Object>> equal = List.of(
                new Pair<>(new ArrayList<>(texts), new LinkedList<>(texts)),
                new Pair<>(new LinkedHashSet<>(numbers), new HashSet<>(shuffled)),
                new Pair<>(map, new TreeMap<>(map)),
                new Pair<>(new Point(1, new ArrayList<>(texts)), new Point(1, new LinkedList<>(texts))),
                new Pair<>(new BigDecimal(numbers.size()), new BigDecimal(Integer.toString(numbers.size()))));
        for (Pair<Object, Object> pair : equal) {
            assertThat(pair.first()).isEqualTo(pair.second());
            assertThat(StableHash.of(pair.first())).isEqualTo(StableHash.of(pair.second()));
        }
    }

    @Example
    void hashesSpread() {
        int[] counts = new int[16];
        LongStream.range(0, 160_000).forEach(n -> counts[(int) (StableHash.of(n) >>> 60)]++);
        assertThat(IntStream.of(counts)).allSatisfy(count -> assertThat(count).isBetween(9_500, 10_500));
        int[] ofTexts = new int[16];
        LongStream.range(0, 160_000).forEach(n -> ofTexts[(int) (StableHash.of("k" + n) >>> 60)]++);
        assertThat(IntStream.of(ofTexts)).allSatisfy(count -> assertThat(count).isBetween(9_500, 10_500));
    }

    @Example
    void whatIsItsIdentityHasNone() {
        for (Object key : List.of(new Object(), new int[1], new AtomicLong(), new Point(1, new String[0]),
                List.of(new StringBuilder()), Optional.of(new Object()), Map.of("a", new Thread()))) {
            assertThatThrownBy(() -> StableHash.of(key)).isInstanceOf(StableHash.UnstableException.class);
        }
    }
}
