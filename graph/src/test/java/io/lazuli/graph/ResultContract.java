package io.lazuli.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.Dependency.Broadcast;
import io.lazuli.graph.Dependency.Exchange;
import io.lazuli.graph.Dependency.Explicit;
import io.lazuli.graph.Dependency.Kept;
import io.lazuli.graph.Dependency.OneToOne;
import io.lazuli.graph.LongOperations.ConcatSlices;
import io.lazuli.graph.LongOperations.Grant;
import io.lazuli.graph.LongOperations.Numbers;
import io.lazuli.graph.LongOperations.ObjectResult;
import io.lazuli.graph.LongOperations.PassThrough;
import io.lazuli.graph.LongOperations.Plus;
import io.lazuli.graph.LongOperations.SplitByModulo;
import io.lazuli.graph.LongOperations.SumOf;
import io.lazuli.graph.LongOperations.SumOfObjects;
import io.lazuli.graph.memory.Block;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every dependency pattern gives the right rows, on any number of threads, and results are handed over once.
abstract class ResultContract extends EngineContractPart {
    private static final Numbers NUMBERS = new Numbers(1000, 42);

    private final Layer numbers = layer(NUMBERS, 7);

    ResultContract(EngineContract contract) {
        super(contract);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void aLayerWithoutInputsIsComputed(int threads) {
        assertThat(run(engine(threads), numbers)).containsExactly(partitions(7));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void oneToOneReadsThePartitionOfTheSameIndex(int threads) {
        List<long[]> results = run(engine(threads), numbers, layer(new Plus(5), 7, new OneToOne(numbers.token())));

        for (int p = 0; p < 7; p++) {
            assertThat(results.get(p)).isEqualTo(LongStream.of(NUMBERS.of(p)).map(x -> x + 5).toArray());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void whatIsKeptIsThere_andNotRead(int threads) {
        Layer sums = layer(new SumOf(), 3, new Kept(numbers.token()));
        assertThat(run(engine(threads), numbers, sums)).allSatisfy(sum -> assertThat(sum).containsExactly(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void broadcastGivesEveryPartitionToEachInOrder(int threads) {
        List<long[]> results =
                run(engine(threads), numbers, layer(new ConcatSlices(), 3, new Broadcast(numbers.token())));
        assertThat(results).hasSize(3).allSatisfy(rows -> assertThat(rows).isEqualTo(NUMBERS.ofAll(7)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void aTreeReducesLevelByLevel(int threads) {
        TaskGraph graph = TaskGraph.of(withTreeSum(layer(NUMBERS, 50), 3));

        assertThat(graph.layers()).hasSize(5);
        assertThat(run(engine(threads), graph)).containsExactly(new long[] {LongStream.of(NUMBERS.ofAll(50)).sum()});
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void anExchangeBringsEveryRowToItsPartitionInOrderOfProducers(int threads) {
        Layer split = layer(new SplitByModulo(5), 7, new OneToOne(numbers.token()));
        List<long[]> results =
                run(engine(threads), numbers, split, layer(new ConcatSlices(), 5, new Exchange(split.token())));

        for (int p = 0; p < 5; p++) {
            int remainder = p;
            assertThat(results.get(p))
                    .isEqualTo(LongStream.of(NUMBERS.ofAll(7)).filter(x -> x % 5 == remainder).toArray());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void anExplicitPatternReadsWhatIsListed(int threads) {
        Explicit pattern = new Explicit(numbers.token(), new int[] {0, 3, 3, 4}, new int[] {6, 0, 6, 2});
        List<long[]> results = run(engine(threads), numbers, layer(new ConcatSlices(), 3, pattern));

        assertThat(results).containsExactly(concat(6, 0, 6), new long[0], NUMBERS.of(2));
    }

    @Test
    void dependenciesAreReadInTheirOrder() {
        Layer total = layer(new SumOf(), 1, new Broadcast(numbers.token()));
        Layer both = layer(new ConcatSlices(), 7, new Broadcast(total.token()), new OneToOne(numbers.token()));
        List<long[]> results = run(engine(2), numbers, total, both);

        assertThat(results.get(3)).hasSize(1001).startsWith(LongStream.of(NUMBERS.ofAll(7)).sum());
        assertThat(results.get(3)).endsWith(NUMBERS.of(3));
    }

    @Test
    void aLayerMayDependOnAnotherTwice() {
        OneToOne same = new OneToOne(numbers.token());
        assertThat(run(engine(2), numbers, layer(new ConcatSlices(), 7, same, same)).get(1)).isEqualTo(concat(1, 1));
    }

    @Test
    void theOutputMayBeALayerThatOthersRead() {
        Layer plus = layer(new Plus(1), 7, new OneToOne(numbers.token()));
        TaskGraph graph = new TaskGraph(Map.of(), List.of(numbers, plus), numbers.token());
        assertThat(run(engine(2), graph)).containsExactly(partitions(7));
    }

    @Test
    void blocksWithoutRowsFlowLikeOthers() {
        Layer none = layer(new Numbers(0, 1), 4);
        Layer split = layer(new SplitByModulo(3), 4, new OneToOne(none.token()));
        Layer concat = layer(new ConcatSlices(), 3, new Exchange(split.token()));
        List<long[]> results = run(engine(2), none, split, concat);
        assertThat(results).hasSize(3).allSatisfy(rows -> assertThat(rows).isEmpty());
    }

    @Test
    void anExchangeIntoOnePartitionTakesBlocksWithoutCuts() {
        List<long[]> results = run(engine(2), numbers, layer(new ConcatSlices(), 1, new Exchange(numbers.token())));
        assertThat(results).containsExactly(NUMBERS.ofAll(7));
    }

    @Test
    void anOutputMayShareTheBuffersOfItsInput() {
        Layer pass = layer(new PassThrough(), 7, new OneToOne(numbers.token()));
        Layer again = layer(new PassThrough(), 7, new OneToOne(pass.token()));
        assertThat(run(engine(2), numbers, pass, again)).containsExactly(partitions(7));
    }

    @Test
    void objectsFlowBetweenTasksAndOut() {
        Layer objects = layer(new ObjectResult(), 7, new OneToOne(numbers.token()));
        Layer sum = layer(new SumOfObjects(), 1, new Broadcast(objects.token()));
        Engine engine = engine(2);

        assertThat(run(engine, numbers, objects, sum))
                .containsExactly(new long[] {LongStream.of(NUMBERS.ofAll(7)).sum()});
        try (Job job = submit(engine, graph(numbers, objects))) {
            Block block = job.take(2);
            assertThat(block.kind()).isEqualTo(Block.Kind.OBJECT);
            assertThat(block.value(Long.class)).isEqualTo(LongStream.of(NUMBERS.of(2)).sum());
            block.release();
        }
    }

    @Test
    void resultsAreTakenInAnyOrderAndEachOnce() {
        try (Job job = submit(engine(2), graph(numbers))) {
            assertThat(job.partitionCount()).isEqualTo(7);
            for (int p : new int[] {6, 0, 3, 1, 5, 2, 4}) {
                assertThat(take(job, p)).isEqualTo(NUMBERS.of(p));
            }
            for (int p = 0; p < 7; p++) {
                int taken = p;
                assertThatIllegalStateException().isThrownBy(() -> job.take(taken));
            }
            assertThatThrownBy(() -> job.take(7)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> job.take(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void aTakenBlockOutlivesItsJob() {
        Block block;
        try (Job job = submit(engine(2), graph(numbers))) {
            block = job.take(4);
        }
        assertThat(LongOperations.values(block)).isEqualTo(NUMBERS.of(4));
        block.release();
    }

    @Test
    void aResultIsTakenWhileOthersAreStillComputed() {
        TroubleOperations.Gate gate = new TroubleOperations.Gate(signals(), "gate");
        Layer wait = layer(gate, 1);
        Layer sums = layer(new SumOf(), 2, new Explicit(wait.token(), new int[] {0, 0, 1}, new int[] {0}));
        try (Job job = submit(engine(2), graph(wait, sums))) {
            assertThat(take(job, 0)).containsExactly(0);
            signals().give(gate.open());
            assertThat(take(job, 1)).containsExactly(1);
        }
    }

    @Test
    void aResultIsAwaitedWithoutTakingIt_andTriedWithoutWaiting() {
        TroubleOperations.Gate gate = new TroubleOperations.Gate(signals(), "gate");
        try (Job job = submitAndWaitForStart(engine(2), gate)) {
            assertThat(job.await(0, Duration.ofMillis(5))).isFalse();
            assertThat(job.tryTake(0)).isEmpty();
            signals().give(gate.open());
            assertThat(job.await(0, Duration.ofSeconds(30))).isTrue();
            assertThat(job.await(0, Duration.ZERO)).isTrue();
            Block block = job.tryTake(0).orElseThrow();
            assertThat(LongOperations.values(block)).containsExactly(1);
            block.release();
            assertThat(job.await(0, Duration.ZERO)).isTrue();
            assertThatIllegalStateException().isThrownBy(() -> job.tryTake(0));
        }
    }

    @Test
    void aTaskHasItsGrantBeforeItStarts() {
        List<long[]> results = run(engine(2), layer(new Grant(3 << 20), 4));
        assertThat(results).allSatisfy(granted -> assertThat(granted[0]).isGreaterThanOrEqualTo(3 << 20));
    }

    @Test
    void equalGraphsGiveEqualResultsAgain() {
        Engine engine = engine(2);
        assertThat(run(engine, numbers)).containsExactly(partitions(7));
        assertThat(run(engine, numbers)).containsExactly(partitions(7));
    }

    @Test
    void tenThousandTasksAreRun() {
        List<Layer> layers = withTreeSum(layer(new Numbers(1, 9), 10_000), 16);
        long expected = LongStream.of(new Numbers(1, 9).ofAll(10_000)).sum();
        assertThat(run(engine(2), TaskGraph.of(layers))).containsExactly(new long[] {expected});
    }

    @Test
    void twoHundredJobsRunAtOnce() {
        Engine engine = engine(4);
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            jobs.add(submit(engine, TaskGraph.of(withTreeSum(layer(new Numbers(100, i), 4), 2))));
        }
        assertThat(jobs.stream().map(Job::id)).doesNotHaveDuplicates();
        for (int i = 199; i >= 0; i--) {
            try (Job job = jobs.get(i)) {
                assertThat(take(job, 0)).containsExactly(LongStream.of(new Numbers(100, i).ofAll(4)).sum());
            }
        }
    }

    private static long[] concat(int... partitions) {
        return IntStream.of(partitions).mapToObj(NUMBERS::of).flatMapToLong(LongStream::of).toArray();
    }

    private static long[][] partitions(int count) {
        return IntStream.range(0, count).mapToObj(NUMBERS::of).toArray(long[][]::new);
    }
}
