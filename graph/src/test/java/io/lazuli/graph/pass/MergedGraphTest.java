package io.lazuli.graph.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.Annotations;
import io.lazuli.graph.Dependency.Broadcast;
import io.lazuli.graph.Dependency.OneToOne;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.Layer;
import io.lazuli.graph.LongOperations;
import io.lazuli.graph.Persisted;
import io.lazuli.graph.ReferenceEngine;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MergedGraphTest {
    private final Layer scan = Text.layer("scan", 3);
    private final Layer filter = Text.layer("filter", 3, new OneToOne(scan.token()));
    private final Layer total = Text.layer("total", 1, new Broadcast(filter.token()));

    private static MergedGraph merged(TaskGraph... graphs) {
        return MergedGraph.of(List.of(graphs));
    }

    private static TaskGraph graph(Layer... layers) {
        return TaskGraph.of(List.of(layers));
    }

    @Test
    void whatGraphsShareIsKeptOnce() {
        MergedGraph merged = merged(graph(scan, filter, total), graph(scan, filter), graph(scan));
        assertThat(merged.graph().layers())
                .extracting(Layer::label)
                .containsExactly("scan", "filter", "total", "deliver");
        assertThat(merged.starts()).containsExactly(0, 1, 4);
        assertThat(Runs.texts(merged.graph()))
                .containsExactly(
                        "total0(filter0(scan0), filter1(scan1), filter2(scan2))", "filter0(scan0)", "filter1(scan1)",
                        "filter2(scan2)", "scan0", "scan1", "scan2");
    }

    @Test
    void oneGraphStaysAsItIs() {
        TaskGraph alone = graph(scan);
        assertThat(merged(alone).graph()).isSameAs(alone);
    }

    @Property(tries = 100)
    void eachOutputIsThatOfItsGraph(@ForAll long seed, @ForAll boolean passes) {
        List<TaskGraph> graphs = LongStream.of(seed, seed + 1, seed).mapToObj(RandomGraphs::of).toList();
        List<List<Long>> expected = new ArrayList<>();
        graphs.forEach(graph -> expected.addAll(Runs.values(graph)));
        TaskGraph merged = MergedGraph.of(graphs).graph();
        assertThat(Runs.values(passes ? Passes.standard().apply(merged) : merged)).isEqualTo(expected);
    }

    @Test
    void heldResultsAreNotComputedAgain() {
        try (ReferenceEngine engine = ReferenceEngine.open(2, 1 << 20);
                Persisted held = engine.persist(graph(scan, filter), JobOptions.DEFAULTS)) {
            TaskGraph startsHeld = new TaskGraph(Map.of(held.token(), 3), List.of(total), total.token());
            MergedGraph merged = merged(graph(scan, filter), startsHeld);
            TaskGraph culled = new Cull().apply(merged.graph());
            assertThat(culled.layers()).extracting(Layer::label).containsExactly("total", "deliver");
            assertThat(Runs.texts(engine, culled)).hasSize(4).startsWith("filter0(scan0)");
        }
    }

    @Test
    void columnsAreDeliveredWithTheirCuts() {
        Layer numbers = Layer.of(new LongOperations.Numbers(9, 1), 2, List.of(), "numbers");
        Layer split = Layer.of(new LongOperations.SplitByModulo(3), 2, List.of(new OneToOne(numbers.token())), "split");
        TaskGraph merged = merged(graph(numbers, split), graph(numbers)).graph();
        try (ReferenceEngine engine = ReferenceEngine.open(2, 64 << 20);
                Job job = engine.submit(merged, JobOptions.DEFAULTS)) {
            Block block = job.take(0);
            assertThat(block.sliceCount()).isEqualTo(3);
            block.release();
        }
    }

    @Test
    void annotationsOfTheFirstThatHasAnyHold() {
        Annotations urgent = Annotations.NONE.withPriority(9);
        Annotations later = Annotations.NONE.withPriority(-9);
        MergedGraph merged = merged(
                graph(scan), graph(scan.withAnnotations(urgent), filter), graph(scan.withAnnotations(later)));
        assertThat(merged.graph().layers().getFirst().annotations()).isEqualTo(urgent);
    }

    @Test
    void oneTokenForTwoThingsIsRefused() {
        Layer other = new Layer(filter.token(), new Text("other", 0), 3, filter.dependencies(), "another filter");
        assertThatThrownBy(() -> merged(graph(scan, filter), graph(scan, other)))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
                .hasMessage("Token " + filter.token() + " stands for two different things: "
                        + "layer 'filter' (operation Text[name=filter, grantBytes=1024], 3 partitions, reading ["
                        + filter.dependencies().getFirst() + "]), and "
                        + "layer 'another filter' (operation Text[name=other, grantBytes=0], 3 partitions, reading ["
                        + filter.dependencies().getFirst() + "]). A token must be a hash of all that decides the "
                        + "result: build layers with Layer.of, or give them Token.random().");
    }

    @Test
    void oneTokenForOtherPartitionsOrInputsIsRefused() {
        Layer more = new Layer(scan.token(), scan.operation(), 4, List.of(), "scan");
        assertThatThrownBy(() -> merged(graph(scan), graph(more))).hasMessageContaining("4 partitions");
        Layer elsewhere = Text.layer("elsewhere", 3);
        Layer moved = new Layer(
                filter.token(), filter.operation(), 3, List.of(new OneToOne(elsewhere.token())), "moved");
        assertThatThrownBy(() -> merged(graph(scan, filter), graph(elsewhere, moved)))
                .hasMessageContaining("'filter'")
                .hasMessageContaining("'moved'");
    }

    @Test
    void heldResultsOfAnotherSizeAreRefused() {
        Token token = scan.token();
        TaskGraph two = new TaskGraph(Map.of(token, 2), List.of(total(token)), total(token).token());
        TaskGraph four = new TaskGraph(Map.of(token, 4), List.of(total(token)), total(token).token());
        assertThatThrownBy(() -> merged(two, four))
                .hasMessageContaining("a held result of 2 partitions, and one of 4");
        assertThatThrownBy(() -> merged(two, graph(scan)))
                .hasMessageContaining("a held result of 2 partitions, and layer 'scan'");
    }

    private static Layer total(Token on) {
        return Text.layer("total", 1, new Broadcast(on));
    }
}
