package io.lazuli.graph.bag;

import static io.lazuli.graph.bag.Engines.here;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/// Bags give what streams of the same elements give, however they are cut.
class BagPropertyTest {
    private static final int TRIES = 60;

    /// Small numbers and nulls, so that there are duplicates; often fewer than there are partitions.
    @Provide
    Arbitrary<List<Integer>> elements() {
        return Arbitraries.integers().between(-20, 20).injectNull(0.1).list().ofMaxSize(60);
    }

    private static long valueOf(Integer n) {
        return n == null ? 0 : n;
    }

    private static boolean isEven(Integer n) {
        return n != null && n % 2 == 0;
    }

    private static List<Integer> upTo(Integer n) {
        return n == null ? Arrays.asList(null, null) : IntStream.range(0, n).boxed().toList();
    }

    @Property(tries = TRIES)
    void steps(@ForAll("elements") List<Integer> list, @ForAll @IntRange(min = 1, max = 40) int partitions) {
        List<Integer> found = here(Bag.from(list, partitions))
                .filter(n -> !isEven(n)).flatMap(n -> upTo(n)).remove(n -> isEven(n)).map(n -> n == null ? null : -n)
                .compute();
        List<Integer> expected = list.stream()
                .filter(n -> !isEven(n)).flatMap(n -> upTo(n).stream()).filter(n -> !isEven(n))
                .map(n -> n == null ? null : -n).toList();
        assertThat(found).isEqualTo(expected);
    }

    @Property(tries = TRIES)
    void values(@ForAll("elements") List<Integer> list, @ForAll @IntRange(min = 1, max = 40) int partitions) {
        Bag<Integer> bag = here(Bag.from(list, partitions));
        List<Integer> numbers = list.stream().filter(Objects::nonNull).toList();
        assertThat(bag.count().compute()).isEqualTo(list.size());
        assertThat(bag.sumLong(n -> n).compute()).isEqualTo(numbers.stream().mapToLong(n -> n).sum());
        assertThat(bag.fold(() -> "", (text, n) -> text + n + ";", String::concat).compute())
                .isEqualTo(list.stream().map(n -> n + ";").collect(Collectors.joining()));
        Moments moments = bag.moments(n -> n).compute();
        assertThat(moments.count()).isEqualTo(numbers.size());
        if (!numbers.isEmpty()) {
            double mean = numbers.stream().mapToDouble(n -> n).average().orElseThrow();
            double squares = numbers.stream().mapToDouble(n -> (n - mean) * (n - mean)).sum();
            assertThat(moments.mean()).isCloseTo(mean, within(1e-9));
            assertThat(moments.squaredDeviations()).isCloseTo(squares, within(1e-6));
            assertThat(moments.min()).isEqualTo(numbers.stream().mapToDouble(n -> n).min().orElseThrow());
            assertThat(moments.max()).isEqualTo(numbers.stream().mapToDouble(n -> n).max().orElseThrow());
        }
        assertThat(bag.any(n -> isEven(n)).compute()).isEqualTo(list.stream().anyMatch(n -> isEven(n)));
        assertThat(bag.all(n -> isEven(n)).compute()).isEqualTo(list.stream().allMatch(n -> isEven(n)));
    }

    @Property(tries = TRIES)
    void reductionsOfWhatIsNotEmpty(
            @ForAll("elements") List<Integer> list, @ForAll @IntRange(min = 1, max = 40) int partitions) {
        List<String> texts = Stream.concat(Stream.of("x"), list.stream().map(String::valueOf)).toList();
        Bag<String> bag = here(Bag.from(texts, partitions));
        assertThat(bag.reduce(String::concat).compute()).isEqualTo(String.join("", texts));
        assertThat(bag.min(String::compareTo).compute()).isEqualTo(texts.stream().min(String::compareTo).orElseThrow());
        assertThat(bag.max(String::compareTo).compute()).isEqualTo(texts.stream().max(String::compareTo).orElseThrow());
    }

    @Property(tries = TRIES)
    void firstAndLargest(
            @ForAll("elements") List<Integer> list,
            @ForAll @IntRange(min = 1, max = 40) int partitions,
            @ForAll @IntRange(max = 70) int count) {
        Bag<Integer> bag = here(Bag.from(list, partitions));
        assertThat(bag.take(count).compute()).isEqualTo(list.stream().limit(count).toList());
        // by a key with many ties: which of the equal ones are kept, and in which order, is fixed
        List<Integer> expected = list.stream()
                .sorted((a, b) -> Long.compare(Math.abs(valueOf(b)), Math.abs(valueOf(a)))).limit(count).toList();
        assertThat(bag.topK(count, Bag.comparing(n -> Math.abs(valueOf(n)))).compute()).isEqualTo(expected);
    }

