package io.lazuli.tests.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.scheduler.Cluster;
import io.lazuli.scheduler.EngineOptions;
import io.lazuli.tests.job.Marked;
import io.lazuli.tests.job.Marks;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a program does wrong in another process is its own error: told at once, without trying again, with what to do.
@Timeout(60)
class DistantErrorsTest {
    @TempDir
    static Path folder;

    private static Cluster cluster;

    /// Returns what no other process can have.
    record ReturnThread() implements Operation {
        @Override
        public String name() {
            return "return a thread";
        }

        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            return Block.value(Thread.currentThread(), 100);
        }
    }

    /// Looks for a class by a name which it puts together, so that nobody could know that it needs it.
    record LoadByName(String packageName, String simpleName) implements Operation {
        @Override
        public String name() {
            return "load by name";
        }

        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            try {
                return Block.value(Class.forName(packageName + "." + simpleName).getName(), 100);
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException("a class by name", e);
            }
        }
    }

    @BeforeAll
    static void open() {
        cluster = Cluster.processes(
                2, EngineOptions.defaults().withThreads(2).withBufferBytes(32 << 20).withSpillDirectory(folder));
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    private static void run(Operation operation) {
        Layer layer = Layer.of(operation, 1, List.of(), operation.name());
        try (Job job = cluster.submit(TaskGraph.of(List.of(layer)), JobOptions.DEFAULTS)) {
            job.take(0).release();
        }
    }

    @Test
    void aValueThatCannotBeWritten() {
        Marks marks = Marks.in(folder.resolve("marks"));
        assertThatThrownBy(() -> run(new Marked(marks, new ReturnThread())))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
                .hasMessageContaining("(java.lang.Thread) is needed by a task on another worker and cannot be sent");
        assertThat(marks.runs()).hasSize(1);
    }

    @Test
    void aClassThatIsNowhere() {
        assertThatThrownBy(() -> run(new LoadByName("night", "Absent")))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
                .hasMessage("A worker needs class night.Absent and does not have it: it is not on this process's class"
                        + " path either. Add the jar that holds it.")
                .hasStackTraceContaining("load by name");
    }
}
