package io.lazuli.scheduler.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Block;
import io.lazuli.scheduler.EngineOptions;
import io.lazuli.scheduler.LocalEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A hundred thousand tasks that do next to nothing, with everything told to a subscriber and written to a log.
class EventThroughputTest {
    private static final int LEAVES = 100_000;
    private static final int REPEATS = 8;

    @TempDir
    Path directory;

    /// Its input's sum, or 1.
    private record Sum() implements Operation {
        @Override
        public String name() {
            return "sum";
        }

        @Override
        public long grantBytes() {
            return 0;
        }

        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            long sum = inputs.dependencyCount() == 0 ? 1 : 0;
            if (inputs.dependencyCount() > 0) {
                for (Block block : inputs.blocks(0)) {
                    sum += block.value(Long.class);
                }
            }
            return Block.value(sum, 24);
        }
    }

    private static TaskGraph tree() {
        List<Layer> layers = new ArrayList<>(List.of(Layer.of(new Sum(), LEAVES, List.of(), "leaves")));
        while (layers.getLast().partitionCount() > 1) {
            Layer below = layers.getLast();
            layers.add(Layer.of(
                    new Sum(), Math.ceilDiv(below.partitionCount(), 16),
                    List.of(new Dependency.Tree(below.token(), 16)), "sums of " + below.partitionCount()));
        }
        return TaskGraph.of(layers);
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
                "Sum tree: %,.0f tasks/s unheard, %,.0f heard and logged, %.1f bytes of log a task%n", unheard, heard,
                bytes);
        assertThat(bytes).isLessThan(100);
        assertThat(heard).as("tasks a second").isGreaterThan(50_000);
    }
}
