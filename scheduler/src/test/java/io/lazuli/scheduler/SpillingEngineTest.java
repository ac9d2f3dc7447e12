package io.lazuli.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.Engine;
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
import io.lazuli.graph.memory.FileUse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/// Values and limits of spilling, seen from outside.
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
class SpillingEngineTest {
    private static final int VALUES = 200;
    private static final int CHARACTERS = 10_000;
    private static final long BUDGET = 20L * CHARACTERS;

    @TempDir
    Path directory;

    record Text(int number, String text) {}

    /// One text of 10,000 characters, as a record or as something that cannot be written.
    record Write(boolean canBeSpilled) implements Operation {
        @Override
        public String name() {
            return "write";
        }

        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            Text text = new Text(context.partition(), text(context.partition()));
            return Block.value(canBeSpilled ? text : new Thread(text.text()), CHARACTERS);
        }

        static String text(int number) {
            return String.valueOf((char) ('a' + number % 26)).repeat(CHARACTERS);
        }

        @Override
        public long grantBytes() {
            return 0;
        }
    }

    /// How many of its inputs are right.
    record CountRight() implements Operation {
        @Override
        public String name() {
            return "count right";
        }

        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            int right = 0;
            for (Block block : inputs.blocks(0)) {
                right += block.value() instanceof Text(int number, String text) && text.equals(Write.text(number))
                        ? 1
                        : 0;
            }
            return Block.value(right, 16);
        }

        @Override
        public long grantBytes() {
            return 0;
        }
    }

    /// Fills more memory than there is, one piece after the other.
    record Overflow(int pieceBytes, int pieceCount) implements Operation {
        @Override
        public String name() {
            return "overflow";
        }

        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            context.memory().useFiles(FileUse.INSTEAD_OF_FAILING);
            for (int i = 0; i < pieceCount; i++) {
                context.memory().allocate(pieceBytes).segment().fill((byte) i);
            }
            return Block.value(context.partition(), 16);
        }

        @Override
        public long grantBytes() {
            return 0;
        }
    }

    private static TaskGraph graph(boolean canBeSpilled) {
        Layer write = Layer.of(new Write(canBeSpilled), VALUES, List.of(), "write");
        Layer count = Layer.of(new CountRight(), 1, List.of(new Dependency.Broadcast(write.token())), "count");
        return TaskGraph.of(List.of(write, count));
    }

    private EngineOptions options() {
        return EngineOptions.defaults().withThreads(2).withBufferBytes(1 << 20).withHeapBudgetBytes(BUDGET)
                .withSpillDirectory(directory);
    }

    private static Object compute(Engine engine, TaskGraph graph) {
        try (Job job = engine.submit(graph, JobOptions.DEFAULTS)) {
            Block block = job.take(0);
            try {
                return block.value();
            } finally {
                block.release();
            }
        }
    }

    @Test
    void valuesTenTimesTheHeapBudget_goThroughTheDisk() {
        try (Engine engine = LocalEngine.open(options())) {
            try (Job job = engine.submit(graph(true), JobOptions.DEFAULTS)) {
                Block block = job.take(0);
                assertThat(block.value()).isEqualTo(VALUES);
                block.release();
                assertThat(job.progress().spilledBytes()).isGreaterThan((VALUES - 22) * (long) CHARACTERS);
            }
        }
        assertThat(directory).isEmptyDirectory();
    }

    /// The second job gets the files of the first where these are kept, and has written as much.
    @Test
    void whatTasksGetFromFiles_countsForTheirJob() {
        int piece = 1 << 20;
        Layer work = Layer.of(new Overflow(piece, 8), 3, List.of(), "work");
        try (Engine engine = LocalEngine.open(options().withThreads(1).withBufferBytes(4L * piece))) {
            for (int run = 0; run < 2; run++) {
                try (Job job = engine.submit(TaskGraph.of(List.of(work)), JobOptions.DEFAULTS)) {
                    for (int partition = 0; partition < 3; partition++) {
                        job.take(partition).release();
                    }
                    assertThat(job.progress().spilledBytes()).isEqualTo(3L * 4 * piece);
                }
            }
        }
    }

    @Test
    void aJobThatNeedsNoFiles_hasSpilledNothing() {
        Layer work = Layer.of(new Overflow(1 << 16, 8), 3, List.of(), "work");
        try (Engine engine = LocalEngine.open(options().withThreads(1).withBufferBytes(4 << 20));
                Job job = engine.submit(TaskGraph.of(List.of(work)), JobOptions.DEFAULTS)) {
            job.take(0).release();
            assertThat(job.progress().spilledBytes()).isZero();
        }
    }

    @Test
    void valuesThatCannotBeSpilled_failTheirJobWithWhatToDo_andNoOther() {
        try (Engine engine = LocalEngine.open(options())) {
            assertThatThrownBy(() -> compute(engine, graph(false)))
                    .isInstanceOfSatisfying(LazuliException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE))
                    .hasMessageStartingWith("Operation write failed in task ")
                    .hasMessageContaining("(java.lang.Thread, about 10,000 bytes) cannot be kept")
                    .hasMessageContaining("and the budget is 200,000. Return smaller results, make the type a record");
            assertThat(compute(engine, graph(true))).isEqualTo(VALUES);
        }
    }

    @Test
    void aSpillLimit_failsTheJobThatNeedsMore_andNoOther() {
        Layer many = Layer.of(new Mix(1, 1, 2_000), 40, List.of(), "many");
        Layer all = Layer.of(new Mix(2, 1, 1), 1, List.of(new Dependency.Broadcast(many.token())), "all");
        try (Engine engine =
                LocalEngine.open(options().withBufferBytes(100_000).withSpillLimitBytes(100_000))) {
            try (Job job = engine.submit(TaskGraph.of(List.of(many, all)), JobOptions.DEFAULTS)) {
                assertThatThrownBy(() -> job.take(0))
                        .isInstanceOfSatisfying(LazuliException.class,
                                e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE))
                        .hasMessageContaining("bytes to " + directory + ": ")
                        .hasMessageContaining("of the 100,000 bytes that lazuli.spill-limit allows are in use");
            }
            TaskGraph small = Graphs.random(3, 10);
            assertThat(LocalEngineTest.run(engine, small)).usingRecursiveComparison().isEqualTo(Reference.run(small));
            assertThat(engine.memory().reservedBytes()).isZero();
        }
    }
}