    @Property(tries = TRIES)
    void groups(
            @ForAll("elements") List<Integer> list,
            @ForAll @IntRange(min = 1, max = 20) int partitions,
            @ForAll @IntRange(min = 1, max = 20) int groupPartitions) {
        Bag<Integer> bag = here(Bag.from(list, partitions));
        Map<Integer, List<Integer>> expected = new HashMap<>();
        list.forEach(n -> expected.computeIfAbsent(n == null || n < -10 ? null : n % 7, k -> new ArrayList<>()).add(n));
        var groups = bag.groupBy(n -> n == null || n < -10 ? null : n % 7, groupPartitions);
        assertThat(groups.partitionCount()).isEqualTo(groupPartitions);
        List<Keyed<Integer, List<Integer>>> found = groups.compute();
        assertThat(found).hasSize(expected.size());
        found.forEach(group -> assertThat(group.value()).isEqualTo(expected.get(group.key())));
    }

    @Property(tries = TRIES)
    void keys(@ForAll("elements") List<Integer> list, @ForAll @IntRange(min = 1, max = 20) int partitions) {
        Bag<Integer> bag = here(Bag.from(list, partitions));
        List<String> texts = list.stream().map(String::valueOf).toList();
        Map<String, Long> counts = texts.stream().collect(groupingBy(text -> text, Collectors.counting()));
        List<Keyed<Integer, Long>> frequencies = bag.frequencies().compute();
        assertThat(frequencies).hasSize(counts.size());
        frequencies.forEach(f -> assertThat(f.value()).isEqualTo(counts.get(String.valueOf(f.key()))));
        assertThat(bag.distinct().compute()).hasSize(counts.size())
                .containsExactlyInAnyOrderElementsOf(new HashSet<>(list));
        bag.foldBy(n -> isEven(n), () -> 0L, (sum, n) -> sum + valueOf(n), Long::sum).compute()
                .forEach(sum -> assertThat(sum.value()).isEqualTo(list.stream()
                        .filter(n -> isEven(n) == sum.key()).mapToLong(n -> valueOf(n)).sum()));
    }

    @Property(tries = TRIES)
    void twoBags(
            @ForAll("elements") List<Integer> left,
            @ForAll("elements") List<Integer> right,
            @ForAll @IntRange(min = 1, max = 6) int partitions,
            @ForAll @IntRange(min = 1, max = 6) int otherPartitions) {
        Bag<Integer> a = here(Bag.from(left, partitions));
        Bag<Integer> b = here(Bag.from(right, otherPartitions));
        assertThat(a.concat(b).compute()).isEqualTo(Stream.concat(left.stream(), right.stream()).toList());
        assertThat(a.concat(a).compute()).isEqualTo(Stream.concat(left.stream(), left.stream()).toList());
        assertThat(a.zip(a.map(n -> n)).compute()).isEqualTo(left.stream().map(n -> new Pair<>(n, n)).toList());
        assertThat(a.product(b).compute()).containsExactlyInAnyOrderElementsOf(
                left.stream().flatMap(x -> right.stream().map(y -> new Pair<>(x, y))).toList());
        List<Pair<Integer, Integer>> joined = left.stream()
                .flatMap(x -> right.stream().filter(y -> x != null && x.equals(y)).map(y -> new Pair<>(x, y))).toList();
        assertThat(a.join(b, n -> n, n -> n).compute()).isEqualTo(joined);
        assertThat(a.join(right, n -> n, n -> n).compute()).isEqualTo(joined);
    }

    @Property(tries = TRIES)
    void partitioning(
            @ForAll("elements") List<Integer> list,
            @ForAll @IntRange(min = 1, max = 40) int before,
            @ForAll @IntRange(min = 1, max = 40) int after) {
        Bag<Integer> bag = here(Bag.from(list, before));
        Bag<Integer> cut = bag.repartition(after);
        assertThat(cut.partitionCount()).isEqualTo(after);
        assertThat(cut.compute()).isEqualTo(list);
        assertThat(cut.mapPartitions(part -> List.of(part.size())).compute()).hasSize(after);
        List<Long> sums = new ArrayList<>();
        list.forEach(n -> sums.add((sums.isEmpty() ? 5 : sums.getLast()) + valueOf(n)));
        assertThat(cut.accumulate(5L, (sum, n) -> sum + valueOf(n)).compute()).isEqualTo(sums);
    }

    @Property(tries = TRIES)
    void sample(
            @ForAll @LongRange(max = 1_000) long seed, @ForAll @IntRange(min = 1, max = 10) int partitions,
            @ForAll @IntRange(max = 10) int tenths) {
        Bag<Long> bag = here(Bag.range(0, 2_000, partitions));
        List<Long> sample = bag.sample(tenths / 10.0, seed).compute();
        assertThat(bag.sample(tenths / 10.0, seed).compute()).isEqualTo(sample);
        assertThat(sample).doesNotHaveDuplicates().isSorted();
        // six standard deviations and more
        assertThat((double) sample.size()).isCloseTo(200.0 * tenths, within(150.0));
    }
}
