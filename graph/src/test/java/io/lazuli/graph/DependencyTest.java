package io.lazuli.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lazuli.graph.Dependency.Broadcast;
import io.lazuli.graph.Dependency.Exchange;
import io.lazuli.graph.Dependency.Explicit;
import io.lazuli.graph.Dependency.Kept;
import io.lazuli.graph.Dependency.OneToOne;
import io.lazuli.graph.Dependency.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class DependencyTest {
    private static final Token ON = new Token(1, 2);

    /// One read: partition `partition` of the producer, slice `slice` of it.
    record Read(int partition, int slice) {}

    private static List<Read> reads(Dependency dependency, int consumer, int producerCount) {
        return dependency
                .partitions(consumer, producerCount)
                .mapToObj(p -> new Read(p, dependency.slice(consumer)))
                .toList();
    }

    private static List<Read> allReads(Dependency dependency, int consumerCount, int producerCount) {
        dependency.check(consumerCount, producerCount);
        return IntStream.range(0, consumerCount)
                .boxed()
                .flatMap(c -> reads(dependency, c, producerCount).stream())
                .toList();
    }

    private static List<Read> wholePartitions(int producerCount) {
        return IntStream.range(0, producerCount).mapToObj(p -> new Read(p, Argument.WHOLE)).toList();
    }

    @Property
    void oneToOneReadsEveryPartitionOnceInOrder(@ForAll @IntRange(min = 1, max = 1000) int count) {
        assertThat(allReads(new OneToOne(ON), count, count)).isEqualTo(wholePartitions(count));
    }

    @Property(tries = 200)
    void broadcastGivesEveryPartitionToEveryConsumer(
            @ForAll @IntRange(min = 1, max = 50) int consumers, @ForAll @IntRange(min = 1, max = 50) int producers) {
        for (int consumer = 0; consumer < consumers; consumer++) {
            assertThat(reads(new Broadcast(ON), consumer, producers)).isEqualTo(wholePartitions(producers));
        }
    }

    @Property(tries = 200)
    void keptNeedsEveryPartition_andReadsNone(
            @ForAll @IntRange(min = 1, max = 50) int consumers, @ForAll @IntRange(min = 1, max = 50) int producers) {
        Kept kept = new Kept(ON);
        Layer layer =
                new Layer(Token.of("reader"), new LongOperations.ConcatSlices(), consumers, List.of(kept), "reader");
        for (int consumer = 0; consumer < consumers; consumer++) {
            assertThat(kept.partitions(consumer, producers)).containsExactlyElementsOf(
                    IntStream.range(0, producers).boxed().toList());
            assertThat(layer.task(consumer, List.of(producers)).arguments()).isEmpty();
        }
    }

    @Property(tries = 200)
    void exchangeReadsEverySliceOfEveryPartitionOnce(
            @ForAll @IntRange(min = 1, max = 50) int consumers, @ForAll @IntRange(min = 1, max = 50) int producers) {
        List<Read> expected = IntStream.range(0, consumers)
                .boxed()
                .flatMap(slice -> IntStream.range(0, producers).mapToObj(p -> new Read(p, slice)))
                .toList();
        assertThat(allReads(new Exchange(ON), consumers, producers)).isEqualTo(expected);
    }

    @Property
    void aTreeReadsEveryPartitionOnceInOrderAndNoConsumerIsIdle(
            @ForAll @IntRange(min = 1, max = 2000) int producers, @ForAll @IntRange(min = 2, max = 64) int fanIn) {
        Tree tree = new Tree(ON, fanIn);
        int consumers = Math.ceilDiv(producers, fanIn);

        assertThat(allReads(tree, consumers, producers)).isEqualTo(wholePartitions(producers));
        for (int consumer = 0; consumer < consumers; consumer++) {
            assertThat(reads(tree, consumer, producers)).hasSizeBetween(1, fanIn);
        }
    }

    @Example
    void aTreeDoesNotOverflow() {
        Tree widest = new Tree(ON, Integer.MAX_VALUE);
        widest.check(1, Integer.MAX_VALUE);
        assertThat(widest.partitions(0, Integer.MAX_VALUE).limit(2)).containsExactly(0, 1);
        assertThat(new Tree(ON, 2).partitions(1 << 30, Integer.MAX_VALUE)).isEmpty();
    }

    @Property
    void explicitReadsWhatIsListedInThatOrder(@ForAll("lists") List<List<Integer>> lists) {
        int[] offsets = new int[lists.size() + 1];
        List<Integer> sources = new ArrayList<>();
        for (int i = 0; i < lists.size(); i++) {
            sources.addAll(lists.get(i));
            offsets[i + 1] = sources.size();
        }
        Explicit explicit = new Explicit(ON, offsets, sources.stream().mapToInt(s -> s).toArray());

        explicit.check(lists.size(), 10);
        for (int i = 0; i < lists.size(); i++) {
            assertThat(reads(explicit, i, 10).stream().map(Read::partition)).isEqualTo(lists.get(i));
        }
    }

    @Provide
    Arbitrary<List<List<Integer>>> lists() {
        return Arbitraries.integers().between(0, 9).list().ofMaxSize(5).list().ofMinSize(1).ofMaxSize(20);
    }

    @Example
    void explicitPatternsAreEqualByContent() {
        Explicit one = new Explicit(ON, new int[] {0, 2}, new int[] {1, 0});
        Explicit same = new Explicit(ON, new int[] {0, 2}, new int[] {1, 0});

        assertThat(one).isEqualTo(same).hasSameHashCodeAs(same);
        assertThat(one).isNotEqualTo(new Explicit(ON, new int[] {0, 2}, new int[] {0, 1}));
        assertThat(one.toString()).endsWith("1 partitions, 2 sources]");
        assertThat(Token.of(one)).isEqualTo(Token.of(same));
    }

    @Example
    void patternsThatCannotBeAreRefused() {
        assertRefused(() -> new Tree(ON, 1), "fan-in must be at least 2, found 1");
        assertRefused(() -> new Explicit(ON, new int[] {}, new int[] {}),
                "offsets must run from 0 to the number of sources");
        assertRefused(() -> new Explicit(ON, new int[] {1, 1}, new int[] {0}),
                "offsets must run from 0 to the number of sources");
        assertRefused(() -> new Explicit(ON, new int[] {0, 1}, new int[] {}),
                "offsets must run from 0 to the number of sources");
        assertRefused(() -> new Explicit(ON, new int[] {0, 3, 2}, new int[] {0, 0}),
                "offsets must ascend, found 3 before 2");
    }

    @Example
    void partitionCountsThatDoNotGoTogetherAreRefused() {
        assertRefused(() -> new OneToOne(ON).check(2, 3), "one-to-one needs equal partition counts, found 2 on 3");
        assertRefused(() -> new Tree(ON, 3).check(2, 7), "a tree of fan-in 3 does not take 7 partitions to 2");
        Explicit explicit = new Explicit(ON, new int[] {0, 1, 2}, new int[] {0, 3});
        assertRefused(() -> explicit.check(3, 4), "offsets describe 2 partitions, not 3");
        assertRefused(() -> explicit.check(2, 3), "partition 3 does not exist, the producer has 3");
        assertThatCode(() -> explicit.check(2, 4)).doesNotThrowAnyException();
    }

    private static void assertRefused(Runnable action, String message) {
        assertThatIllegalArgumentException().isThrownBy(action::run).withMessage(message);
    }
}
