package io.lazuli.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Engine;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.memory.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalEngineTest {
    @TempDir
    Path directory;

    private Engine engine(int threads, long bufferBytes) {
        return LocalEngine.open(EngineOptions.defaults()
                .withThreads(threads)
                .withBufferBytes(bufferBytes)
                .withSpillDirectory(directory));
    }

    static List<long[]> run(Engine engine, TaskGraph graph) {
        List<long[]> values = new ArrayList<>();
        try (Job job = engine.submit(graph, JobOptions.DEFAULTS)) {
            for (int p = 0; p < job.partitionCount(); p++) {
                Block block = job.take(p);
                values.add(Mix.values(block));
                block.release();
            }
        }
        return values;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void anyGraph_givesWhatTheReferenceGives(int threads) {
        try (Engine engine = engine(threads, 1 << 26)) {
            for (int seed = 0; seed < 300; seed++) {
                TaskGraph graph = Graphs.random(seed, 100);
                assertThat(run(engine, graph)).as("seed %d", seed).usingRecursiveComparison()
                        .isEqualTo(Reference.run(graph));
                assertThat(engine.memory().reservedBytes()).as("seed %d", seed).isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void anyGraph_underATinyBudget_givesTheSame(int threads) throws IOException {
        try (Engine engine = engine(threads, 80_000)) {
            for (int seed = 0; seed < 100; seed++) {
                TaskGraph graph = Graphs.random(seed, 1_000);
                assertThat(run(engine, graph)).as("seed %d", seed).usingRecursiveComparison()
                        .isEqualTo(Reference.run(graph));
                assertThat(engine.memory().reservedBytes()).as("seed %d", seed).isZero();
            }
        }
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }
}
