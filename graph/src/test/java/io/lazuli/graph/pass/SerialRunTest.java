package io.lazuli.graph.pass;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.Dependency.Broadcast;
import io.lazuli.graph.Dependency.Exchange;
import io.lazuli.graph.Dependency.OneToOne;
import io.lazuli.graph.Dependency.Tree;
import io.lazuli.graph.Key;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SerialRunTest {
    private static SerialRun run(Layer... layers) {
        return SerialRun.of(TaskGraph.of(List.of(layers)));
    }

    @Test
    void aReductionInTheGivenOrder() {
        Layer tasks = Text.tasks("t", "", "", "", "", "0 1", "2 3", "4 5");
        Layer out = Text.layer("out", 1, Text.explicit(tasks.token(), "6"));
        SerialRun run = run(tasks, out);
        assertThat(run.mostAlive()).isEqualTo(5);
        assertThat(run.position(new Key(tasks.token(), 4))).isEqualTo(4);
        assertThat(run.age(new Key(tasks.token(), 0))).isEqualTo(4);
        assertThat(run.age(new Key(tasks.token(), 6))).isEqualTo(1);
    }

    @Test
    void consumersGoBeforeProducers() {
        Layer a = Text.layer("a", 4);
        Layer b = Text.layer("b", 2, new Tree(a.token(), 2));
        SerialRun run = run(a, b);
        assertThat(run.mostAlive()).isEqualTo(4);
        assertThat(run.position(new Key(b.token(), 0))).isEqualTo(2);
        assertThat(run.position(new Key(a.token(), 2))).isEqualTo(3);
    }

    @Test
    void barriersWaitForAll() {
        Layer a = Text.layer("a", 4);
        assertThat(run(a, Text.layer("b", 3, new Exchange(a.token()))).mostAlive()).isEqualTo(7);
        assertThat(run(a, Text.layer("b", 1, new Broadcast(a.token()))).mostAlive()).isEqualTo(5);
        assertThat(run(a, Text.layer("b", 4, new OneToOne(a.token()))).mostAlive()).isEqualTo(5);
    }

    @Test
    void heldResultsAreNotCounted() {
        Token held = new Token(1, 1);
        Layer out = Text.layer("out", 1, new Broadcast(held));
        assertThat(SerialRun.of(new TaskGraph(Map.of(held, 9), List.of(out), out.token())).mostAlive()).isEqualTo(1);
    }

    /// Against the plain definition, with sets.
    @Property(tries = 200)
    void itAgreesWithTheDefinition(@ForAll long seed) {
        TaskGraph graph = RandomGraphs.of(seed);
        SerialRun run = SerialRun.of(graph);
        Map<Key, Set<Key>> inputs = new HashMap<>();
        for (Layer layer : graph.layers()) {
            for (int p = 0; p < layer.partitionCount(); p++) {
                Set<Key> keys = new HashSet<>();
                for (int d = 0; d < layer.dependencies().size(); d++) {
                    Dependency needed = layer.dependencies().get(d);
                    needed.partitions(p, graph.producerCounts(layer).get(d))
                            .forEach(from -> keys.add(new Key(needed.on(), from)));
                }
                inputs.put(new Key(layer.token(), p), keys);
            }
        }
        Set<Key> done = new HashSet<>();
        int most = 0;
        while (done.size() < inputs.size()) {
            Key next = next(graph, inputs, done);
            assertThat(run.position(next)).isEqualTo(done.size());
            Set<Key> alive = alive(graph, inputs, done);
            done.add(next);
            most = Math.max(most, alive.size() + 1);
        }
        assertThat(run.mostAlive()).isEqualTo(most);
    }

    private static Key next(TaskGraph graph, Map<Key, Set<Key>> inputs, Set<Key> done) {
        for (Layer layer : graph.layers().reversed()) {
            for (int p = 0; p < layer.partitionCount(); p++) {
                Key key = new Key(layer.token(), p);
                if (!done.contains(key) && done.containsAll(inputs.get(key))) {
                    return key;
                }
            }
        }
        throw new AssertionError("nothing can run");
    }

    /// Results that somebody who has not run needs, or that the user wants.
    private static Set<Key> alive(TaskGraph graph, Map<Key, Set<Key>> inputs, Set<Key> done) {
        Set<Key> alive = new HashSet<>();
        for (Key key : done) {
            boolean awaited = inputs.entrySet().stream()
                    .anyMatch(entry -> !done.contains(entry.getKey()) && entry.getValue().contains(key));
            if (awaited || key.layer().equals(graph.output())) {
                alive.add(key);
            }
        }
        return alive;
    }
}
