package io.lazuli.scheduler;

import static io.lazuli.scheduler.Body.rows;
import static io.lazuli.scheduler.Body.total;
import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.Expansion;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.JobProgress;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.scheduler.event.Delivery;
import io.lazuli.scheduler.event.EventBlock;
import io.lazuli.scheduler.event.EventCursor;
import io.lazuli.scheduler.event.EventKind;
import io.lazuli.scheduler.event.EventSubscriber;
import io.lazuli.scheduler.event.TaskStatus;
import io.lazuli.scheduler.event.TaskTransition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/// A thousand jobs that spill, retry, expand and wait for jobs of their own, each cancelled at another moment.
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
class CancellationTest {
    private static final int ROUNDS = 1_000;
    private static final long SEED = 5;

    @TempDir
    Path directory;

    /// Statuses that tasks were in when their job ended without them.
    private static final class Abandoned implements EventSubscriber {
        final Map<TaskStatus, Integer> counts = new EnumMap<>(TaskStatus.class);

        @Override
        public void accept(EventBlock block) {
            for (EventCursor event = block.cursor(); event.next();) {
                if (event.kind() == EventKind.TASKS_MOVED && event.transition() == TaskTransition.ABANDONED) {
                    counts.merge(event.from(), event.taskCount(), Integer::sum);
                }
            }
        }
    }

    /// One job, and the moment at which it is cancelled: when so many tasks have begun.
    private static final class Round {
        final LocalEngine engine;
        final Random random;
        final boolean isCancelledByItsTask;
        /// Whether one of its tasks fails at every attempt.
        final boolean isDoomed;
        final AtomicInteger left;
        final AtomicReference<Job> job = new AtomicReference<>();
        final CountDownLatch moment = new CountDownLatch(1);

        Round(LocalEngine engine, Random random) {
            this.engine = engine;
            this.random = random;
            this.isCancelledByItsTask = random.nextBoolean();
            this.isDoomed = random.nextInt(5) == 0;
            this.left = new AtomicInteger(random.nextInt(75));
        }

        Layer layer(String label, int count, BiFunction<TaskContext, TaskInputs, Block> body, Dependency... on) {
            return new Body("body", 0, true, (context, inputs) -> {
                begin();
                return body.apply(context, inputs);
            }).over(label, count, on);
        }

        private void begin() {
            if (left.getAndDecrement() == 0) {
                Job own = job.get();
                if (isCancelledByItsTask && own != null) {
                    own.cancel();
                }
                moment.countDown();
            }
        }

        TaskGraph graph() {
            Layer large = layer("large", 20, (context, _) -> {
                Buffer buffer = context.memory().allocate(16_000);
                return Block.columns(2_000, new byte[0], List.of(buffer));
            });
            Layer flaky = layer("flaky", 20, (context, inputs) -> {
                boolean fails = context.partition() % 7 == 5 && left.get() % 2 == 0;
                if (fails || isDoomed && context.partition() == 19) {
                    throw new IllegalStateException("now and then");
                }
                return rows(inputs.block(0).rowCount());
            }, new Dependency.OneToOne(large.token()));
            Layer expanding = layer("expanding", 3, (_, _) -> {
                Layer parts = layer("parts", 6, (part, _) -> rows(part.partition()));
                Layer sum = layer("sum", 1, (_, in) -> rows(total(in)), new Dependency.Tree(parts.token(), 6));
                return new Expansion(TaskGraph.of(List.of(parts, sum))).toBlock();
            });
            Layer waiting = layer("waiting", 2, (_, _) -> {
                Layer inner = layer("inner", 4, (part, _) -> rows(part.partition()));
                try (Job own = engine.submit(TaskGraph.of(List.of(inner)), JobOptions.DEFAULTS)) {
                    own.take(3).release();
                }
                return rows(1);
            });
            Layer all = layer("all", 4, (_, inputs) -> rows(total(inputs)),
                    new Dependency.Broadcast(flaky.token()), new Dependency.Broadcast(expanding.token()),
                    new Dependency.Broadcast(waiting.token()), new Dependency.Broadcast(large.token()));
            return TaskGraph.of(List.of(large, flaky, expanding, waiting, all));
        }

        JobProgress.State play() throws InterruptedException {
            try (Job submitted = engine.submit(graph(), JobOptions.DEFAULTS.withRetries(3))) {
                job.set(submitted);
                moment.await(random.nextInt(20), TimeUnit.MILLISECONDS);
                if (random.nextInt(10) > 0) {
                    submitted.cancel();
                }
                if (random.nextBoolean()) {
                    take(submitted);
                }
                submitted.close();
                return submitted.progress().state();
            }
        }

        private static void take(Job job) {
            try {
                job.take(0).release();
            } catch (LazuliException e) {
                assertThat(e.code()).isIn(ErrorCode.CANCELLED, ErrorCode.USER);
            }
        }
    }

    @Test
    void aThousandJobs_cancelledInEveryState_leaveNothing() throws InterruptedException, IOException {
        Random random = new Random(SEED);
        Abandoned abandoned = new Abandoned();
        Map<JobProgress.State, Integer> ends = new EnumMap<>(JobProgress.State.class);
        try (LocalEngine engine = LocalEngine.open(EngineOptions.defaults()
                .withThreads(2)
                .withBufferBytes(200_000)
                .withSpillDirectory(directory))) {
            engine.events().subscribe(abandoned, Delivery.LOSSLESS);
            for (int round = 0; round < ROUNDS; round++) {
                ends.merge(new Round(engine, random).play(), 1, Integer::sum);
                assertThat(engine.memory().reservedBytes()).as("round %d", round).isZero();
                assertThat(engine.memory().liveBufferCount()).as("round %d", round).isZero();
            }
            TaskGraph other = Graphs.random(3, 10);
            assertThat(LocalEngineTest.run(engine, other)).usingRecursiveComparison().isEqualTo(Reference.run(other));
        }
        assertThat(ends).as("ends").containsOnlyKeys(
                JobProgress.State.CANCELLED, JobProgress.State.SUCCEEDED, JobProgress.State.FAILED);
        assertThat(ends.get(JobProgress.State.CANCELLED)).isGreaterThan(ROUNDS / 2);
        assertThat(abandoned.counts).as("tasks abandoned").containsOnlyKeys(
                TaskStatus.WAITING, TaskStatus.READY, TaskStatus.LEASED, TaskStatus.EXPANDED);
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }
}
