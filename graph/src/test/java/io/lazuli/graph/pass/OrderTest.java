package io.lazuli.graph.pass;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Dependency.Broadcast;
import io.lazuli.graph.Dependency.Exchange;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class OrderTest extends PassContract {
    @Override
    Pass pass() {
        return new Order();
    }

    private int mostAlive(TaskGraph graph) {
        return SerialRun.of(pass().apply(graph)).mostAlive();
    }

    @Property(tries = 500)
    void neverMoreResultsAreAliveThanBefore(@ForAll long seed) {
        for (TaskGraph graph : List.of(Shapes.random(seed), RandomGraphs.of(seed))) {
            assertThat(mostAlive(graph)).isLessThanOrEqualTo(SerialRun.of(graph).mostAlive());
        }
    }

    @Property(tries = 50)
    void shapesGiveTheSameOutput(@ForAll long seed) {
        TaskGraph graph = Shapes.random(seed);
        assertThat(Runs.values(pass().apply(graph))).isEqualTo(Runs.values(graph));
    }

    /// Where a task needs its `fanIn` inputs and its own place at once, a full tree of height `h` needs, at the least,
    /// `(fanIn - 1) * h + 2`: Sethi and Ullman's number.
    @Property(tries = 60)
    void aReductionNeedsTheLeastPossible(@ForAll @IntRange(min = 2, max = 5) int fanIn,
            @ForAll @IntRange(min = 1, max = 6) int height) {
        int leaves = Math.powExact(fanIn, height);
        assertThat(mostAlive(Shapes.tree(leaves, fanIn))).isEqualTo((fanIn - 1) * height + 2);
    }

    @Property(tries = 100)
    void anyReductionNeedsAboutItsLogarithm(
            @ForAll @IntRange(min = 1, max = 3000) int leaves, @ForAll @IntRange(min = 2, max = 16) int fanIn) {
        int height = (int) Math.ceil(Math.log(leaves) / Math.log(fanIn) - 1e-9);
        assertThat(mostAlive(Shapes.tree(leaves, fanIn))).isLessThanOrEqualTo((fanIn - 1) * height + 2);
    }

    @Test
    void chainsRunOneAfterAnother() {
        TaskGraph graph = Shapes.chains(20, 30);
        assertThat(SerialRun.of(graph).mostAlive()).isEqualTo(21);
        assertThat(mostAlive(graph)).isEqualTo(3);
    }

    @Property(tries = 40)
    void aGridNeedsNoMoreThanTwiceItsShorterSide(
            @ForAll @IntRange(min = 1, max = 30) int height, @ForAll @IntRange(min = 1, max = 30) int width) {
        TaskGraph graph = Shapes.grid(height, width);
        assertThat(mostAlive(graph)).isLessThanOrEqualTo(Math.min(SerialRun.of(graph).mostAlive(), 2 * height + 1));
    }

    @Test
    void theOutputAndWhatIsReadInOrderKeepTheirNumbers() {
        Layer tasks = Shapes.tree(16, 2).layers().getFirst();
        int count = tasks.partitionCount();
        Layer all = Layer.of(new Hash(1, 1), 2, List.of(new Broadcast(tasks.token())), "all");
        Layer slices = Layer.of(new Hash(1, 1), 1, List.of(new Exchange(tasks.token())), "slices");
        for (TaskGraph graph : List.of(
                TaskGraph.of(List.of(tasks)), TaskGraph.of(List.of(tasks, all)),
                TaskGraph.of(List.of(tasks, slices)))) {
            assertThat(pass().apply(graph)).isSameAs(graph);
        }
        assertThat(count).isEqualTo(31);
    }

    @Test
    void aMillionTasksAreOrderedSoon() {
        TaskGraph graph = Shapes.tree(500_000, 2);
        long start = System.nanoTime();
        TaskGraph ordered = pass().apply(graph);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertThat(SerialRun.of(ordered).mostAlive()).isLessThanOrEqualTo(22);
        assertThat(took).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void aDeepChainNeedsNoStack() {
        TaskGraph graph = Shapes.chains(2, 100_000);
        assertThat(mostAlive(graph)).isEqualTo(3);
    }
}
