package io.lazuli.graph.bag;

import static io.lazuli.graph.bag.Engines.SHARED;
import static io.lazuli.graph.bag.Engines.here;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.Layer;
import io.lazuli.graph.delayed.Delayed;
import io.lazuli.graph.delayed.DelayedFunction1;
import io.lazuli.graph.error.LazuliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bags made of calls, and calls that read bags.
class BagAndDelayedTest {
    private static final DelayedFunction1<Integer, List<Integer>> UP_TO = Delayed.function((Integer n) -> {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            numbers.add(i);
        }
        return numbers;
    }).named("upTo");
    private static final DelayedFunction1<List<Long>, Integer> SIZE =
            Delayed.function((List<Long> list) -> list.size());

    @Property(tries = 100)
    void thereAndBackIsTheSame(@ForAll @Size(max = 20) List<Integer> values,
            @ForAll @IntRange(min = 1, max = 5) int count) {
        Bag<Integer> bag = Bag.from(values, count);
        Bag<Integer> back = here(Bag.fromDelayed(bag.toDelayed()));
        assertThat(back.partitionCount()).isEqualTo(count);
        assertThat(back.compute()).isEqualTo(values);
        assertThat(Delayed.computeAll(back.toDelayed(), SHARED)).isEqualTo(Delayed.computeAll(bag.toDelayed(), SHARED));
    }

    @Test
    void fromDelayed_hasAPartitionForEachCall() {
        Bag<Integer> bag = here(Bag.fromDelayed(List.of(UP_TO.call(2), UP_TO.call(0), UP_TO.call(3))));
        assertThat(bag).hasToString("Bag.fromDelayed(3 calls)");
        assertThat(bag.mapPartitions(List::of).compute()).containsExactly(List.of(0, 1), List.of(), List.of(0, 1, 2));
        assertThat(bag.map(n -> n + 1).sumLong(n -> n).compute()).isEqualTo(3 + 6);
        assertThat(bag.map(n -> n).graph().layers()).extracting(Layer::label)
                .containsExactly("upTo", "fromDelayed > map");
    }

    @Test
    void fromDelayed_takesAnyIterable_butNoNull() {
        var set = Delayed.function(() -> Set.of("a")).call();
        assertThat(here(Bag.<String>fromDelayed(List.of(set, Delayed.value(List.of("b"))))).compute())
                .containsExactly("a", "b");
        Bag<String> none = here(Bag.fromDelayed(List.of(set, Delayed.function(() -> (List<String>) null).call())));
        assertThatThrownBy(none::compute).isInstanceOf(LazuliException.class)
                .hasMessageContaining(
                        "fromDelayed makes partition 1 of an Iterable, but its call gave null. Return a list from the function.");
        assertThatThrownBy(() -> Bag.fromDelayed(List.of())).hasMessage(
                "Argument partitions.size() of fromDelayed is 0, expected at least 1.");
    }

    @Test
    void toDelayed_readsOnePartitionEach_andRunsWhatIsSharedOnce() {
        AtomicInteger calls = new AtomicInteger();
        Bag<Long> bag = Bag.range(0, 10, 3).map(n -> {
            calls.incrementAndGet();
            return n;
        });
        List<Delayed<List<Long>>> parts = bag.toDelayed();
        assertThat(parts.get(2)).hasToString("Bag.range(0, 10, 3).map(...).toDelayed().get(2)");
        assertThat(SIZE.call(parts.get(2)).compute(SHARED)).isEqualTo(4);
        assertThat(calls).as("partitions that nobody reads are left out").hasValue(4);
        Delayed<Integer> both = Delayed.function(Integer::sum).call(SIZE.call(parts.get(0)), SIZE.call(parts.get(1)));
        assertThat(Delayed.<Object>computeAll(List.of(both, parts.get(0)), SHARED))
                .containsExactly(6, List.of(0L, 1L, 2L));
        assertThat(calls).hasValue(4 + 6);
    }

    @Test
    void aBagAndItsOwnPartitionsMeet() {
        Bag<Long> bag = Bag.range(0, 10, 3).repartition(2);
        Bag<Pair<Long, Long>> pairs = here(bag.zip(Bag.fromDelayed(bag.toDelayed())));
        assertThat(pairs.compute()).hasSize(10).allSatisfy(pair -> assertThat(pair.first()).isEqualTo(pair.second()));
        assertThat(pairs.graph().layers()).extracting(Layer::label)
                .containsExactly("range", "repartition", "fromDelayed", "zip");
    }

    @Test
    void values_areMadeOfCalls_andCallsReadThem() {
        BagValue<Integer> three = BagValue.from(Delayed.function((Integer i) -> i + 1).named("inc").call(2));
        assertThat(three).hasToString("BagValue.from(inc(2))");
        assertThat(three.withEngine(SHARED).compute()).isEqualTo(3);
        assertThat(here(Bag.of(1, 2)).map((a, b) -> a * b, three).compute()).containsExactly(3, 6);
        Delayed<Long> sum = Bag.range(0, 10, 3).sumLong(n -> n).toDelayed();
        assertThat(sum).hasToString("Bag.range(0, 10, 3).sumLong(...).toDelayed()");
        assertThat(Delayed.function((Long n) -> n * 2).call(sum).compute(SHARED)).isEqualTo(90);
        assertThat(BagValue.from(Delayed.value(null)).withEngine(SHARED).compute()).isNull();
    }

    @Test
    void visualize_writesThePictureThatTheNameAsksFor(@TempDir Path folder) throws IOException {
        Bag<Long> bag = Bag.range(0, 10, 3).map(n -> n);
        bag.visualize(folder.resolve("bag.svg"));
        bag.mean(n -> n).visualize(folder.resolve("mean.DOT"));
        assertThat(Files.readString(folder.resolve("bag.svg"))).contains(">range &gt; map<", ">3 partitions<");
        assertThat(Files.readString(folder.resolve("mean.DOT"))).contains("label=\"range > map > mean\\n3 partitions\"",
                "label=\"tree of 16\"");
        assertThat(bag.picture().byTask().toSvg()).contains(">range &gt; map 2<");
        assertThat(bag.mean(n -> n).picture().optimized().toDot()).contains("mean > mean");
        assertThatThrownBy(() -> bag.visualize(folder.resolve("bag"))).isInstanceOf(LazuliException.class)
                .hasMessageContaining("its name must end with .svg or .dot");
    }

    @Test
    void whatIsPersisted_staysWithItsEngine_onBothSides() {
        Bag<Long> kept = here(Bag.range(0, 10, 3)).persist();
        assertThat(SIZE.call(kept.toDelayed().getFirst()).compute()).as("runs where it is kept").isEqualTo(3);
        Delayed<List<Integer>> call = UP_TO.call(3).persist(SHARED);
        assertThat(Bag.<Integer>fromDelayed(List.of(call, call)).compute()).containsExactly(0, 1, 2, 0, 1, 2);
        assertThatThrownBy(() -> kept.toDelayed().getFirst().unpersist()).hasMessageStartingWith(
                "Only a call that persist() returned can be unpersisted");
        kept.unpersist();
        Bag<Long> late = Bag.fromDelayed(kept.toDelayed());
        assertThatThrownBy(late::compute).hasMessageStartingWith(
                "What is to be computed reads what unpersist() gave back.");
    }
}
