package io.lazuli.graph.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.util.AbstractList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SizeEstimateTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int REPEATS = 100;
    private static final byte[] MAGNITUDE = new byte[125];

    static {
        Arrays.fill(MAGNITUDE, (byte) 7);
    }

    enum Mode {
        FAST
    }

    record Point(double x, double y) {}

    record Named(String name, Point at, Mode mode, long[] samples) {}

    record Node(int value, Object next) {}

    static final class Model {
        final double[] weights = new double[10_000];
        final String name = text(40);
        final Map<String, Integer> vocabulary = new HashMap<>(Map.of(text(3), 1000));
    }

    /// A string of its own, that the measurement pays for.
    private static String text(int length) {
        return "x".repeat(length);
    }

    /// Each makes a value and nothing besides: tables have their final size from the start.
    static Stream<Arguments> values() {
        return Stream.of(
                value("Integer", () -> Integer.valueOf(100_000)),
                value("Long", () -> Long.valueOf(100_000)),
                value("byte[0]", () -> new byte[0]),
                value("int[3]", () -> new int[3]),
                value("double[10000]", () -> new double[10_000]),
                value("boolean[77]", () -> new boolean[77]),
                value("long[100][10]", () -> new long[100][10]),
                value("String", () -> text(77)),
                value("Point", () -> new Point(1, 2)),
                value("Point[1000]", () -> points(1000)),
                value("Named", () -> new Named(text(10), new Point(1, 2), Mode.FAST, new long[50])),
                value("Node of Node", () -> new Node(1, new Node(2, new Node(3, null)))),
                value("Model", Model::new),
                value("BigInteger", () -> new BigInteger(1, MAGNITUDE)),
                value("BigDecimal", () -> new BigDecimal(new BigInteger(1, MAGNITUDE), 3)),
                value("LocalDateTime", () -> LocalDateTime.of(2025, 9, 16, 12, 0, 1)),
                value("UUID", () -> new UUID(1, 2)),
                value("Optional", () -> Optional.of(new Point(1, 2))),
                value("BitSet", () -> new BitSet(10_000)),
                value("StringBuilder", () -> new StringBuilder(1000)),
                value("ArrayList of 3", () -> filled(new ArrayList<>(3), 3)),
                value("ArrayList of 10000", () -> filled(new ArrayList<>(10_000), 10_000)),
                value("List.of", () -> List.of(new Point(1, 1), new Point(2, 2), new Point(3, 3))),
                value("LinkedList", () -> filled(new LinkedList<>(), 1000)),
                value("ArrayDeque", () -> filled(new ArrayDeque<>(1000), 1000)),
                value("HashSet", () -> filled(HashSet.newHashSet(1000), 1000)),
                value("LinkedHashSet", () -> filled(LinkedHashSet.newLinkedHashSet(1000), 1000)),
                value("TreeSet", () -> filled(new TreeSet<>(), 1000)),
                value("HashMap", () -> filled(HashMap.newHashMap(5000), 5000)),
                value("small HashMap", () -> filled(new HashMap<>(), 2)),
                value("LinkedHashMap", () -> filled(LinkedHashMap.newLinkedHashMap(5000), 5000)),
                value("TreeMap", () -> filled(new TreeMap<>(), 5000)),
                value("ConcurrentHashMap", () -> filled(new ConcurrentHashMap<>(5000), 5000)),
                value("List of lists", () -> lists(500)),
                value("Map of arrays of records", () -> mapOfArrays(300)));
    }

    private static Object[] points(int count) {
        Object[] points = new Object[count];
        for (int i = 0; i < count; i++) {
            points[i] = new Point(i, i);
        }
        return points;
    }

    private static List<List<Long>> lists(int count) {
        List<List<Long>> lists = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            lists.add(filled(new ArrayList<>(20), 20));
        }
        return lists;
    }

    private static Map<Integer, Object[]> mapOfArrays(int count) {
        Map<Integer, Object[]> map = HashMap.newHashMap(count);
        for (int i = 0; i < count; i++) {
            map.put(i + 1000, points(30));
        }
        return map;
    }

    private static Arguments value(String name, Supplier<Object> creation) {
        return Arguments.of(name, creation);
    }

    private static <C extends Collection<Long>> C filled(C values, int count) {
        for (long i = 0; i < count; i++) {
            values.add(i + 1000);
        }
        return values;
    }

    private static Map<Long, String> filled(Map<Long, String> map, int count) {
        for (long i = 0; i < count; i++) {
            map.put(i + 1000, text(12));
        }
        return map;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("values")
    void sizesAreWithinTwiceOfWhatIsAllocated(String name, Supplier<Object> creation) {
        long allocated = allocated(creation);
        assertThat(SizeEstimate.of(creation.get())).as(name).isBetween(allocated / 2, allocated * 2);
    }

    private static long allocated(Supplier<Object> creation) {
        Object[] kept = new Object[REPEATS];
        kept[0] = creation.get();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < REPEATS; i++) {
            kept[i] = creation.get();
        }
        long bytes = (THREADS.getCurrentThreadAllocatedBytes() - before) / REPEATS;
        assertThat(kept).doesNotContainNull();
        return bytes;
    }

    @Test
    void stringsTakeOneByteACharacterUntilOneIsWide() {
        assertThat(SizeEstimate.of("")).isEqualTo(40);
        assertThat(SizeEstimate.of(text(1000))).isEqualTo(24 + 16 + 1000);
        assertThat(SizeEstimate.of("\u4e00".repeat(1000))).isEqualTo(24 + 16 + 2000);
    }

    @Test
    void nothingAndWhatIsThereAnywayIsFree() {
        assertThat(SizeEstimate.of(null)).isZero();
        assertThat(SizeEstimate.of(Mode.FAST)).isZero();
        assertThat(SizeEstimate.of(String.class)).isZero();
    }

    @Test
    void partsThatOccurOverAndOverCountOnce() {
        String category = text(10_000);
        assertThat(SizeEstimate.of(Collections.nCopies(100_000, category))).isLessThan(500_000);

        double[] shared = new double[100_000];
        assertThat(SizeEstimate.of(List.of(shared, new Node(1, shared), new Node(2, shared)))).isLessThan(900_000);
    }

    @Test
    void cyclesDeepChainsAndBrokenCollectionsHaveASize() {
        Object[] cycle = new Object[2];
        cycle[0] = cycle;
        cycle[1] = List.of(new Node(1, cycle));
        Node chain = null;
        for (int i = 0; i < 100_000; i++) {
            chain = new Node(i, chain);
        }
        List<Object> broken = new AbstractList<>() {
            @Override
            public Object get(int index) {
                throw new UnsupportedOperationException();
            }

            @Override
            public int size() {
                return 1 << 30;
            }
        };

        assertThat(SizeEstimate.of(cycle)).isPositive();
        assertThat(SizeEstimate.of(chain)).isPositive();
        assertThat(SizeEstimate.of(broken)).isPositive();
        assertThat(SizeEstimate.of(Thread.currentThread())).isPositive();
        assertThat(SizeEstimate.of(new Object())).isEqualTo(16);
    }

    @Test
    void hugeValuesAreSampled() {
        List<List<String>> lists = IntStream.range(0, 20_000).mapToObj(i -> List.of("a" + i, "b" + i)).toList();
        long start = System.nanoTime();
        long bytes = SizeEstimate.of(lists);
        long millis = (System.nanoTime() - start) / 1_000_000;

        assertThat(bytes).isBetween(20_000L * 100, 20_000L * 250);
        assertThat(millis).isLessThan(500);
    }
}
