package io.lazuli.scheduler.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Dependency.Tree;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.scheduler.Graphs;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Which of two workers with one thread each runs a task, and what becomes of tasks that wait at one while the other is idle.
class PlacementTest {
    private static final long MANY_ROWS = 100_000;

    private final CoreDriver driver = new CoreDriver(2);

    private void submit(long job, Layer... layers) {
        driver.submit(job, JobPlan.of(TaskGraph.of(List.of(layers)), Map.of(), JobOptions.DEFAULTS));
    }

    /// Two tasks, one on each worker, and one that reads both: tasks 0, 1 and 2.
    private static void submitPairAndReader(CoreDriver driver) {
        Layer pair = Graphs.layer("pair", 2, 1);
        Layer reader = Graphs.layer("reader", 1, 1, new Tree(pair.token(), 2));
        driver.submit(1, JobPlan.of(TaskGraph.of(List.of(pair, reader)), Map.of(), JobOptions.DEFAULTS));
        driver.ask(0);
        driver.ask(1);
    }

    @Test
    void taskGoes_whereMostOfItsBytesLie() {
        for (int larger = 0; larger < 2; larger++) {
            CoreDriver fresh = new CoreDriver(2);
            submitPairAndReader(fresh);
            // Who asks last would get it if nothing spoke for the other.
            fresh.ask(larger);
            fresh.ask(1 - larger);
            fresh.finish(1 - larger, 1, 0);
            assertThat(fresh.finish(larger, MANY_ROWS, 0))
                    .as("the larger input is with worker " + larger)
                    .contains(new Effect.RunTasks(larger, 1, 1, 2, 1, 0, false));
        }
    }

    @Test
    void taskGoesElsewhere_whenThatWorkerIsBusy_andIsToldWhereItsInputIs() {
        submitPairAndReader(driver);
        driver.finish(1, MANY_ROWS, 0);
        submit(2, Graphs.layer("long", 1, 1));
        assertThat(driver.ask(1)).contains(new Effect.RunTasks(1, 2, 0, 3, 1, 0, false));
        driver.ask(1);
        driver.ask(0);
        assertThat(driver.finish(0, 1, 0))
                .containsSubsequence(
                        new Effect.LocateResults(0, 1, 1, 0, 1), new Effect.RunTasks(0, 1, 1, 2, 1, 0, false));
    }

    @Test
    void idleWorker_getsWhatAnotherHasNotStarted() {
        submit(1, Graphs.layer("a", 4, 1));
        for (int i = 0; i < 4; i++) {
            driver.ask(0);
        }
        assertThat(driver.ask(1)).as("nothing is left").isEmpty();
        assertThat(driver.pass(1)).as("as many as have a thread").containsExactly(new Effect.RecallTasks(0, 3, 1, 0));
        driver.ask(0);
        assertThat(driver.giveBack(3)).containsExactly(new Effect.RunTasks(1, 1, 0, 3, 1, 1, false));
        assertThat(driver.pass(1)).as("nobody is idle").isEmpty();
    }

    @Test
    void whatRuns_isNotRecalled_norIsAnythingTwice() {
        submit(1, Graphs.layer("a", 3, 1));
        for (int i = 0; i < 3; i++) {
            driver.ask(0);
        }
        driver.ask(1);
        driver.send(in -> in.taskRunsLong(Entries.source(0, 1), 2, 0));
        assertThat(driver.pass(1)).containsExactly(new Effect.RecallTasks(0, 1, 1, 0));
        assertThat(driver.pass(1)).as("it may have started").containsExactly(new Effect.RecallTasks(0, 0, 1, 0));
        assertThat(driver.pass(1)).isEmpty();
    }

    @Test
    void workerThatKeepsUp_isLeftAlone() {
        submit(1, Graphs.layer("a", 1, 1));
        driver.ask(0);
        driver.ask(1);
        assertThat(driver.pass(1)).isEmpty();
    }
}
