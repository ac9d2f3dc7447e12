package io.lazuli.graph.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.Dependency.Broadcast;
import io.lazuli.graph.Dependency.Exchange;
import io.lazuli.graph.Dependency.Explicit;
import io.lazuli.graph.Dependency.OneToOne;
import io.lazuli.graph.Dependency.Tree;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RenumberingTest {
    private final Layer scan = Layer.of(new Hash(1, 6), 6, List.of(), "scan");
    private final Layer middle = Layer.of(
            new Hash(2, 1), 6, List.of(new OneToOne(scan.token()), new Broadcast(scan.token())), "middle");

    private static Numbers shuffled(long seed) {
        List<Integer> numbers = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5));
        Collections.shuffle(numbers, new Random(seed));
        return new Numbers(numbers.stream().mapToInt(i -> i).toArray());
    }

    @Property(tries = 60)
    void readersOfEveryKindFindTheSame(@ForAll long seed) {
        for (Layer reader : List.of(
                reader(6, new OneToOne(middle.token())), reader(2, new Tree(middle.token(), 3)),
                reader(1, new Broadcast(middle.token())), reader(3, Text.explicit(middle.token(), "5 0", "", "1 1")))) {
            TaskGraph graph = TaskGraph.of(List.of(scan, middle, reader));
            Renumbering renumbering = new Renumbering(graph);
            renumbering.keep(middle, shuffled(seed));
            TaskGraph once = renumbering.apply();
            assertThat(once.layers().getLast().token()).isEqualTo(reader.token());
            assertThat(Runs.values(once)).isEqualTo(Runs.values(graph));
            Renumbering again = new Renumbering(once);
            again.keep(once.layers().get(1), shuffled(seed + 1));
            assertThat(Runs.values(again.apply())).isEqualTo(Runs.values(graph));
        }
    }

    private static Layer reader(int partitionCount, Dependency dependency) {
        return Layer.of(new Hash(3, 1), partitionCount, List.of(dependency), "reader");
    }

    @Test
    void equalNumbersOnBothSidesStayOneToOne() {
        Layer reader = reader(6, new OneToOne(middle.token()));
        Layer last = reader(1, new Explicit(reader.token(), new int[] {0, 2}, new int[] {4, 2}));
        Renumbering renumbering = new Renumbering(TaskGraph.of(List.of(scan, middle, reader, last)));
        renumbering.keep(middle, new Numbers(new int[] {2, 4}));
        renumbering.keep(reader, new Numbers(new int[] {2, 4}));
        TaskGraph graph = renumbering.apply();
        Layer kept = graph.layers().get(1);
        assertThat(kept.token()).isEqualTo(new Numbers(new int[] {2, 4}).of(middle.token()));
        assertThat(kept.dependencies()).containsExactly(
                new Explicit(scan.token(), new int[] {0, 1, 2}, new int[] {2, 4}), new Broadcast(scan.token()));
        assertThat(graph.layers().get(2).dependencies()).containsExactly(new OneToOne(kept.token()));
    }

    @Test
    void anExchangeIsNeverRenumbered() {
        Layer reader = reader(6, new Exchange(scan.token()));
        Renumbering renumbering = new Renumbering(TaskGraph.of(List.of(scan, reader)));
        renumbering.keep(scan, shuffled(1));
        assertThatIllegalStateException().isThrownBy(renumbering::apply).withMessageContaining("exchange");
    }

    @Test
    void numbersAreValues() {
        Numbers some = new Numbers(new int[] {3, 1});
        assertThat(some).isEqualTo(new Numbers(new int[] {3, 1})).hasSameHashCodeAs(new Numbers(new int[] {3, 1}));
        assertThat(some).isNotEqualTo(new Numbers(new int[] {1, 3})).hasToString("[3, 1]");
        assertThat(Numbers.upTo(1000)).hasToString("[1000 numbers]");
        assertThat(Numbers.upTo(3).isIdentity()).isTrue();
        assertThat(some.inverse(4)).containsExactly(-1, 1, -1, 0);
    }
}
