package io.lazuli.graph.bag;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoweringTest {
    private static List<String> layers(TaskGraph graph) {
        return graph.layers().stream().map(layer -> layer.label() + " [" + layer.partitionCount() + "]").toList();
    }

    private static Bag<Long> numbers(int partitions) {
        return Bag.range(0, 1_000, partitions);
    }

    @Test
    void stepsRunTogether() {
        assertThat(layers(numbers(4).map(n -> n).filter(n -> true).flatMap(n -> List.of()).graph()))
                .containsExactly("range > map > filter > flatMap [4]");
    }

    @Test
    void aShuffleIsTwoLayers() {
        assertThat(layers(numbers(4).map(n -> n).groupBy(n -> n, 3).map(Keyed::value).graph()))
                .containsExactly("range > map > groupBy [4]", "groupBy > map [3]");
    }

    @Test
    void aReductionIsATree() {
        assertThat(layers(numbers(300).count().graph()))
                .containsExactly("range > count [300]", "count [19]", "count [2]", "count [1]");
        assertThat(layers(numbers(1).count().graph())).containsExactly("range > count [1]");
    }

    @Test
    void whatIsReadTwiceIsALayerOfItsOwn() {
        Bag<Long> shared = numbers(4).map(n -> n);
        assertThat(layers(shared.filter(n -> n > 1).zip(shared.filter(n -> n > 2)).graph()))
                .containsExactly("range > map [4]", "filter [4]", "filter [4]", "zip [4]");
        assertThat(layers(shared.map((n, m) -> n, shared.mean(n -> n)).graph()))
                .containsExactly("range > map [4]", "mean [4]", "mean [1]", "mean [1]", "map [4]");
    }

    @Test
    void equalWorkIsDoneOnce() {
        // no function of the user's: what they are is known by content
        TaskGraph graph = numbers(4).distinct().concat(numbers(4).distinct()).graph();
        assertThat(layers(graph)).containsExactly("range > distinct [4]", "distinct [4]", "concat [8]");
        assertThat(graph).isEqualTo(numbers(4).distinct().concat(numbers(4).distinct()).graph());
        assertThat(numbers(4).distinct().graph().output()).isNotEqualTo(numbers(5).distinct().graph().output());
        assertThat(Bag.of(1, 2).graph().output()).isEqualTo(Bag.from(Arrays.asList(1, 2), 1).graph().output());
        assertThat(Bag.of(new Object()).graph().output()).isNotEqualTo(Bag.of(new Object()).graph().output());
    }

    @Test
    void theSameBagHasTheSameGraph() {
        Bag<Long> bag = numbers(2).map(n -> n).groupBy(n -> n).flatMap(Keyed::value);
        assertThat(bag.graph()).isEqualTo(bag.graph());
    }

    @Test
    void accumulateReadsItself() {
        List<Layer> layers = numbers(3).accumulate(0L, Long::sum).graph().layers();
        assertThat(layers).extracting(Layer::label).containsExactly("range > accumulate", "accumulate");
        assertThat(layers.getFirst().dependencies().getFirst().on()).isEqualTo(layers.getFirst().token());
    }

    @Test
    void deepPlansNeedNoStack() {
        Bag<Long> deep = numbers(1);
        for (int i = 0; i < 3_000; i++) {
            deep = deep.map(n -> n).repartition(1 + i % 2);
        }
        assertThat(deep.graph().layers()).hasSize(3_000 + 1);
    }

    @Test
    void longLabelsAreCut() {
        Bag<Long> bag = numbers(1).map(n -> n).filter(n -> true).remove(n -> false).flatMap(List::of).sample(1, 1)
                .mapPartitions(part -> part).accumulate(0L, Long::sum);
        assertThat(bag.graph().layers().getFirst().label())
                .isEqualTo("range > map > filter > remove > flatMap > sample > mapPartitions > accumulate");
        assertThat(bag.map(n -> n).filter(n -> true).remove(n -> false).flatMap(List::of).sample(1, 1)
                .mapPartitions(part -> part).groupBy(n -> n).map(Keyed::key).graph().layers().get(1).label())
                .isEqualTo("accumulate > map > filter > remove > flatMap > sample > mapPartitions > groupBy");
    }
}
