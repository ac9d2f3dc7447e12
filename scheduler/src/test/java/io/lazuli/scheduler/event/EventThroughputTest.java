package io.lazuli.scheduler.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.delayed.Delayed;
import io.lazuli.graph.delayed.DelayedFunction1;
import io.lazuli.graph.delayed.DelayedListFunction;
import io.lazuli.graph.memory.Block;
import io.lazuli.scheduler.EngineOptions;
import io.lazuli.scheduler.LocalEngine;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A hundred thousand tasks that do next to nothing, with everything told to a subscriber and written to a log.
class EventThroughputTest {
    private static final int LEAVES = 100_000;
    private static final int REPEATS = 4;

    @TempDir
    Path directory;

    private static final DelayedFunction1<Integer, Long> ONE = Delayed.function((Integer _) -> 1L);
    private static final DelayedListFunction<Long, Long> SUM =
            Delayed.functionOfAll((List<Long> values) -> values.stream().mapToLong(Long::longValue).sum());

    /// A task for each call, none fused.
    private static TaskGraph tree() {
        List<Delayed<Long>> level = IntStream.range(0, LEAVES).mapToObj(ONE::call).toList();
        while (level.size() > 1) {
            List<Delayed<Long>> below = level;
            level = IntStream.range(0, Math.ceilDiv(below.size(), 16))
                    .mapToObj(i -> SUM.call(below.subList(16 * i, Math.min(16 * i + 16, below.size()))))
                    .toList();
        }
        return level.getFirst().graph();
    }

    /// Counts transitions.
    private static final class Counter implements EventSubscriber {
        long moves;

        @Override
        public void accept(EventBlock block) {
            for (EventCursor event = block.cursor(); event.next();) {
                switch (event.kind()) {
                    case TASKS_MOVED, TASK_ENDED -> moves += event.taskCount();
                    default -> {}
                }
            }
        }
    }

    private static double tasksPerSecond(LocalEngine engine, TaskGraph graph) {
        double best = 0;
        for (int i = 0; i < REPEATS; i++) {
            long start = System.nanoTime();
            try (Job job = engine.submit(graph, JobOptions.DEFAULTS)) {
                Block sum = job.take(0);
                assertThat(sum.value()).isEqualTo((long) LEAVES);
                sum.release();
            }
            best = Math.max(best, graph.taskCount() * 1e9 / (System.nanoTime() - start));
        }
        return best;
    }

    @Test
    void everyTransitionOfASumTree_isReadAndLogged() {
        TaskGraph graph = tree();
        EngineOptions options =
                EngineOptions.defaults().withThreads(2).withSpillDirectory(directory).withBufferBytes(1 << 26);
        double unheard;
        try (LocalEngine engine = LocalEngine.open(options)) {
            unheard = tasksPerSecond(engine, graph);
        }
        Path log = directory.resolve("events");
        Counter counter = new Counter();
        double heard;
        try (LocalEngine engine = LocalEngine.open(options.withEventLog(log))) {
            EventSubscription subscription = engine.events().subscribe(counter, Delivery.LOSSLESS);
            heard = tasksPerSecond(engine, graph);
            subscription.sync();
        }
        long expected = 4L * REPEATS * graph.taskCount();
        assertThat(counter.moves).isEqualTo(expected);
        Counter replayed = new Counter();
        assertThat(Replay.of(log).to(replayed).isComplete()).isTrue();
        assertThat(replayed.moves).isEqualTo(expected);
        double bytes = (double) log.toFile().length() / REPEATS / graph.taskCount();
        System.out.printf(
                "Sum tree, engine validated: %,.0f tasks/s unheard, %,.0f heard and logged, %.1f bytes of log a task%n",
                unheard, heard,
                bytes);
        assertThat(bytes).isLessThan(100);
        // With assertions on, the cores validate themselves most of the time: EngineBenchmark says what the engine takes without.
        assertThat(heard).as("tasks a second").isGreaterThan(15_000);
    }
}
