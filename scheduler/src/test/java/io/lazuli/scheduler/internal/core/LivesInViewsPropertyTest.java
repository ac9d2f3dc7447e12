package io.lazuli.scheduler.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.JobOptions;
import io.lazuli.graph.JobProgress;
import io.lazuli.graph.JobProgress.LayerProgress;
import io.lazuli.scheduler.event.EventBlock;
import io.lazuli.scheduler.event.JobDescription;
import io.lazuli.scheduler.event.JobSummary;
import io.lazuli.scheduler.event.ProgressView;
import io.lazuli.scheduler.internal.event.Description;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/// Whatever happens to tasks, a view that hears of it counts as the core does: at the end, and at any time before.
class LivesInViewsPropertyTest {
    private static final Set<Transition> SEEN = EnumSet.noneOf(Transition.class);

    @Property(tries = 400)
    void view_countsAsTheCoreDoes(@ForAll long seed) {
        new Watch(seed).run();
    }

    /// Or the property would prove less than it says.
    @AfterContainer
    static void everythingHappened() {
        assertThat(SEEN).containsExactlyInAnyOrder(Transition.ALL);
    }

    private static final class Watch {
        private final long seed;
        private final Random random;
        private final RandomLives lives;
        private final TransitionBuffer transitions;
        private final ProgressView view = new ProgressView();
        private final Set<Long> tops = new TreeSet<>();

        Watch(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.lives = new RandomLives(seed);
            this.transitions = lives.core.transitions();
        }

        void run() {
            transitions.open(0);
            int jobs = 1 + random.nextInt(3);
            for (int step = 0; step < 700; step++) {
                if (tops.size() < jobs && random.nextInt(10) == 0) {
                    tops.add(lives.submit(JobOptions.DEFAULTS.withRetries(random.nextInt(3))));
                }
                lives.step(step > 400);
                if (random.nextInt(8) == 0) {
                    read();
                    compare();
                }
            }
            lives.closeAll();
            read();
            assertThat(lives.core.jobCount()).as("seed %d", seed).isZero();
            compare();
            for (Transition transition : Transition.ALL) {
                for (TaskStatus from : TaskStatus.ALL) {
                    if (lives.core.transitionCount(transition, from) > 0) {
                        SEEN.add(transition);
                    }
                }
            }
        }

        private void read() {
            Map<Long, JobDescription> descriptions = new HashMap<>();
            lives.graphs.forEach((job, graph) -> descriptions.put(
                    job,
                    Description.of(
                            job, lives.parents.getOrDefault(job, -1L), "job", 0, graph.layers(),
                            lives.plans.get(job))));
            view.accept(new EventBlock(1, transitions.take(), descriptions, Map.of()));
        }

        private void compare() {
            lives.progress.forEach((job, counts) -> {
                // A job that came and went in one step left nothing to compare with.
                if (counts != CoreProgress.NONE) {
                    assertSame(job, counts.of(lives.graphs.get(job).layers()));
                }
            });
            tops.forEach(this::assertHoldsItsParts);
        }

        private void assertSame(long job, List<LayerCounts> expected) {
            JobSummary summary = view.summary(job).orElseThrow();
            List<LayerCounts> folded = summary.progress().layers().stream()
                    .map(layer -> new LayerCounts(
                            layer.label(), layer.taskCount(), layer.runningCount(), layer.finishedCount(),
                            layer.busy().toNanos(), layer.outputRows(), layer.outputBytes()))
                    .toList();
            assertThat(folded).as("job %d of seed %d", job, seed).isEqualTo(expected);
            assertThat(folded).allSatisfy(layer -> {
                assertThat(layer.leasedCount()).isNotNegative();
                assertThat(layer.finishedCount()).isBetween(0, layer.taskCount());
            });
            boolean succeeded = summary.progress().state() == JobProgress.State.SUCCEEDED;
            assertThat(!succeeded || folded.stream().allMatch(layer -> layer.finishedCount() == layer.taskCount()))
                    .as("job %d of seed %d is done", job, seed).isTrue();
        }

        /// What tasks of a job set off, and theirs, is told with it.
        private void assertHoldsItsParts(long job) {
            JobSummary summary = view.summary(job).orElseThrow();
            List<JobSummary> parts = lives.progress.keySet().stream()
                    .filter(other -> other != job && topOf(other) == job)
                    .map(other -> view.summary(other).orElseThrow())
                    .toList();
            assertThat(summary.innerJobCount()).isEqualTo(parts.size());
            assertThat(sum(summary.inner()))
                    .as("seed %d", seed)
                    .isEqualTo(sum(parts.stream().flatMap(part -> part.progress().layers().stream()).toList()));
        }

        private long topOf(long job) {
            Long parent = lives.parents.get(job);
            return parent == null ? job : topOf(parent);
        }

        private static List<Long> sum(List<LayerProgress> layers) {
            return List.of(
                    layers.stream().mapToLong(LayerProgress::taskCount).sum(),
                    layers.stream().mapToLong(LayerProgress::runningCount).sum(),
                    layers.stream().mapToLong(LayerProgress::finishedCount).sum(),
                    layers.stream().mapToLong(layer -> layer.busy().toNanos()).sum(),
                    layers.stream().mapToLong(LayerProgress::outputRows).sum(),
                    layers.stream().mapToLong(LayerProgress::outputBytes).sum());
        }
    }
}
