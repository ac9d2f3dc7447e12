package io.lazuli.graph.pass;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Dependency.Broadcast;
import io.lazuli.graph.Dependency.Exchange;
import io.lazuli.graph.Dependency.Explicit;
import io.lazuli.graph.Dependency.OneToOne;
import io.lazuli.graph.Dependency.Tree;
import io.lazuli.graph.Key;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CullTest extends PassContract {
    @Override
    Pass pass() {
        return new Cull();
    }

    @Property(tries = 300)
    void everyTaskThatIsLeftHasAReader(@ForAll long seed) {
        TaskGraph graph = pass().apply(RandomGraphs.of(seed));
        SerialRun run = SerialRun.of(graph);
        for (Layer layer : graph.layers()) {
            boolean readsExchange = layer.dependencies().stream().anyMatch(d -> d instanceof Exchange);
            for (int p = 0; p < layer.partitionCount() && !readsExchange; p++) {
                assertThat(run.isRead(new Key(layer.token(), p))).isTrue();
            }
        }
    }

    @Test
    void layersThatTheOutputDoesNotNeedGo() {
        Layer a = Text.layer("a", 2);
        Layer unused = Text.layer("unused", 2, new OneToOne(a.token()));
        Layer b = Text.layer("b", 2, new OneToOne(a.token()));
        TaskGraph graph = new TaskGraph(Map.of(new Token(1, 2), 3), List.of(a, unused, b), b.token());
        assertThat(pass().apply(graph)).isEqualTo(TaskGraph.of(List.of(a, b)));
    }

    @Test
    void aGraphWithoutWasteStaysItself() {
        Layer a = Text.layer("a", 4);
        Layer b = Text.layer("b", 3, new Exchange(a.token()), new Broadcast(a.token()));
        TaskGraph graph = TaskGraph.of(List.of(a, b));
        assertThat(pass().apply(graph)).isSameAs(graph);
    }

    @Test
    void partitionsThatNobodyReadsGoAllTheWayUp() {
        Layer a = Text.layer("a", 4);
        Layer b = Text.layer("b", 4, new OneToOne(a.token()));
        Layer out = Text.layer("out", 2, Text.explicit(b.token(), "3", "0 3"));
        TaskGraph graph = TaskGraph.of(List.of(a, b, out));
        TaskGraph culled = pass().apply(graph);
        assertThat(culled.layers()).extracting(Layer::partitionCount).containsExactly(2, 2, 2);
        assertThat(culled.layers().get(1).dependencies().getFirst()).isInstanceOf(OneToOne.class);
        assertThat(Runs.texts(culled)).containsExactly("out0(b3(a3))", "out1(b0(a0), b3(a3))");
    }

    @Test
    void aTreeBecomesAListOfLinks() {
        Layer a = Text.layer("a", 7);
        Layer tree = Text.layer("tree", 4, new Tree(a.token(), 2));
        Layer out = Text.layer("out", 1, Text.explicit(tree.token(), "1 3"));
        TaskGraph culled = pass().apply(TaskGraph.of(List.of(a, tree, out)));
        assertThat(culled.taskCount()).isEqualTo(6);
        assertThat(Runs.texts(culled)).containsExactly("out0(tree1(a2, a3), tree3(a6))");
    }

    @Test
    void tasksWithinALayerThatNobodyReadsGo() {
        Layer tasks = Text.tasks("t", "", "", "0", "0 1", "2");
        Layer out = Text.layer("out", 1, Text.explicit(tasks.token(), "4"));
        TaskGraph culled = pass().apply(TaskGraph.of(List.of(tasks, out)));
        assertThat(culled.layers().getFirst().partitionCount()).isEqualTo(3);
        assertThat(Runs.texts(culled)).containsExactly("out0(t4(t2(t0)))");
    }

    @Test
    void aDependencyWithoutLinksKeepsItsPlace() {
        Layer a = Text.layer("a", 2);
        Layer b = Text.layer("b", 2);
        Layer out = Text.layer("out", 1, Text.explicit(a.token(), ""), Text.explicit(b.token(), "1"));
        TaskGraph culled = pass().apply(TaskGraph.of(List.of(a, b, out)));
        assertThat(labels(culled)).containsExactly("b", "out");
        assertThat(culled.outputLayer().dependencies().getFirst())
                .isEqualTo(new Explicit(out.token(), new int[2], new int[0]));
        assertThat(Runs.texts(culled)).containsExactly("out0(b1)");
    }

    @Test
    void whatAnOperationNamesStaysWhole() {
        Layer a = Text.layer("a", 3);
        Layer expanding = Layer.of(new NamesInputs(), 2, List.of(Text.explicit(a.token(), "0", "2")), "expanding");
        TaskGraph graph = TaskGraph.of(List.of(a, expanding));
        assertThat(pass().apply(graph)).isSameAs(graph);
    }
}
