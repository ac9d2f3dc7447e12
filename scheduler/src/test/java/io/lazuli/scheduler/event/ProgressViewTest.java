package io.lazuli.scheduler.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lazuli.graph.JobProgress;
import io.lazuli.graph.Token;
import io.lazuli.scheduler.event.JobDescription.LayerDescription;
import io.lazuli.scheduler.internal.core.LayerCounts;
import io.lazuli.scheduler.internal.core.TransitionBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ProgressViewTest {
    private static final long SECOND = 1_000_000_000;

    private final ProgressView view = new ProgressView();
    private final TransitionBuffer buffer = new TransitionBuffer();

    ProgressViewTest() {
        buffer.open(0);
    }

    static JobDescription job(long id, int... taskCounts) {
        List<LayerDescription> layers = new ArrayList<>();
        int first = 0;
        for (int count : taskCounts) {
            layers.add(new LayerDescription(new Token(id, first), "layer " + layers.size(), first, count, false,
                    List.of()));
            first += count;
        }
        return new JobDescription(id, EngineEvent.NONE, "job " + id, 0, layers);
    }

    private void hear(JobDescription... jobs) {
        Map<Long, JobDescription> byId =
                Arrays.stream(jobs).collect(Collectors.toMap(JobDescription::id, j -> j));
        view.accept(new EventBlock(1, buffer.take(), byId, Map.of()));
    }

    private void describe(long job, int layer, int finished, int running) {
        buffer.layerCounted(job, layer, new LayerCounts("", 100, running, finished, 7, 8, 9));
    }

    @Test
    void gap_replacesCounts_andDropsJobsThatEndedMeanwhile() {
        buffer.jobSubmitted(1, 0, -1);
        buffer.jobSubmitted(2, 200, -1);
        hear(job(1, 100), job(2, 100));
        buffer.gap(3, 30);
        buffer.jobSubmitted(2, 200, -1);
        describe(2, 0, 60, 5);
        hear(job(2, 100));
        assertThat(view.summaries()).singleElement().satisfies(summary -> {
            assertThat(summary.job()).isEqualTo(2);
            assertThat(summary.finishedCount()).isEqualTo(60);
            assertThat(summary.progress().layers().getFirst().runningCount()).isEqualTo(5);
        });
    }

    private static JobDescription child(long id, long parent, String label, int count) {
        return new JobDescription(
                id, parent, "job " + id, 0,
                List.of(new LayerDescription(new Token(id, 0), label, 0, count, false, List.of())));
    }

    private static List<String> inner(JobSummary summary) {
        return summary.inner().stream()
                .map(layer -> "%s %d/%d".formatted(layer.label(), layer.finishedCount(), layer.taskCount())).toList();
    }

    @Test
    void whatTasksSetOff_isToldWithTheirJob_byLabel_whetherItHasEndedOrNot() {
        Script script = new Script(view);
        script.submit(1, "search", "candidates", 4);
        script.submitWithin(2, 1, 100, "fit", 3);
        script.submitWithin(3, 2, 200, "fit", 5);
        script.submitWithin(4, 1, 300, "score", 2);
        script.run(100, 3);
        script.end(100, 3);
        script.run(200, 2);
        script.end(200, 1);
        assertThat(view.running(script.nanos)).singleElement()
                .satisfies(job -> assertThat(job.summary().name()).isEqualTo("search"));
        script.finish(2, JobProgress.State.SUCCEEDED);
        script.forget(2);
        JobSummary summary = view.summaries().getFirst();
        assertThat(inner(summary)).containsExactly("fit 4/8", "score 0/2");
        assertThat(summary.inner().getFirst().runningCount()).isEqualTo(1);
        assertThat(summary.innerJobCount()).isEqualTo(3);
        assertThat(summary.taskCount()).isEqualTo(14);
        assertThat(summary.finishedCount()).isEqualTo(4);
        assertThat(view.summaries()).hasSize(1);
        assertThat(view.summary(3).orElseThrow().parent()).isEqualTo(2);
    }

    @Test
    void aJobThatOutlivesWhatSetItOff_standsAlone() {
        Script script = new Script(view);
        script.submit(1, "parent", "layer", 1);
        script.submitWithin(2, 1, 100, "layer", 3);
        script.finish(1, JobProgress.State.SUCCEEDED);
        script.forget(1);
        assertThat(view.running(script.nanos)).extracting(job -> job.summary().job()).containsExactly(2L);
        script.run(100, 3);
        script.end(100, 3);
        assertThat(inner(view.summary(1).orElseThrow())).containsExactly("layer 3/3");
    }

    @Test
    void gap_keepsWhatEndedWithinAJob_andTakesWhatEndedMeanwhileForDone() {
        Script script = new Script(view);
        script.submit(1, "search", "candidates", 4);
        for (long id = 2; id <= 4; id++) {
            script.submitWithin(id, 1, (int) (100 * id), "fit", 3);
        }
        script.run(200, 3);
        script.end(200, 3);
        script.finish(2, JobProgress.State.SUCCEEDED);
        script.forget(2);
        script.run(300, 3);
        script.end(300, 1);
        // Now 3 ends unheard, 4 goes on, and 5 comes.
        buffer.gap(3, 30);
        buffer.jobSubmitted(1, 0, -1);
        buffer.jobSubmitted(4, 400, -1);
        buffer.layerCounted(4, 0, new LayerCounts("", 3, 1, 1, 7, 8, 9));
        buffer.jobSubmitted(5, 500, -1);
        buffer.layerCounted(5, 0, new LayerCounts("", 2, 0, 0, 0, 0, 0));
        hear(job(1, 4), child(4, 1, "fit", 3), child(5, 1, "score", 2));
        JobSummary summary = view.summaries().getFirst();
        assertThat(inner(summary)).containsExactly("fit 7/9", "score 0/2");
        assertThat(summary.innerJobCount()).isEqualTo(4);
    }

    @Test
    void manyLabels_areToldAsOne() {
        Script script = new Script(view);
        script.submit(1, "wide", "layer", 1);
        for (int id = 2; id < 200; id++) {
            script.submitWithin(id, 1, 100 * id, "label " + id, 1);
        }
        List<JobProgress.LayerProgress> inner = view.summaries().getFirst().inner();
        assertThat(inner).hasSize(51).last().satisfies(others -> {
            assertThat(others.label()).isEqualTo("others");
            assertThat(others.taskCount()).isEqualTo(148);
        });
    }

    @Test
    void aJobWhoseResultIsLost_runsAgain() {
        Script script = new Script(view);
        script.submit(1, "job", "layer", 2);
        script.run(0, 2);
        script.end(0, 2);
        script.finish(1, JobProgress.State.SUCCEEDED);
        script.move(TaskTransition.LOST, TaskStatus.IN_MEMORY, 1, 1);
        JobSummary summary = view.summaries().getFirst();
        assertThat(summary.progress().state()).isEqualTo(JobProgress.State.RUNNING);
        assertThat(summary.finishedCount()).isEqualTo(1);
        assertThat(summary.recomputedCount()).isEqualTo(1);
    }

    @Test
    void pace_isOfTheLastFiveSeconds_andSaysWhatIsLeft() {
        JobDescription description = job(1, 1_000);
        LayerTally layer = new JobTally(description, 0, 0, null, null).layers.getFirst();
        layer.moved(TaskTransition.ASSIGNED, TaskStatus.READY, false, 500, SECOND);
        assertThat(layer.pace(SECOND)).isEqualTo(new Pace(0, Optional.empty()));
        for (int second = 1; second <= 10; second++) {
            layer.moved(TaskTransition.FINISHED, TaskStatus.LEASED, false, 40, second * SECOND);
        }
        assertThat(layer.left()).isEqualTo(600);
        assertThat(layer.pace(10 * SECOND + SECOND / 4).tasksPerSecond()).isCloseTo(40, within(5.0));
        layer.moved(TaskTransition.ASSIGNED, TaskStatus.READY, false, 500, 10 * SECOND);
        for (int tenth = 1; tenth <= 50; tenth++) {
            layer.moved(TaskTransition.FINISHED, TaskStatus.LEASED, false, 10, 10 * SECOND + tenth * SECOND / 10);
        }
        Pace pace = layer.pace(15 * SECOND);
        assertThat(pace.tasksPerSecond()).as("the slow start is forgotten").isCloseTo(100, within(5.0));
        assertThat(pace.timeLeft().orElseThrow().toMillis()).isCloseTo(1000, within(100L));
        assertThat(layer.pace(60 * SECOND)).as("nothing for long").isEqualTo(new Pace(0, Optional.empty()));
        layer.moved(TaskTransition.FINISHED, TaskStatus.LEASED, false, 100, 61 * SECOND);
        assertThat(layer.pace(61 * SECOND).timeLeft()).contains(Duration.ZERO);
    }

    @Test
    void endedJobs_areForgottenBeyondAHundred() {
        for (long id = 1; id <= 150; id++) {
            buffer.jobSubmitted(id, 0, -1);
            buffer.jobFinished(id, JobProgress.State.SUCCEEDED);
            hear(job(id, 1));
            view.accept(forgotten(id));
        }
        assertThat(view.summaries()).extracting(JobSummary::job)
                .isEqualTo(LongStream.rangeClosed(51, 150).boxed().toList());
    }

    private static EventBlock forgotten(long id) {
        return new EventBlock(1, new long[] {TransitionBuffer.JOB_FORGOTTEN, id}, Map.of(), Map.of());
    }

    @Test
    void summary_isATable() {
        JobProgress progress = new JobProgress(
                JobProgress.State.FAILED, Duration.ofMillis(1500), 3 << 20,
                List.of(
                        new JobProgress.LayerProgress("scan", 8, 0, 8, Duration.ofSeconds(3), 1_000, 1 << 20),
                        new JobProgress.LayerProgress("merge", 2, 0, 1, Duration.ofSeconds(1), 10, 512)));
        JobSummary summary = new JobSummary(
                7, EngineEvent.NONE, "count", progress, 3,
                List.of(new JobProgress.LayerProgress("inc", 5, 0, 4, Duration.ofSeconds(4), 5, 40)),
                new Spill(4 << 20, 2 << 20, 0), 2, 1, Optional.of("Disk full."));
        assertThat(summary.toString().lines())
                .containsExactly(
                        "job 7 'count': 13 of 15 tasks, 3 jobs within, 2 retried, 1 made again, 2.0 MiB read back, failed in 1.50 s, 8.00 s of work, 4.0 MiB spilled",
                        " 50.0 %    4.00 s  5 tasks  5 rows  0.0 KiB  within: inc",
                        " 37.5 %    3.00 s  8 tasks  1,000 rows  1.0 MiB  scan",
                        " 12.5 %    1.00 s  2 tasks  10 rows  0.5 KiB  merge",
                        "Disk full.");
    }
}
