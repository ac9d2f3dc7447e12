package io.lazuli.scheduler;

import static io.lazuli.scheduler.Body.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.Engine;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.JobProgress;
import io.lazuli.graph.JobProgress.LayerProgress;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Block;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/// What tasks count beside their results, and how long the longest of them ran.
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class TaskCountsTest {
    @TempDir
    Path directory;

    private Engine engine;

    @BeforeEach
    void open() {
        engine = LocalEngine.open(EngineOptions.defaults().withThreads(2).withSpillDirectory(directory));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private static Layer layer(int partitionCount, BiFunction<TaskContext, TaskInputs, Block> body, Dependency... on) {
        return new Body("body", Body.GRANT, false, body).over("test layer", partitionCount, on);
    }

    private List<LayerProgress> run(JobOptions options, Layer... layers) {
        Job job = engine.submit(TaskGraph.of(List.of(layers)), options);
        for (int partition = 0; partition < job.partitionCount(); partition++) {
            job.take(partition).release();
        }
        job.close();
        JobProgress progress = job.progress();
        assertThat(progress.state()).isEqualTo(JobProgress.State.SUCCEEDED);
        return progress.layers();
    }

    @Test
    void countsAreSummedOverTheTasksOfALayer() {
        Layer counting = layer(5, (context, _) -> {
            context.count(1, context.partition());
            context.count(1, 1);
            context.count(0, 2);
            return rows(1);
        });

        assertThat(run(JobOptions.DEFAULTS, counting).getFirst().counts()).containsExactly(10L, 15L);
    }

    @Test
    void aLayerThatCountsNothingHasNoCounts() {
        assertThat(run(JobOptions.DEFAULTS, layer(3, (_, _) -> rows(1))).getFirst().counts()).isEmpty();
    }

    @Test
    void aTaskThatFailsAndRunsAgainCountsWhenItSucceeds() {
        boolean[] hasFailed = new boolean[1];
        Layer failing = layer(1, (context, _) -> {
            context.count(0, 7);
            if (!hasFailed[0]) {
                hasFailed[0] = true;
                throw new IllegalStateException("once");
            }
            return rows(1);
        });

        assertThat(run(JobOptions.DEFAULTS.withRetries(1), failing).getFirst().counts()).containsExactly(7L);
    }

    @Test
    void theLongestTaskIsPartOfTheWork() {
        LayerProgress layer = run(JobOptions.DEFAULTS, layer(4, (context, _) -> rows(context.partition()))).getFirst();

        assertThat(layer.longest()).isPositive().isLessThanOrEqualTo(layer.busy());
        assertThat(layer.longest().multipliedBy(4)).isGreaterThanOrEqualTo(layer.busy());
    }

    @Test
    void layersThatAreNotFusedCountEachForThemselves() {
        Layer first = layer(2, (context, _) -> {
            context.count(0, 1);
            return rows(1);
        });
        Layer second = layer(2, (context, _) -> {
            context.count(0, 10);
            return rows(1);
        }, new Dependency.OneToOne(first.token()));

        assertThat(run(JobOptions.DEFAULTS.withFusion(false), first, second).stream().map(LayerProgress::counts))
                .containsExactly(List.of(2L), List.of(20L));
    }
}
