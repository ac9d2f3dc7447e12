package io.lazuli.scheduler.internal.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.Expansion;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.Key;
import io.lazuli.graph.Layer;
import io.lazuli.graph.LongOperations.ConcatSlices;
import io.lazuli.graph.LongOperations.Numbers;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.graph.memory.Reservation;
import io.lazuli.scheduler.internal.core.JobPlan;
import io.lazuli.scheduler.internal.store.ExportedResult;
import io.lazuli.scheduler.internal.store.JobStorage;
import io.lazuli.scheduler.internal.store.LostResultException;
import io.lazuli.scheduler.internal.store.ResultCopies;
import io.lazuli.scheduler.internal.store.ResultStore;
import io.lazuli.scheduler.internal.store.StoreOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A worker that reads producers of another worker misses rows which are lost, doubled or misplaced between.
class SlicesOfOthersTest {
    private static final int PRODUCERS = 3;
    private static final int SLICES = 4;
    private static final int ROWS = 8;
    private static final Operation MAKER = new Numbers(ROWS, 1);

    @TempDir
    Path directory;

    private Layer producers;
    private Layer consumers;
    private Worker here;
    private Worker there;

    /// A store, and the job as this worker knows it.
    private final class Worker implements AutoCloseable {
        final MemoryAccountant accountant = MemoryAccountant.create(1 << 20);
        final ResultStore store = ResultStore.open(
                accountant, new StoreOptions(1 << 20, directory, Long.MAX_VALUE));
        final StoredJob job;

        Worker() {
            TaskGraph graph = new TaskGraph(Map.of(), List.of(producers, consumers), consumers.token());
            JobPlan plan = JobPlan.of(graph, Map.of(), JobOptions.DEFAULTS);
            job = new StoredJob(plan, store.newJob());
            store.ensureCapacity(plan.taskCount());
        }

        LayerRun producers() {
            return job.layer(0);
        }

        int task(int producer) {
            return producers().firstTask + producer;
        }

        @Override
        public void close() {
            for (int producer = 0; producer < PRODUCERS; producer++) {
                store.remove(task(producer)).release();
            }
            store.close();
            accountant.close();
        }
    }

    /// A job of which nothing runs.
    private static final class StoredJob implements TaskJob {
        private final JobStorage storage;
        private final List<LayerRun> layers;

        StoredJob(JobPlan plan, JobStorage storage) {
            this.storage = storage;
            this.layers = plan.layers().stream().map(layer -> new LayerRun(this, plan, layer, 0)).toList();
        }

        @Override
        public String name() {
            return "job";
        }

        @Override
        public LayerRun layer(int index) {
            return layers.get(index);
        }

        @Override
        public LayerRun layerOf(int task) {
            return layers.stream().filter(layer -> layer.has(task)).findFirst().orElseThrow();
        }

        @Override
        public boolean has(int task) {
            return layers.stream().anyMatch(layer -> layer.has(task));
        }

        @Override
        public boolean isStopped() {
            return false;
        }

        @Override
        public JobStorage storage() {
            return storage;
        }

        @Override
        public void recordFailure(Layer layer, int task, Key key, Throwable reason) {
            throw new AssertionError("nothing runs", reason);
        }

        @Override
        public void recordLoss(LostResultException loss) {
            throw loss.toError();
        }

        @Override
        public void expand(int task, int attempt, Expansion expansion, int thread, long busyNanos,
                long exchangedRows) {
            throw new AssertionError("nothing runs");
        }
    }

    @BeforeEach
    void runProducersThere() {
        producers = Layer.of(MAKER, PRODUCERS, List.of(), "producers");
        consumers =
                Layer.of(new ConcatSlices(), SLICES, List.of(new Dependency.Exchange(producers.token())), "readers");
        here = new Worker();
        there = new Worker();
        for (int producer = 0; producer < PRODUCERS; producer++) {
            try (Reservation memory = there.accountant.reserve("test", 0)) {
                Block block = block(memory.allocate(8 * ROWS), new long[] {0, 1, 4, 4, ROWS});
                there.producers().countSlices(producer, block);
                there.store.put(
                        there.task(producer), key(producer), block, 0, there.job.storage());
            }
        }
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    private Key key(int producer) {
        return new Key(producers.token(), producer);
    }

    private static Block block(Buffer rows, long[] cuts) {
        return Block.partitioned(cuts[cuts.length - 1], new byte[0], List.of(rows), cuts);
    }

    /// Brings all producers' results here; `way` is what becomes of that of producer 1 on its way.
    private void fetch(UnaryOperator<long[]> way) {
        for (int producer = 0; producer < PRODUCERS; producer++) {
            try (ExportedResult exported = there.store.find(there.task(producer)).export(MAKER)) {
                byte[] segment = ((ExportedResult.Inline) exported.form()).bytes();
                ResultCopies.Wanted wanted = new ResultCopies.Wanted(key(producer), MAKER, 0, here.job.storage());
                here.producers().countSlices(producer, exported.sliceRows());
                here.store.put(here.task(producer), here.store.copies().read(wanted, segment));
            }
        }
        Block copy = here.store.find(here.task(1)).borrow();
        here.store.remove(here.task(1)).release();
        Block changed = block(copy.buffers().getFirst(), way.apply(copy.cuts().clone()));
        copy.release();
        here.store.put(here.task(1), key(1), changed, 0, here.job.storage());
    }

    private long taken(int slice) {
        try (Inputs inputs = Inputs.borrow(here.store, here.job.layer(1), slice, Transit.SAFE)) {
            return inputs.exchangedRows();
        }
    }

    @Test
    void whatArrivesAsItWas_isTaken() {
        fetch(cuts -> cuts);
        assertThat(List.of(taken(0), taken(1), taken(2), taken(3))).containsExactly(3L, 9L, 0L, 12L);
    }

    @Test
    void aLostRow_isMissed() {
        fetch(cuts -> {
            cuts[4]--;
            return cuts;
        });
        assertThat(taken(0)).isEqualTo(3);
        assertRefused(3, 11, 12);
    }

    @Test
    void aRowThatComesTwice_isNoticed() {
        fetch(cuts -> {
            Arrays.setAll(cuts, i -> i == 0 ? 0 : cuts[i] + 1);
            return cuts;
        });
        assertRefused(0, 4, 3);
        assertThat(taken(1)).isEqualTo(9);
    }

    @Test
    void aMisplacedRow_isMissedInOneSliceAndNoticedInTheOther() {
        fetch(cuts -> {
            cuts[1]++;
            return cuts;
        });
        assertRefused(0, 4, 3);
        assertRefused(1, 8, 9);
        assertThat(taken(3)).isEqualTo(12);
    }

    @Test
    void aResultThatComesAgain_countsOnce() {
        fetch(cuts -> cuts);
        try (ExportedResult exported = there.store.find(there.task(0)).export(MAKER)) {
            here.producers().countSlices(0, exported.sliceRows());
        }
        assertThat(taken(1)).isEqualTo(9);
    }

    @Test
    void otherSlicesThanTheReaderHas_areRefused() {
        fetch(cuts -> cuts);
        assertThatThrownBy(() -> here.producers().countSlices(0, new long[SLICES + 1]))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL));
    }

    private void assertRefused(int slice, long found, long made) {
        assertThatThrownBy(() -> taken(slice))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL))
                .hasMessageStartingWith(
                        "Layer 'readers' took %d rows from slice %d of its exchange, but its producers put %d there."
                                .formatted(found, slice, made));
    }
}
