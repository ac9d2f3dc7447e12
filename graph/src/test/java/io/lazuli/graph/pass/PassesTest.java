package io.lazuli.graph.pass;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Dependency.Exchange;
import io.lazuli.graph.Dependency.OneToOne;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PassesTest {
    @Property(tries = 150)
    void allTogetherKeepTheOutput(@ForAll long seed) {
        TaskGraph graph = RandomGraphs.of(seed);
        List<List<Long>> expected = Runs.values(graph);
        assertThat(Runs.values(Passes.standard().apply(graph))).isEqualTo(expected);
        assertThat(Runs.values(Passes.withoutFusion().apply(graph))).isEqualTo(expected);
    }

    @Test
    void jobsThatPromiseSomethingForEachTask_areNotFused() {
        assertThat(Passes.of(JobOptions.DEFAULTS)).isEqualTo(Passes.standard());
        assertThat(Passes.of(JobOptions.DEFAULTS.withPriority(3))).isEqualTo(Passes.standard());
        assertThat(Passes.of(JobOptions.DEFAULTS.withFusion(false))).isEqualTo(Passes.withoutFusion());
        assertThat(Passes.of(JobOptions.DEFAULTS.withRetries(1))).isEqualTo(Passes.withoutFusion());
        assertThat(Passes.of(JobOptions.DEFAULTS.withTimeout(Duration.ofSeconds(1)))).isEqualTo(Passes.withoutFusion());
    }

    @Test
    void theTraceSaysWhatEachPassDid() {
        Layer a = Text.layer("a", 4);
        Layer b = Text.layer("b", 4, new OneToOne(a.token()));
        Layer unused = Text.layer("unused", 2);
        Layer c = Text.layer("c", 4, new OneToOne(b.token()));
        Layer d = Text.layer("d", 1, new Exchange(c.token()));
        Passes.Trace trace = Passes.standard().trace(TaskGraph.of(List.of(a, b, unused, c, d)));
        assertThat(trace)
                .hasToString(
                        """
                        cull: 5 layers, 15 tasks -> 4 layers, 13 tasks
                        fuse-layers: 4 layers, 13 tasks -> 2 layers, 5 tasks
                        fuse-tasks: nothing to do
                        order: nothing to do""");
        assertThat(trace.graph().layers()).extracting(Layer::label).containsExactly("a > b > c", "d");
    }
}
