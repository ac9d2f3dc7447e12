package io.lazuli.scheduler;

import static io.lazuli.scheduler.Body.rows;
import static io.lazuli.scheduler.Body.total;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.Engine;
import io.lazuli.graph.Expansion;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.Token;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/// Tasks that return a graph in place of a result.
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class ExpansionTest {
    @TempDir
    Path directory;

    private Engine engine;

    @BeforeEach
    void open() {
        engine = LocalEngine.open(EngineOptions.defaults()
                .withThreads(2)
                .withBufferBytes(64 << 20)
                .withSpillDirectory(directory));
    }

    @AfterEach
    void everyByteIsBack() {
        assertThat(engine.memory().reservedBytes()).isZero();
        assertThat(engine.memory().liveBufferCount()).isZero();
        engine.close();
    }

    private static Layer layer(int partitionCount, BiFunction<TaskContext, TaskInputs, Block> body, Dependency... on) {
        return new Body("body", Body.GRANT, false, body).over("test layer", partitionCount, on);
    }

    private static Block expand(Layer... layers) {
        return new Expansion(TaskGraph.of(List.of(layers))).toBlock();
    }

    private long run(Layer... layers) {
        try (Job job = engine.submit(TaskGraph.of(List.of(layers)), JobOptions.DEFAULTS)) {
            Block block = job.take(0);
            long rows = block.rowCount();
            block.release();
            return rows;
        }
    }

    @Test
    void theGraphsResultTakesTheTasksPlace() {
        Layer expanding = layer(3, (context, _) -> {
            Layer parts = layer(10, (part, _) -> rows(part.partition() + context.partition()));
            return expand(parts, layer(1, (_, inputs) -> rows(total(inputs)), new Dependency.Tree(parts.token(), 10)));
        });
        Layer sum = layer(1, (_, inputs) -> rows(total(inputs)), new Dependency.Broadcast(expanding.token()));
        assertThat(run(expanding, sum)).isEqualTo(3 * 45 + 10 * 3);
    }

    @Test
    void theGraphMayStartFromTheTasksInputs() {
        Layer parts = layer(6, (context, _) -> rows(context.partition()));
        Layer decide = layer(1, (_, inputs) -> {
            int fanIn = total(inputs) > 10 ? 3 : 2;
            Layer level = layer(6 / fanIn, (_, in) -> rows(10 * total(in)), new Dependency.Tree(parts.token(), fanIn));
            Layer top = layer(1, (_, in) -> rows(total(in)), new Dependency.Broadcast(level.token()));
            return new Expansion(new TaskGraph(Map.of(parts.token(), 6), List.of(level, top), top.token())).toBlock();
        }, new Dependency.Broadcast(parts.token()));
        assertThat(run(parts, decide)).isEqualTo(150);
    }

    @Test
    void theGraphMayStartFromWhatTheTaskOnlyKeeps() {
        Layer parts = layer(6, (context, _) -> rows(context.partition()));
        Layer decide = layer(1, (_, inputs) -> {
            assertThat(inputs.dependencyCount()).isEqualTo(1);
            assertThat(inputs.blocks(0)).isEmpty();
            Layer top = layer(1, (_, in) -> rows(total(in)), new Dependency.Tree(parts.token(), 6));
            return new Expansion(new TaskGraph(Map.of(parts.token(), 6), List.of(top), top.token())).toBlock();
        }, new Dependency.Kept(parts.token()));
        assertThat(run(parts, decide)).isEqualTo(15);
    }

    /// As an iterative algorithm does: each round decides whether there is another.
    private static Layer round(int round, int last) {
        return layer(1, (_, _) -> round == last ? rows(last) : expand(round(round + 1, last)));
    }

    @Test
    void aLoopOfTenThousandRounds_needsNoStack() {
        assertThat(run(round(0, 10_000))).isEqualTo(10_000);
    }

    @Test
    void aFailureInTheGraph_failsTheJobWithItsReason() {
        Layer expanding = layer(1, (_, _) -> expand(layer(1, (_, _) -> {
            throw new IllegalStateException("inner trouble");
        })));
        assertThatThrownBy(() -> run(expanding)).isInstanceOf(LazuliException.class)
                .hasMessageContaining("inner trouble");
    }

    @Test
    void aGraphThatStartsFromWhatTheTaskDoesNotRead_isRefused() {
        Token foreign = new Token(1, 2);
        Layer expanding = layer(1, (_, _) -> {
            Layer copy = layer(1, (_, in) -> rows(total(in)), new Dependency.OneToOne(foreign));
            return new Expansion(new TaskGraph(Map.of(foreign, 1), List.of(copy), copy.token())).toBlock();
        });
        assertThatThrownBy(() -> run(expanding))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
                .hasMessageContaining("starts from " + foreign)
                .hasMessageContaining("none of its inputs");
    }

    @Test
    void cancelling_stopsTheGraphToo() {
        AtomicInteger started = new AtomicInteger();
        Layer expanding = layer(2, (_, _) -> {
            Layer slow = layer(50, (context, _) -> {
                started.incrementAndGet();
                while (true) {
                    context.checkCancelled();
                    Thread.onSpinWait();
                }
            });
            return expand(slow, layer(1, (_, inputs) -> rows(total(inputs)), new Dependency.Broadcast(slow.token())));
        });
        try (Job job = engine.submit(TaskGraph.of(List.of(expanding)), JobOptions.DEFAULTS)) {
            while (started.get() < 2) {
                Thread.onSpinWait();
            }
            job.cancel();
            assertThatThrownBy(() -> job.take(0))
                    .isInstanceOfSatisfying(LazuliException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
        }
    }
}
