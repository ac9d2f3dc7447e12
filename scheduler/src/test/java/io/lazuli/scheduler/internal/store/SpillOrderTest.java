package io.lazuli.scheduler.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.memory.Block;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SpillOrderTest {
    private final HeapBudget home =
            new HeapBudget(1, SpillDirectory.open(new StoreOptions(0, Path.of("none"), 1), new LocalDisk()));
    private final JobStorage job = new JobStorage(SpillCounters.create(), new TextFormat());

    private SpillableResult result(long order) {
        Block block = Block.value("text", 2000);
        return new ValueResult(home, StoreFixture.key(0), block, order, job);
    }

    /// Against a list that is searched from end to end.
    @Property
    void results_leaveLatestFirst_thenOldestFirst(@ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int steps) {
        Random random = new Random(seed);
        SpillOrder order = new SpillOrder();
        List<SpillableResult> known = new ArrayList<>();
        List<SpillableResult> listed = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            int action = random.nextInt(6);
            if (action < 3 || known.isEmpty()) {
                SpillableResult result = result(random.nextInt(5));
                known.add(result);
                listed.add(result);
                order.add(result);
            } else if (action == 3) {
                SpillableResult any = known.get(random.nextInt(known.size()));
                order.remove(any);
                listed.remove(any);
            } else if (action == 4) {
                SpillableResult any = known.get(random.nextInt(known.size()));
                order.add(any);
                if (!listed.contains(any)) {
                    listed.add(any);
                }
            } else {
                SpillableResult expected = first(known, listed);
                assertThat(order.poll()).isSameAs(expected);
                listed.remove(expected);
            }
            assertThat(order.size()).isEqualTo(listed.size());
        }
        while (!listed.isEmpty()) {
            SpillableResult expected = first(known, listed);
            assertThat(order.poll()).isSameAs(expected);
            listed.remove(expected);
        }
        assertThat(order.poll()).isNull();
    }

    /// `known` is in the order in which results came first.
    private static SpillableResult first(List<SpillableResult> known, List<SpillableResult> listed) {
        return listed.stream()
                .min(Comparator.<SpillableResult>comparingLong(result -> -result.order)
                        .thenComparingInt(known::indexOf))
                .orElse(null);
    }

    @Property(tries = 20)
    void aResultThatIsGone_isNotListedAgain(@ForAll @IntRange(min = 0, max = 5) int others) {
        SpillOrder order = new SpillOrder();
        SpillableResult gone = result(0);
        order.add(gone);
        for (int i = 0; i < others; i++) {
            order.add(result(i));
        }
        order.remove(gone);
        gone.release();
        order.add(gone);
        assertThat(order.size()).isEqualTo(others);
    }
}
