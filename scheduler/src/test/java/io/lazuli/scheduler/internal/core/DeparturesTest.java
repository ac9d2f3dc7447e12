package io.lazuli.scheduler.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Dependency.Broadcast;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.scheduler.Graphs;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Worker 0 leaves. Tasks 0 and 1 are read by task 2.
class DeparturesTest {
    private static final Effect DISMISSAL = new Effect.DismissWorker(0, 1);
    private static final Effect.KeepResults HANDOVER = new Effect.KeepResults(1, 0, 1, 0, 0);

    private final CoreDriver driver = new CoreDriver(2, CoreOptions.CLUSTER);

    private void submit(CoreDriver to) {
        Layer a = Graphs.layer("a", 2, 1);
        Layer b = Graphs.layer("b", 1, 1, new Broadcast(a.token()));
        to.submit(1, JobPlan.of(TaskGraph.of(List.of(a, b)), Map.of(), JobOptions.DEFAULTS));
    }

    /// Worker 0 has made task 0.
    private void makeFirst(CoreDriver by) {
        submit(by);
        by.ask(0);
        by.finish(0);
    }

    private void runToTheEnd() {
        while (!driver.leased.isEmpty() || driver.core.jobCount() > 0) {
            driver.ask(1);
            List.copyOf(driver.leased.keySet()).forEach(driver::finish);
            List.copyOf(driver.offered).forEach(driver::take);
        }
    }

    @Test
    void resultsGoToAnother_thenTheWorkerGoes_andNothingIsMadeAgain() {
        makeFirst(driver);
        driver.ask(0);
        driver.giveBack(1);
        assertThat(driver.leave(0)).contains(HANDOVER).doesNotContain(DISMISSAL);
        assertThat(driver.ask(1)).as("not to who leaves").contains(new Effect.RunTasks(1, 1, 0, 1, 1, 1, false));
        assertThat(driver.keep(1, 0, 0)).contains(DISMISSAL);
        runToTheEnd();
        assertThat(driver.core.recomputedCount()).isZero();
    }

    @Test
    void whatItRuns_mayEnd_andIsHandedOverToo() {
        makeFirst(driver);
        driver.ask(0);
        driver.leave(0);
        assertThat(driver.keep(1, 0, 0)).as("it still runs something").doesNotContain(DISMISSAL);
        driver.finish(1);
        assertThat(driver.pass(1)).containsExactly(new Effect.KeepResults(1, 1, 1, 0, 0));
        assertThat(driver.keep(1, 1, 0)).contains(DISMISSAL);
        runToTheEnd();
        assertThat(driver.core.recomputedCount()).isZero();
    }

    @Test
    void outputThatWasOffered_isOfferedWhereItIsNow() {
        Layer a = Graphs.layer("a", 1, 1);
        driver.submit(1, JobPlan.of(TaskGraph.of(List.of(a)), Map.of(), JobOptions.DEFAULTS));
        driver.ask(0);
        driver.finish(0);
        driver.leave(0);
        assertThat(driver.keep(1, 0, 0))
                .containsSubsequence(new Effect.WithdrawResult(1, 0), new Effect.OfferResult(1, 1, 0, 0));
        assertThat(driver.take(0)).as("both have it").contains(new Effect.ReleaseResults(1, 0, 1, 0));
    }

    @Test
    void whoMayKnowOfTheOldHolder_isTold() {
        CoreDriver three = new CoreDriver(3, CoreOptions.CLUSTER);
        makeFirst(three);
        three.leave(0);
        assertThat(three.keep(1, 0, 0)).contains(new Effect.RedirectResults(2, 0, 1, 0, 1));
    }

    @Test
    void whoHasMostRoom_takesIt() {
        CoreDriver three = new CoreDriver(3, CoreOptions.CLUSTER);
        submit(three);
        three.ask(1);
        three.finish(0, 100_000, 0);
        three.ask(0);
        three.finish(1, 100_000, 0);
        assertThat(three.leave(0)).as("worker 1 has something already").contains(new Effect.KeepResults(2, 1, 1, 0, 0));
    }

    @Test
    void nobodyElse_meansThatItGoesAtOnce() {
        CoreDriver alone = new CoreDriver(1, CoreOptions.CLUSTER);
        makeFirst(alone);
        assertThat(alone.leave(0)).contains(DISMISSAL);
        assertThat(alone.core.recomputedCount()).isOne();
    }

    @Test
    void whatNobodyTakes_isMadeAgain() {
        CoreDriver three = new CoreDriver(3, CoreOptions.CLUSTER);
        makeFirst(three);
        three.leave(0);
        assertThat(three.decline(1, 0, 0)).as("the next one tries").contains(new Effect.KeepResults(2, 0, 1, 0, 0));
        assertThat(three.decline(2, 0, 0)).contains(DISMISSAL);
        assertThat(three.core.recomputedCount()).isOne();
    }

    @Test
    void whoWasToTakeIt_dies_andAnotherDoes() {
        CoreDriver three = new CoreDriver(3, CoreOptions.CLUSTER);
        makeFirst(three);
        assertThat(three.leave(0)).contains(HANDOVER);
        three.send(in -> in.workerDied(Entries.source(1, 1)));
        assertThat(three.pass(1)).containsExactly(new Effect.KeepResults(2, 0, 1, 0, 0));
    }

    @Test
    void whatIsNotNeededAnyMore_isReleasedWhereItIsOnItsWay() {
        makeFirst(driver);
        driver.leave(0);
        assertThat(driver.send(in -> in.jobClosed(1))).contains(new Effect.ReleaseResults(1, 0, 1, 0));
        assertThat(driver.send(in -> in.resultKept(Entries.source(1, 1), 0, 0)))
                .as("it came after all")
                .containsExactly(new Effect.ReleaseResults(1, 0, 1, 0));
        assertThat(driver.pass(1)).containsExactly(DISMISSAL);
    }

    @Test
    void whoTakesTooLong_goesAllTheSame() {
        makeFirst(driver);
        driver.ask(0);
        driver.leave(0);
        driver.send(in -> in.workerHeard(Entries.source(1, 1)));
        assertThat(driver.pass(CoreOptions.CLUSTER.departureNanos() - 1_000_000)).doesNotContain(DISMISSAL);
        assertThat(driver.pass(1_000_000)).contains(DISMISSAL);
    }
}
