package io.lazuli.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Engine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who runs jobs in one process pays nothing for clusters: not one class of Hazelcast, or of ours around it, is loaded.
class LocalJobsLoadNoClusterTest {
    @TempDir
    Path folder;

    /// Runs in a process of its own.
    static final class LocalJobs {
        private LocalJobs() {}

        public static void main(String[] arguments) {
            try (Engine engine = LocalEngine.open(EngineOptions.defaults().withThreads(2))) {
                for (int seed = 0; seed < 20; seed++) {
                    LocalEngineTest.run(engine, Graphs.random(seed, 100));
                }
            }
        }
    }

    @Test
    void aLocalJobLoadsNoClassOfACluster() throws Exception {
        Path log = folder.resolve("classes.log");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m", "--enable-native-access=ALL-UNNAMED", "-Xlog:class+load:file=" + log,
                "-cp", System.getProperty("java.class.path"), LocalJobs.class.getName())
                .redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        List<String> classes = Files.readAllLines(log);
        assertThat(classes).anyMatch(line -> line.contains(" io.lazuli.scheduler.internal.core.SchedulerCore "));
        assertThat(classes).noneMatch(line -> line.contains(" com.hazelcast.")
                || line.contains(" io.lazuli.scheduler.internal.membership."));
    }
}
