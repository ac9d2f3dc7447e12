package io.lazuli.graph.bag;

import static io.lazuli.graph.bag.Engines.here;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.JobOptions;
import io.lazuli.graph.ReferenceEngine;
import io.lazuli.graph.error.LazuliException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BagTest {
    record Person(String name, String city, int age) {}

    private static final List<Person> PEOPLE = List.of(
            new Person("Ada", "London", 36),
            new Person("Alan", "London", 41),
            new Person("Emmy", "Erlangen", 53),
            new Person("Kurt", "Brno", 71));

    private static Bag<Person> people() {
        return here(Bag.from(PEOPLE, 3));
    }

    private static Bag<Long> numbers() {
        return here(Bag.range(0, 10, 3));
    }

    @Test
    void sources() {
        assertThat(here(Bag.of("a", null, "b")).compute()).containsExactly("a", null, "b");
        assertThat(here(Bag.<String>of()).compute()).isEmpty();
        assertThat(numbers().compute()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(here(Bag.range(5, 3, 2)).compute()).isEmpty();
        assertThat(here(Bag.range(Long.MAX_VALUE - 2, Long.MAX_VALUE, 5)).compute())
                .containsExactly(Long.MAX_VALUE - 2, Long.MAX_VALUE - 1);
    }

    @Test
    void from_copiesTheList() {
        List<String> values = new ArrayList<>(List.of("a", "b"));
        Bag<String> bag = here(Bag.from(values, 2));
        values.clear();
        assertThat(bag.compute()).containsExactly("a", "b");
    }

    @Test
    void elementByElement() {
        assertThat(numbers().map(n -> n * n).filter(n -> n % 2 == 0).remove(n -> n > 40).compute())
                .containsExactly(0L, 4L, 16L, 36L);
        assertThat(numbers().flatMap(n -> n < 8 ? List.of() : List.of(n, -n)).compute())
                .containsExactly(8L, -8L, 9L, -9L);
        assertThat(numbers().mapPartitions(part -> List.of(part.size())).compute()).containsExactly(3, 3, 4);
        assertThat(people().map(Person::name).compute()).containsExactly("Ada", "Alan", "Emmy", "Kurt");
    }

    @Test
    void map_withAValueThatIsComputedFirst() {
        Bag<Long> bag = numbers();
        assertThat(bag.map((n, sum) -> n - sum, bag.sumLong(n -> n)).compute()).startsWith(-45L, -44L).hasSize(10);
        assertThat(bag.map((n, nothing) -> nothing, bag.count().map(n -> null)).compute()).containsOnlyNulls();
    }

    @Test
    void pairsOfTwoBags() {
        assertThat(numbers().zip(numbers().map(n -> n * 10)).take(2).compute())
                .containsExactly(new Pair<>(0L, 0L), new Pair<>(1L, 10L));
        assertThat(here(Bag.of("a", "b")).product(Bag.range(0, 2, 2)).compute())
                .containsExactly(new Pair<>("a", 0L), new Pair<>("b", 0L), new Pair<>("a", 1L), new Pair<>("b", 1L));
        assertThat(numbers().concat(numbers()).compute()).hasSize(20).startsWith(0L, 1L).endsWith(8L, 9L);
    }

    @Test
    void join_findsAllWithTheSameKeyButNoNulls() {
        Bag<String> cities = here(Bag.of("London", "Brno", null, "Rome"));
        assertThat(
                cities.join(PEOPLE, city -> city, Person::city).map(p -> p.first() + " " + p.second().name()).compute())
                .containsExactly("London Ada", "London Alan", "Brno Kurt");
        assertThat(cities.join(cities, c -> c, c -> c).count().compute()).isEqualTo(3);
    }

    @Test
    void keyed() {
        assertThat(people().groupBy(Person::city).map(g -> g.key() + g.value().size()).compute())
                .containsExactlyInAnyOrder("London2", "Erlangen1", "Brno1");
        assertThat(people().foldBy(Person::city, () -> 0, (sum, p) -> sum + p.age(), Integer::sum).compute())
                .containsExactlyInAnyOrder(
                        new Keyed<>("London", 77), new Keyed<>("Erlangen", 53), new Keyed<>("Brno", 71));
        assertThat(here(Bag.of("a", null, "a", null)).frequencies().compute())
                .containsExactlyInAnyOrder(new Keyed<>("a", 2L), new Keyed<>(null, 2L));
        assertThat(people().distinct(Person::city).map(Person::name).compute())
                .containsExactlyInAnyOrder("Ada", "Emmy", "Kurt");
        assertThat(here(Bag.from(Arrays.asList("a", null, "a", null), 4)).distinct().compute())
                .containsExactlyInAnyOrder("a", null);
    }

    @Test
    void groupBy_givesListsThatCannotBeChanged() {
        List<Person> group = people().groupBy(p -> 1, 5).compute().getFirst().value();
        assertThat(group).containsExactlyElementsOf(PEOPLE);
        assertThatThrownBy(group::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void values() {
        assertThat(numbers().count().compute()).isEqualTo(10);
        assertThat(numbers().sumLong(n -> n).compute()).isEqualTo(45);
        assertThat(numbers().sum(n -> n).compute()).isEqualTo(45);
        assertThat(numbers().mean(n -> n == 9 ? null : n).compute()).isEqualTo(4);
        assertThat(here(Bag.of(1, 2, 3, 4)).variance(n -> n).compute()).isEqualTo(1.25);
        assertThat(here(Bag.of(1, 2, 3, 4)).moments(n -> n).map(m -> m.variance(1)).compute()).isEqualTo(5 / 3.0);
        assertThat(numbers().min(Long::compare).compute()).isZero();
        assertThat(people().max(Bag.comparing(Person::age)).compute().name()).isEqualTo("Kurt");
        assertThat(numbers().reduce(Math::max).compute()).isEqualTo(9);
        assertThat(numbers().any(n -> n == 7).compute()).isTrue();
        assertThat(numbers().any(n -> n > 9).compute()).isFalse();
        assertThat(numbers().all(n -> n < 10).compute()).isTrue();
        assertThat(numbers().all(n -> n < 9).compute()).isFalse();
        assertThat(here(Bag.<Long>of()).all(n -> false).compute()).isTrue();
        assertThat(here(Bag.<Long>of()).mean(n -> n).compute()).isNaN();
    }

    @Test
    void fold_mayChangeItsOwnResult() {
        BagValue<Set<String>> cities = people().fold(HashSet::new, (set, p) -> {
            set.add(p.city());
            return set;
        }, (a, b) -> {
            a.addAll(b);
            return a;
        });
        assertThat(cities.compute()).containsExactlyInAnyOrder("London", "Erlangen", "Brno");
        assertThat(cities.compute()).hasSize(3);
    }

    @Test
    void topK_isOrderedAndStable() {
        assertThat(people().topK(2, Bag.comparing(Person::age)).map(Person::name).compute())
                .containsExactly("Kurt", "Emmy");
        assertThat(people().topK(9, Bag.comparing(p -> p.city().length())).map(Person::name).compute())
                .containsExactly("Emmy", "Ada", "Alan", "Kurt");
        assertThat(people().topK(0, Bag.comparing(Person::age)).compute()).isEmpty();
        assertThat(here(Bag.of(1, null, 3)).topK(3, Bag.comparing(n -> n)).compute()).containsExactly(3, 1, null);
    }

    @Test
    void wordsAreCounted() {
        List<Keyed<String, Long>> words = here(Bag.from(List.of("a b a", "c a b"), 2))
                .flatMap(line -> List.of(line.split(" ")))
                .frequencies()
                .topK(2, Bag.comparing(Keyed::value))
                .compute();
        assertThat(words).containsExactly(new Keyed<>("a", 3L), new Keyed<>("b", 2L));
    }

    @Test
    void take_makesNoMoreThanItNeeds() {
        AtomicInteger calls = new AtomicInteger();
        Bag<Long> counted = here(Bag.range(0, 1_000_000, 2)).map(n -> {
            calls.incrementAndGet();
            return n;
        });
        assertThat(counted.take(3).compute()).containsExactly(0L, 1L, 2L);
        assertThat(calls).hasValue(6);
        assertThat(counted.any(n -> n == 0).compute()).isTrue();
        assertThat(numbers().take(0).compute()).isEmpty();
    }

    @Test
    void accumulate_goesOnFromPartitionToPartition() {
        assertThat(numbers().accumulate(0L, Long::sum).compute())
                .containsExactly(0L, 1L, 3L, 6L, 10L, 15L, 21L, 28L, 36L, 45L);
        assertThat(numbers().repartition(25).accumulate("", (text, n) -> text + n).compute()).last()
                .isEqualTo("0123456789");
    }

    @Test
    void whatTwoPartsShareRunsOnce() {
        AtomicInteger calls = new AtomicInteger();
        Bag<Long> costly = numbers().map(n -> {
            calls.incrementAndGet();
            return n;
        });
        assertThat(costly.filter(n -> n > 4).concat(costly.filter(n -> n < 5)).count().compute()).isEqualTo(10);
        assertThat(calls).hasValue(10);
    }

    @Test
    void persist_runsOnceAndStartsFromThere() {
        AtomicInteger calls = new AtomicInteger();
        Bag<Long> kept = numbers().map(n -> {
            calls.incrementAndGet();
            return n;
        }).persist();
        assertThat(kept.compute()).hasSize(10);
        assertThat(kept.zip(kept.map(n -> -n)).compute()).hasSize(10).contains(new Pair<>(9L, -9L));
        assertThat(kept.map(n -> n).persist().count().compute()).isEqualTo(10);
        assertThat(calls).hasValue(10);
        kept.unpersist();
        kept.unpersist();
        assertThatThrownBy(() -> kept.map(n -> n).compute()).isInstanceOf(LazuliException.class)
                .hasMessageStartingWith("What is to be computed reads what unpersist() gave back.");
    }

    @Test
    void persist_staysWithItsEngine() {
        try (ReferenceEngine other = ReferenceEngine.open(1, 1 << 20)) {
            Bag<Long> kept = numbers().persist();
            assertThat(here(Bag.range(0, 10, 3)).zip(kept).compute()).hasSize(10);
            assertThatThrownBy(() -> kept.withEngine(other).compute()).hasMessage(
                    "What is to be computed reads what was persisted on another engine. Run it there, or persist it here.");
            assertThatThrownBy(() -> kept.zip(numbers().withEngine(other))).hasMessage(
                    "The bags are to run on different engines. Give both the same with withEngine(...).");
        }
    }

    @Test
    void stream_givesElementsInOrder() {
        try (Stream<Long> stream = numbers().withOptions(JobOptions.DEFAULTS.withName("numbers")).stream()) {
            assertThat(stream).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        }
    }

    @Test
    void compute_givesAListThatCannotBeChanged() {
        assertThatThrownBy(() -> numbers().compute().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void textIsTheCodeThatBuildsIt() {
        assertThat(numbers().map(n -> n).filter(n -> true).sample(0.5, 42).repartition(2).distinct()).hasToString(
                "Bag.range(0, 10, 3).map(...).filter(...).sample(0.5, 42).repartition(2).distinct()");
        assertThat(Bag.of(1, 2).zip(Bag.from(List.of(3, 4), 1)).take(5).mean(p -> p.first()).map(m -> m + 1))
                .hasToString("Bag.of(2 values).zip(Bag.from(2 values, 1)).take(5).mean(...).map(...)");
        assertThat(numbers().sumLong(n -> n)).hasToString("Bag.range(0, 10, 3).sumLong(...)");
        assertThat(numbers().any(n -> true)).hasToString("Bag.range(0, 10, 3).any(...)");
    }
}
