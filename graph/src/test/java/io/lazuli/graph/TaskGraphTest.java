package io.lazuli.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.Dependency.Broadcast;
import io.lazuli.graph.Dependency.Exchange;
import io.lazuli.graph.Dependency.Explicit;
import io.lazuli.graph.Dependency.OneToOne;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskGraphTest {
    record Named(String name) implements Operation {
        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            throw new UnsupportedOperationException();
        }
    }

    private static final Token HELD = new Token(7L << 32, 0);

    private final Layer scan = layer("scan", 4);
    private final Layer filter = layer("filter", 4, new OneToOne(scan.token()));
    private final Layer total = layer("total", 1, new Broadcast(filter.token()), new Broadcast(scan.token()));

    private static Layer layer(String name, int partitionCount, Dependency... dependencies) {
        return Layer.of(new Named(name), partitionCount, List.of(dependencies), name);
    }

    @Test
    void aLayerIsNamedByItsContent() {
        assertThat(layer("scan", 4).token()).isEqualTo(scan.token());
        assertThat(Layer.of(new Named("scan"), 4, List.of(), "another label").token()).isEqualTo(scan.token());
        assertThat(layer("scan", 5).token()).isNotEqualTo(scan.token());
        assertThat(layer("scan", 4, new Exchange(scan.token())).token())
                .isNotEqualTo(layer("scan", 4, new OneToOne(scan.token())).token());
        assertThat(scan).hasToString(scan.token().abbreviation() + " scan [4]");
    }

    @Test
    void aLayerNeedsAPartition() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> layer("scan", 0))
                .withMessage("layer scan needs at least one partition, found 0");
    }

    @Test
    void theTasksOfALayerAreDerivedFromItsDependencies() {
        Task task = filter.task(2, List.of(4));
        assertThat(task.key()).isEqualTo(new Key(filter.token(), 2));
        assertThat(task.operation()).isEqualTo(new Named("filter"));
        assertThat(task.arguments()).containsExactly(new Argument(0, new Key(scan.token(), 2), Argument.WHOLE));
        assertThat(task).hasToString(task.key() + " = filter[" + new Key(scan.token(), 2) + "]");

        Layer shuffled = layer("concat", 3, new Exchange(scan.token()), new OneToOne(HELD));
        assertThat(shuffled.task(1, List.of(2, 3)).arguments())
                .containsExactly(
                        new Argument(0, new Key(scan.token(), 0), 1),
                        new Argument(0, new Key(scan.token(), 1), 1),
                        new Argument(1, new Key(HELD, 1), Argument.WHOLE));
        assertThatThrownBy(() -> filter.task(4, List.of(4))).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aGraphWantsItsLastLayerUnlessTold() {
        TaskGraph graph = TaskGraph.of(List.of(scan, filter, total));

        assertThat(graph.outputLayer()).isEqualTo(total);
        assertThat(graph.taskCount()).isEqualTo(9);
        assertThat(graph.producerCounts(total)).containsExactly(4, 4);
        assertThat(graph.producerCounts(scan)).isEmpty();
        assertThat(graph.toString().lines()).containsExactly(scan.toString(), filter.toString(), total.toString());
        assertThat(new TaskGraph(Map.of(), List.of(scan, filter), scan.token()).outputLayer()).isEqualTo(scan);
    }

    @Test
    void heldResultsCountAsProducers() {
        Layer sum = layer("sum", 3, new OneToOne(HELD));
        TaskGraph graph = new TaskGraph(Map.of(HELD, 3), List.of(sum), sum.token());
        assertThat(graph.producerCounts(sum)).containsExactly(3);
        assertThat(graph.taskCount()).isEqualTo(3);
    }

    @Test
    void aGraphIsNotChangedByWhoMadeIt() {
        Map<Token, Integer> held = new HashMap<>(Map.of(HELD, 3));
        TaskGraph graph = new TaskGraph(held, List.of(scan), scan.token());
        held.clear();
        assertThat(graph.held()).containsOnlyKeys(HELD);
        assertThatThrownBy(() -> graph.held().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void equalGraphsAreEqual() {
        assertThat(TaskGraph.of(List.of(scan, filter))).isEqualTo(TaskGraph.of(List.of(layer("scan", 4), filter)));
    }

    @Test
    void anEmptyGraphIsRefused() {
        assertRefused(() -> TaskGraph.of(List.of()),
                "A graph without layers has nothing to run. Give it at least one.");
    }

    @Test
    void aMissingOrLaterProducerIsRefused() {
        String text =
                ("Layer %s depends on %s, which is no layer before it, and not held: layers form a cycle, are out of order, "
                        + "or one is missing. List each layer after those that it reads.")
                        .formatted(filter, scan.token().abbreviation());
        assertRefused(() -> TaskGraph.of(List.of(filter)), text);
        assertRefused(() -> TaskGraph.of(List.of(filter, scan)), text);
    }

    @Test
    void aLayerThatDependsOnItselfIsRefused() {
        Layer loop = new Layer(HELD, new Named("loop"), 1, List.of(new OneToOne(HELD)), "loop");
        assertRefused(
                () -> TaskGraph.of(List.of(loop)),
                "Layer 00000007 loop [1] depends on itself: a cycle. Its tasks may read lower partitions of it, by an explicit dependency.");
    }

    @Test
    void aLayerMayReadItsOwnLowerPartitions() {
        Layer tasks = new Layer(HELD, new Named("sum"), 3,
                List.of(new Explicit(HELD, new int[] {0, 0, 1, 3}, new int[] {0, 0, 1})), "sum");
        assertThat(TaskGraph.of(List.of(tasks)).taskCount()).isEqualTo(3);
    }

    @Test
    void aTaskThatComesBeforeItsInputIsRefused() {
        Layer tasks = new Layer(HELD, new Named("sum"), 2,
                List.of(new Explicit(HELD, new int[] {0, 1, 2}, new int[] {1, 0})), "sum");
        assertRefused(
                () -> TaskGraph.of(List.of(tasks)),
                "Partition 0 of layer 00000007 sum [2] depends on partition 1, which does not come before it: a cycle, or tasks out of order. Number tasks so that each comes after those that it reads.");
    }

    @Test
    void aDuplicateLayerIsRefused() {
        String text = "Layer " + scan + " has the token of another layer, or of a held result. "
                + "If both do the same, leave one out; if not, put what differs into the token.";
        assertRefused(() -> TaskGraph.of(List.of(scan, scan)), text);
        assertRefused(() -> new TaskGraph(Map.of(scan.token(), 4), List.of(scan), scan.token()), text);
    }

    @Test
    void mismatchedPartitionCountsNameTheLayers() {
        Layer wrong = layer("wrong", 3, new OneToOne(scan.token()));
        assertRefused(
                () -> TaskGraph.of(List.of(scan, wrong)),
                ("Layer %s does not fit %s: one-to-one needs equal partition counts, found 3 on 4. "
                        + "Change the dependency, or the number of partitions of one of both.")
                        .formatted(wrong, scan.token().abbreviation()));
    }

    @Test
    void anOutputThatIsNoLayerIsRefused() {
        assertRefused(
                () -> new TaskGraph(Map.of(HELD, 1), List.of(scan), HELD),
                "No layer has the token " + HELD + " of the wanted output. Layers are: [" + scan + "].");
    }

    @Test
    void aHeldResultWithoutPartitionsIsRefused() {
        assertRefused(
                () -> new TaskGraph(Map.of(HELD, 0), List.of(scan), scan.token()),
                "A graph cannot start from held result " + HELD
                        + " with 0 partitions. Name it as it was persisted, with at least one.");
    }

    private static void assertRefused(Runnable action, String message) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
                .hasMessage(message);
    }
}
