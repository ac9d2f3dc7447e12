package io.lazuli.graph.pass;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/// What every [Pass] keeps, on graphs of all shapes.
abstract class PassContract {
    abstract Pass pass();

    @Property(tries = 150)
    void theOutputIsTheSame(@ForAll long seed) {
        TaskGraph before = RandomGraphs.of(seed);
        TaskGraph after = pass().apply(before);
        assertThat(after.output()).isEqualTo(before.output());
        assertThat(after.outputLayer().partitionCount()).isEqualTo(before.outputLayer().partitionCount());
        assertThat(Runs.values(after)).isEqualTo(Runs.values(before));
    }

    @Property(tries = 500)
    void aSecondApplicationDoesNothing(@ForAll long seed) {
        TaskGraph once = pass().apply(RandomGraphs.of(seed));
        assertThat(pass().apply(once)).isSameAs(once);
    }

    @Property(tries = 200)
    void equalGraphsGiveEqualGraphs(@ForAll long seed) {
        assertThat(pass().apply(RandomGraphs.of(seed))).isEqualTo(pass().apply(RandomGraphs.of(seed)));
    }

    @Test
    void theseGraphsGiveItSomethingToDo() {
        long changed = LongStream.range(0, 500)
                .mapToObj(RandomGraphs::of)
                .filter(graph -> pass().apply(graph) != graph)
                .count();
        assertThat(changed).isGreaterThan(20);
    }

    static List<String> labels(TaskGraph graph) {
        return graph.layers().stream().map(Layer::label).toList();
    }
}
