package io.lazuli.scheduler.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.JobOptions;
import io.lazuli.graph.TaskGraph;
import io.lazuli.scheduler.Graphs;
import io.lazuli.scheduler.event.EngineEvent;
import io.lazuli.scheduler.event.EngineEvent.TaskEnded;
import io.lazuli.scheduler.event.EngineEvent.TasksMoved;
import io.lazuli.scheduler.event.EventBlock;
import io.lazuli.scheduler.event.JobDescription;
import io.lazuli.scheduler.event.ProgressView;
import io.lazuli.scheduler.internal.event.Description;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// What the core tells while everything that can happen to jobs happens, in random order.
class TransitionPropertyTest {
    @Property(tries = 300)
    void anyTrouble_isToldAsLegalPathsThatAddUp(@ForAll long seed) {
        new Watch().anyTrouble(seed);
    }

    /// One run.
    private static final class Watch {
        private final Map<Long, JobDescription> descriptions = new HashMap<>();
        private final Map<Long, CoreProgress> progress = new HashMap<>();
        private final Map<Long, TaskGraph> graphs = new HashMap<>();
        private final ProgressView view = new ProgressView();
        /// Status of each task as events tell it, by id.
        private final Map<Integer, TaskStatus> statuses = new HashMap<>();
        private long moves;

        void anyTrouble(long seed) {
            Random random = new Random(seed);
            CoreDriver driver = new CoreDriver(3);
            RandomTrouble trouble = new RandomTrouble(driver, random);
            TransitionBuffer transitions = driver.core.transitions();
            transitions.open(0);
            int jobs = 1 + random.nextInt(4);
            for (int step = 0; step < 20_000 && driver.forgotten.size() < jobs; step++) {
                if (driver.plans.size() < jobs && (driver.plans.isEmpty() || random.nextInt(20) == 0)) {
                    submit(driver, driver.plans.size() + 1, seed, trouble.options());
                } else {
                    trouble.step();
                }
                if (random.nextInt(5) == 0) {
                    read(transitions);
                }
            }
            read(transitions);
            assertThat(driver.forgotten).as("seed %d", seed).hasSize(jobs);
            assertThat(moves).isEqualTo(transitions.transitionCount());
            graphs.forEach((job, graph) -> assertSame(job, graph, driver));
        }

        private void assertSame(long job, TaskGraph graph, CoreDriver driver) {
            var summary = view.summary(job).orElseThrow();
            assertThat(summary.progress().state()).isEqualTo(driver.finished.get(job));
            List<LayerCounts> folded = summary.progress().layers().stream()
                    .map(layer -> new LayerCounts(
                            layer.label(), layer.taskCount(), layer.runningCount(), layer.finishedCount(),
                            layer.busy().toNanos(), layer.outputRows(), layer.outputBytes()))
                    .toList();
            assertThat(folded).isEqualTo(progress.get(job).of(graph.layers()));
        }

        private void submit(CoreDriver driver, long job, long seed, JobOptions options) {
            TaskGraph graph = Graphs.random(seed + job, 10);
            JobPlan plan = JobPlan.of(graph, Map.of(), options);
            graphs.put(job, graph);
            descriptions.put(job, Description.of(job, -1, "job " + job, 0, graph.layers(), plan));
            driver.submit(job, plan);
            progress.put(job, driver.core.progress(job));
        }

        private void read(TransitionBuffer transitions) {
            EventBlock block = new EventBlock(1, transitions.take(), descriptions, Map.of());
            view.accept(block);
            block.forEach(this::follow);
        }

        private void follow(EngineEvent event) {
            switch (event) {
                case EngineEvent.JobSubmitted submitted -> {
                    for (int i = 0; i < submitted.job().taskCount(); i++) {
                        statuses.put(submitted.firstTask() + i, TaskStatus.WAITING);
                    }
                }
                case TasksMoved moved -> {
                    for (int task = moved.firstTask(); task < moved.firstTask() + moved.count(); task++) {
                        step(task, moved.from().name(), moved.transition().name());
                    }
                }
                case TaskEnded ended -> step(ended.task(), ended.from().name(), ended.transition().name());
                case EngineEvent.JobStopped _, EngineEvent.JobFinished _, EngineEvent.JobForgotten _ -> {}
                default -> throw new AssertionError("the core tells of what only a shell knows: " + event);
            }
        }

        private void step(int task, String from, String transition) {
            moves++;
            Transition known = Transition.valueOf(transition);
            assertThat(statuses.put(task, known.to())).as("task %d before %s", task, transition)
                    .isEqualTo(TaskStatus.valueOf(from));
            assertThat(known.allowedFrom(TaskStatus.valueOf(from))).as("%s from %s", transition, from).isTrue();
        }
    }
}
