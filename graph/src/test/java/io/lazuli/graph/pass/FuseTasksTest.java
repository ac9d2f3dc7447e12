package io.lazuli.graph.pass;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Annotations;
import io.lazuli.graph.Dependency.Broadcast;
import io.lazuli.graph.Dependency.OneToOne;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FuseTasksTest extends PassContract {
    @Override
    Pass pass() {
        return new FuseTasks();
    }

    private TaskGraph fuse(Layer... layers) {
        return pass().apply(TaskGraph.of(List.of(layers)));
    }

    private static Layer out(Layer tasks, String inputs) {
        return Text.layer("out", 1, Text.explicit(tasks.token(), inputs));
    }

    @Test
    void aChainOfTasksBecomesOne() {
        Layer tasks = Text.tasks("t", "", "0", "1", "", "2 3");
        TaskGraph fused = fuse(tasks, out(tasks, "4"));
        assertThat(fused.layers()).extracting(Layer::partitionCount).containsExactly(3, 1);
        assertThat(fused.layers().getFirst().token()).isNotEqualTo(tasks.token());
        assertThat(fused.outputLayer().token()).isEqualTo(out(tasks, "4").token());
        assertThat(Runs.texts(fused)).containsExactly("out0(t4(t2(t1(t0)), t3))");
    }

    @Test
    void interleavedChainsAreTakenApart() {
        Layer tasks = Text.tasks("t", "", "", "0", "1", "2", "3");
        TaskGraph fused = fuse(tasks, out(tasks, "5 4"));
        assertThat(fused.layers().getFirst().partitionCount()).isEqualTo(2);
        assertThat(Runs.texts(fused)).containsExactly("out0(t5(t3(t1)), t4(t2(t0)))");
    }

    @Test
    void theFirstTaskOfAChainMayReadOtherLayers() {
        Layer a = Text.layer("a", 2);
        Token token = Token.of("t");
        Layer tasks = new Layer(
                token, new Text("t", 0), 3,
                List.of(Text.explicit(a.token(), "0 1", "", "1"), Text.explicit(token, "", "0", "1")),
                "t");
        TaskGraph fused = fuse(a, tasks, out(tasks, "2"));
        assertThat(fused.layers().get(1).partitionCount()).isEqualTo(2);
        assertThat(Runs.texts(fused)).containsExactly("out0(t2(a1, t1(t0(a0, a1))))");
    }

    @Test
    void aResultThatIsReadTwiceStays() {
        Layer tasks = Text.tasks("t", "", "0", "0", "2 2");
        TaskGraph graph = TaskGraph.of(List.of(tasks, out(tasks, "0 1 3")));
        assertThat(pass().apply(graph)).isSameAs(graph);
    }

    @Test
    void aLayerThatIsReadAsAWholeStays() {
        Layer tasks = Text.tasks("t", "", "0", "1");
        TaskGraph alone = TaskGraph.of(List.of(tasks));
        assertThat(pass().apply(alone)).isSameAs(alone);
        Layer each = Text.layer("each", 3, new OneToOne(tasks.token()));
        TaskGraph oneToOne = TaskGraph.of(List.of(tasks, each));
        assertThat(pass().apply(oneToOne)).isSameAs(oneToOne);
        Layer all = Text.layer("all", 1, new Broadcast(tasks.token()));
        TaskGraph broadcast = TaskGraph.of(List.of(tasks, all));
        assertThat(pass().apply(broadcast)).isSameAs(broadcast);
    }

    @Test
    void tasksWithATimeLimitStayAlone() {
        Layer tasks = Text.tasks("t", "", "0").withAnnotations(Annotations.NONE.withTimeout(Duration.ofSeconds(1)));
        TaskGraph graph = TaskGraph.of(List.of(tasks, out(tasks, "1")));
        assertThat(pass().apply(graph)).isSameAs(graph);
    }

    @Test
    void annotationsStay() {
        Annotations annotations = Annotations.NONE.withPriority(3).withRetries(2);
        Layer tasks = Text.tasks("t", "", "0").withAnnotations(annotations);
        assertThat(fuse(tasks, out(tasks, "1")).layers().getFirst().annotations()).isEqualTo(annotations);
    }

    @Test
    void aDeepChainIsOneTask() {
        int count = 100_000;
        String[] inputs = new String[count];
        for (int p = 0; p < count; p++) {
            inputs[p] = p == 0 ? "" : String.valueOf(p - 1);
        }
        Layer text = Text.tasks("deep", inputs);
        Layer tasks = new Layer(text.token(), new Hash(1, 1), count, text.dependencies(), "deep");
        Layer out =
                Layer.of(new Hash(2, 1), 1, List.of(Text.explicit(tasks.token(), String.valueOf(count - 1))), "out");
        TaskGraph fused = fuse(tasks, out);
        assertThat(fused.taskCount()).isEqualTo(2);
        assertThat(Runs.values(fused)).hasSize(1);
    }
}
