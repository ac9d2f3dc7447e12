package io.lazuli.graph.pass;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Annotations;
import io.lazuli.graph.Dependency;
import io.lazuli.graph.Dependency.Broadcast;
import io.lazuli.graph.Dependency.Exchange;
import io.lazuli.graph.Dependency.OneToOne;
import io.lazuli.graph.Dependency.Tree;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FuseLayersTest extends PassContract {
    @Override
    Pass pass() {
        return new FuseLayers();
    }

    private TaskGraph fuse(Layer... layers) {
        return pass().apply(TaskGraph.of(List.of(layers)));
    }

    @Test
    void aChainOfLayersBecomesOneUnderTheTokenOfTheLast() {
        Layer a = Text.layer("a", 2);
        Layer b = Text.layer("b", 2, new OneToOne(a.token()));
        Layer c = Text.layer("c", 2, new OneToOne(b.token()));
        TaskGraph fused = fuse(a, b, c);
        assertThat(fused.layers()).hasSize(1);
        assertThat(fused.outputLayer().token()).isEqualTo(c.token());
        assertThat(fused.outputLayer().label()).isEqualTo("a > b > c");
        assertThat(fused.outputLayer().operation().name()).isEqualTo("a > b > c");
        assertThat(fused.outputLayer().operation().runsUserCode()).isTrue();
        assertThat(Runs.texts(fused)).containsExactly("c0(b0(a0))", "c1(b1(a1))");
    }

    @Test
    void theFirstLayersInputsAreTheChains() {
        Layer a = Text.layer("a", 3);
        Layer b = Text.layer("b", 2, Text.explicit(a.token(), "0 1", "2"), new Broadcast(a.token()));
        Layer c = Text.layer("c", 2, new OneToOne(b.token()));
        TaskGraph fused = fuse(a, b, c);
        assertThat(labels(fused)).containsExactly("a", "b > c");
        assertThat(fused.outputLayer().dependencies()).isEqualTo(b.dependencies());
        assertThat(Runs.texts(fused).getFirst()).isEqualTo("c0(b0(a0, a1, a0, a1, a2))");
    }

    @Test
    void aTreeOverOnePartitionAndLinksFromEachToItselfAreOneToOne() {
        Layer a = Text.layer("a", 1);
        Layer b = Text.layer("b", 1, new Tree(a.token(), 4));
        Layer c = Text.layer("c", 1, Text.explicit(b.token(), "0"));
        assertThat(labels(fuse(a, b, c))).containsExactly("a > b > c");
    }

    @Test
    void longChainsHaveShortNames() {
        List<Layer> layers = new ArrayList<>(List.of(Text.layer("a", 1)));
        for (String name : List.of("b", "c", "d", "e", "f")) {
            layers.add(Text.layer(name, 1, new OneToOne(layers.getLast().token())));
        }
        TaskGraph fused = pass().apply(TaskGraph.of(layers));
        assertThat(labels(fused)).containsExactly("a > b > (3 more) > f");
        assertThat(Runs.texts(fused)).containsExactly("f0(e0(d0(c0(b0(a0)))))");
    }

    @Test
    void aHundredThousandLayersAreOne() {
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            Token token = new Token(5, i);
            List<Dependency> dependencies = i == 0 ? List.of() : List.of(new OneToOne(layers.getLast().token()));
            layers.add(new Layer(token, new Hash(i, 1), 1, dependencies, "layer"));
        }
        TaskGraph fused = pass().apply(TaskGraph.of(layers));
        assertThat(fused.layers()).hasSize(1);
        assertThat(Runs.values(fused)).hasSize(1);
    }

    @Test
    void exchangesBroadcastsAndOtherLinksStay() {
        Layer a = Text.layer("a", 2);
        for (Dependency dependency : List.of(
                new Exchange(a.token()), new Broadcast(a.token()), Text.explicit(a.token(), "1", "0"),
                Text.explicit(a.token(), "0 1", ""))) {
            Layer b = Text.layer("b", 2, dependency);
            assertThat(labels(fuse(a, b))).containsExactly("a", "b");
        }
    }

    @Test
    void whatSeveralReadStays() {
        Layer a = Text.layer("a", 2);
        Layer b = Text.layer("b", 2, new OneToOne(a.token()));
        Layer twice = Text.layer("twice", 2, new OneToOne(b.token()), new OneToOne(b.token()));
        assertThat(labels(fuse(a, b, twice))).containsExactly("a > b", "twice");
        Layer c = Text.layer("c", 2, new OneToOne(b.token()));
        Layer d = Text.layer("d", 2, new OneToOne(b.token()));
        Layer out = Text.layer("out", 2, new OneToOne(c.token()), new OneToOne(d.token()));
        assertThat(labels(fuse(a, b, c, d, out))).containsExactly("a > b", "c", "d", "out");
    }

    @Test
    void aLayerThatReadsMoreRunsBesideIt() {
        Layer a = Text.layer("a", 2);
        Layer b = Text.layer("b", 2);
        Layer both = Text.layer("both", 2, new OneToOne(a.token()), new OneToOne(b.token()));
        assertThat(labels(fuse(a, b, both))).containsExactly("a", "b", "both");
    }

    @Test
    void theOutputAndHeldResultsStay() {
        Layer a = Text.layer("a", 2);
        Layer b = Text.layer("b", 2, new OneToOne(a.token()));
        TaskGraph wantsFirst = new TaskGraph(Map.of(), List.of(a, b), a.token());
        assertThat(pass().apply(wantsFirst)).isSameAs(wantsFirst);
        Token held = new Token(1, 1);
        Layer c = Text.layer("c", 2, new OneToOne(held));
        TaskGraph startsHeld = new TaskGraph(Map.of(held, 2), List.of(c), c.token());
        assertThat(pass().apply(startsHeld)).isSameAs(startsHeld);
    }

    @Test
    void whatAnOperationNamesStays() {
        Layer a = Text.layer("a", 2);
        Layer expanding = Layer.of(new NamesInputs(), 2, List.of(new OneToOne(a.token())), "expanding");
        Layer after = Text.layer("after", 2, new OneToOne(expanding.token()));
        TaskGraph fused = fuse(a, expanding, after);
        assertThat(labels(fused)).containsExactly("a", "expanding > after");
        assertThat(fused.outputLayer().operation().namesInputs()).isTrue();
    }

    @Test
    void annotationsSurvive() {
        Annotations slow =
                Annotations.NONE.withPriority(2).withTimeout(Duration.ofSeconds(1)).withResources(Map.of("GPU", 1));
        Annotations slower = Annotations.NONE
                .withPriority(5)
                .withTimeout(Duration.ofSeconds(2))
                .withResources(Map.of("GPU", 2, "licence", 1));
        Layer a = Text.layer("a", 1).withAnnotations(slow);
        Layer b = Text.layer("b", 1, new OneToOne(a.token())).withAnnotations(slower);
        assertThat(fuse(a, b).outputLayer().annotations())
                .isEqualTo(Annotations.NONE
                        .withPriority(5)
                        .withTimeout(Duration.ofSeconds(3))
                        .withResources(Map.of("GPU", 2, "licence", 1)));
    }

    @Test
    void annotationsThatCannotBeJoinedKeepLayersApart() {
        Layer a = Text.layer("a", 1).withAnnotations(Annotations.NONE.withWorkers(Set.of("left", "middle")));
        Layer b = Text.layer("b", 1, new OneToOne(a.token()))
                .withAnnotations(Annotations.NONE.withWorkers(Set.of("middle", "right")));
        Layer c = Text.layer("c", 1, new OneToOne(b.token()))
                .withAnnotations(Annotations.NONE.withWorkers(Set.of("left")));
        TaskGraph fused = fuse(a, b, c);
        assertThat(labels(fused)).containsExactly("a > b", "c");
        assertThat(fused.layers().getFirst().annotations().workers()).containsExactly("middle");
    }
}
