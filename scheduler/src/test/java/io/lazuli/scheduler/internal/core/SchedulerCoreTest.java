package io.lazuli.scheduler.internal.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.Dependency.Broadcast;
import io.lazuli.graph.Dependency.Exchange;
import io.lazuli.graph.Dependency.Explicit;
import io.lazuli.graph.Dependency.OneToOne;
import io.lazuli.graph.Dependency.Tree;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.JobProgress;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import io.lazuli.scheduler.Graphs;
import io.lazuli.scheduler.Mix;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Ids in these tests: job 1 is admitted first, so its tasks count from 0 in the order of the layers.
class SchedulerCoreTest {
    private final CoreDriver driver = new CoreDriver(2);

    private static JobPlan plan(Layer... layers) {
        return plan(JobOptions.DEFAULTS, layers);
    }

    private static JobPlan plan(JobOptions options, Layer... layers) {
        return JobPlan.of(TaskGraph.of(List.of(layers)), Map.of(), options);
    }

    private static Effect run(int worker, int layer, int task) {
        return new Effect.RunTasks(worker, 1, layer, task, 1, 0, false);
    }

    private static Effect release(int firstTask, int count) {
        return new Effect.ReleaseResults(0, firstTask, count, 0);
    }

    private void submit(Layer... layers) {
        driver.submit(1, plan(layers));
    }

    @Test
    void submission_leasesToThoseWhoAsked() {
        driver.ask(0);
        Layer a = Graphs.layer("a", 3, 1);
        assertThat(driver.submit(1, plan(a))).containsExactly(new Effect.AdmitJob(1, 0, Effect.NO_TASK), run(0, 0, 0));
        assertThat(driver.ask(1)).containsExactly(run(1, 0, 1));
    }

    @Test
    void asking_twiceIsAskingForTwo() {
        driver.ask(0);
        driver.ask(0);
        submit(Graphs.layer("a", 3, 1));
        assertThat(driver.leased).hasSize(2);
    }

    @Test
    void oneToOne_startsWithItsPartitionAndReleasesIt() {
        Layer a = Graphs.layer("a", 2, 1);
        submit(a, Graphs.layer("b", 2, 1, new OneToOne(a.token())));
        driver.ask(0);
        driver.ask(0);
        driver.finish(0);
        assertThat(driver.ask(0)).containsExactly(run(0, 1, 2));
        assertThat(driver.finish(2)).containsExactly(release(0, 1), new Effect.OfferResult(0, 1, 2, 0));
    }

    @Test
    void broadcast_waitsForAllAndReleasesAllAtTheEnd() {
        Layer a = Graphs.layer("a", 2, 1);
        submit(a, Graphs.layer("b", 2, 1, new Broadcast(a.token())));
        driver.ask(0);
        driver.finish(0);
        assertThat(driver.ask(0)).containsExactly(run(0, 0, 1));
        driver.finish(1);
        assertThat(driver.ask(0)).containsExactly(run(0, 1, 2));
        assertThat(driver.finish(2)).containsExactly(new Effect.OfferResult(0, 1, 2, 0));
        driver.ask(0);
        assertThat(driver.finish(3)).contains(release(0, 2))
                .contains(new Effect.FinishJob(1, JobProgress.State.SUCCEEDED));
    }

    @Test
    void exchange_thatLosesRows_failsTheJob() {
        Layer a = Graphs.layer("a", 1, 2);
        submit(a, Graphs.layer("b", 2, 1, new Exchange(a.token())));
        driver.ask(0);
        driver.finish(0, 10, 0);
        driver.ask(0);
        driver.finish(1, 0, 6);
        driver.ask(0);
        assertThat(driver.finish(2, 0, 3))
                .contains(new Effect.ReportRowLoss(1, 1, 10, 9), new Effect.FinishJob(1, JobProgress.State.FAILED));
        assertThat(driver.memory).isEmpty();
    }

    @Test
    void exchange_thatKeepsRows_succeeds() {
        Layer a = Graphs.layer("a", 1, 2);
        submit(a, Graphs.layer("b", 2, 1, new Exchange(a.token())));
        driver.ask(0);
        driver.finish(0, 10, 0);
        driver.ask(0);
        driver.finish(1, 0, 6);
        driver.ask(0);
        assertThat(driver.finish(2, 0, 4)).contains(new Effect.FinishJob(1, JobProgress.State.SUCCEEDED));
    }

    @Test
    void tree_startsWhenItsNeighboursAreThere() {
        Layer a = Graphs.layer("a", 5, 1);
        submit(a, Graphs.layer("b", 3, 1, new Tree(a.token(), 2)));
        for (int task = 0; task < 2; task++) {
            driver.ask(0);
            driver.finish(task);
        }
        assertThat(driver.ask(0)).containsExactly(run(0, 1, 5));
        assertThat(driver.finish(5)).contains(release(0, 2));
    }

    @Test
    void explicit_startsWithWhatIsListed_andNeverRunsWhatIsNot() {
        Layer a = Graphs.layer("a", 3, 1);
        Explicit picks = new Explicit(a.token(), new int[] {0, 2, 2}, new int[] {2, 0});
        submit(a, Graphs.layer("b", 2, 1, picks));
        assertThat(driver.ask(0)).as("needs nothing, so goes first").containsExactly(run(0, 1, 4));
        driver.finish(4);
        driver.ask(0);
        driver.finish(0);
        assertThat(driver.ask(0)).as("partition 1 of a is read by nobody and never runs").containsExactly(run(0, 0, 2));
        driver.finish(2);
        assertThat(driver.ask(0)).containsExactly(run(0, 1, 3));
        assertThat(driver.finish(3)).contains(release(0, 1), release(2, 1));
    }

    @Test
    void order_consumersFirst_thenLowerPartitions() {
        Layer a = Graphs.layer("a", 3, 1);
        Layer b = Graphs.layer("b", 3, 1, new OneToOne(a.token()));
        submit(a, b);
        driver.ask(0);
        driver.ask(1);
        driver.finish(0);
        assertThat(driver.ask(0)).containsExactly(run(0, 1, 3));
    }

    @Test
    void order_whatABarrierNeedsGoesBeforeWhatStreams() {
        Layer large = Graphs.layer("large", 3, 1);
        Layer small = Graphs.layer("small", 2, 1);
        Layer join = Graphs.layer("join", 3, 1, new OneToOne(large.token()), new Broadcast(small.token()));
        assertThat(
                plan(large, small, join).layers().stream().sorted((x, y) -> x.rank() - y.rank()).map(LayerPlan::label))
                .containsExactly("join", "small", "large");
    }

    @Test
    void order_higherPriorityFirst_thenTheOlderJob() {
        Layer a = Graphs.layer("a", 1, 1);
        driver.submit(1, plan(a));
        driver.submit(2, plan(JobOptions.DEFAULTS.withPriority(5), a));
        driver.submit(3, plan(a));
        for (long job : new long[] {2, 1, 3}) {
            assertThat(driver.ask(0)).first().extracting(e -> ((Effect.RunTasks) e).job()).isEqualTo(job);
        }
    }

    @Test
    void leases_growWithShortTasks_upToAShareOfWhatIsReady() {
        submit(Graphs.layer("a", 4000, 1));
        driver.ask(0);
        assertThat(driver.leased).as("nothing is known yet").hasSize(1);
        driver.finish(0);
        assertThat(driver.ask(0)).containsExactly(new Effect.RunTasks(0, 1, 0, 1, 256, 0, false));
    }

    /// A tenth of a microsecond each: to hand one out costs more than to run all.
    @Test
    void leases_ofTheShortestTasks_takeAllThatIsReady() {
        submit(Graphs.layer("a", 40, 1));
        driver.ask(0);
        driver.finish(0);
        assertThat(driver.ask(0)).containsExactly(new Effect.RunTasks(0, 1, 0, 1, 39, 0, false));
    }

    @Test
    void layersNobodyNeeds_doNotRun() {
        Layer a = Graphs.layer("a", 2, 1);
        Layer unused = Graphs.layer("unused", 7, 1);
        Layer b = Graphs.layer("b", 2, 1, new OneToOne(a.token()));
        assertThat(plan(a, unused, b).taskCount()).isEqualTo(4);
    }

    @Test
    void heldResults_areBornInMemory_andReleased() {
        Token token = new Token(1, 2);
        Layer b = Graphs.layer("b", 2, 1, new OneToOne(token));
        JobPlan plan =
                JobPlan.of(new TaskGraph(Map.of(token, 2), List.of(b), b.token()), Map.of(token, JobPlan.Held.here(10)),
                        JobOptions.DEFAULTS);
        driver.submit(1, plan);
        assertThat(driver.ask(0)).containsExactly(run(0, 1, 2));
        driver.finish(2);
        driver.ask(0);
        driver.finish(3);
        driver.take(2);
        assertThat(driver.take(3)).containsExactly(release(3, 1), release(0, 2), new Effect.ForgetJob(1));
    }

    /// A job of two tasks that each read one of what job 1 keeps.
    private static JobPlan reader() {
        Token token = new Token(1, 2);
        Layer b = Graphs.layer("b", 2, 1, new OneToOne(token));
        return JobPlan.of(
                new TaskGraph(Map.of(token, 2), List.of(b), b.token()), Map.of(token, new JobPlan.Held(10, 1)),
                JobOptions.DEFAULTS);
    }

    /// Job 1, of whose output there is one half, and job 2 that starts from it.
    private List<Effect> submitKeeperAndReader() {
        driver.submit(
                1, JobPlan.of(TaskGraph.of(List.of(Graphs.layer("a", 2, 1))), Map.of(), JobOptions.DEFAULTS));
        driver.ask(0);
        driver.finish(0);
        return driver.submit(2, reader());
    }

    @Test
    void aJobMayStartFromTheOutputOfAnother_andWaitsForWhatThatStillMakes() {
        assertThat(submitKeeperAndReader())
                .contains(new Effect.AdoptResult(0, 2, 0, 0))
                .doesNotHaveAnyElementsOfTypes(Effect.RestoreResult.class);
        driver.ask(0);
        assertThat(driver.finish(1)).contains(new Effect.AdoptResult(0, 3, 0, 1));
    }

    @Test
    void whoWaitsForAJobThatStops_hasItMade() {
        submitKeeperAndReader();
        assertThat(driver.send(in -> in.jobCancelled(1))).contains(new Effect.RestoreResult(2, 3, 0));
    }

    @Test
    void whatAllKeptAndReadLose_isMadeOnce() {
        submitKeeperAndReader();
        driver.ask(0);
        driver.finish(1);
        assertThat(driver.send(in -> in.workerDied(Entries.source(0, 1))))
                .contains(new Effect.ReopenJob(1))
                .doesNotHaveAnyElementsOfTypes(Effect.RestoreResult.class);
    }

    @Test
    void whatNoJobKeeps_isMadeForTheReader() {
        assertThat(driver.submit(2, reader()))
                .contains(new Effect.RestoreResult(2, 0, 0), new Effect.RestoreResult(2, 1, 0));
    }

    @Test
    void heldResultThatIsLost_isMadeByWhatTheClientGives() {
        Token token = new Token(1, 2);
        Layer b = Graphs.layer("b", 2, 1, new OneToOne(token));
        driver.submit(1,
                JobPlan.of(new TaskGraph(Map.of(token, 2), List.of(b), b.token()), Map.of(token, JobPlan.Held.here(10)),
                        JobOptions.DEFAULTS));
        assertThat(driver.send(in -> in.resultLost(Entries.source(0, 1), 0, 0)))
                .contains(new Effect.RestoreResult(1, 0, 1));
        assertThat(driver.ask(0)).as("what reads the other").containsExactly(run(0, 1, 3));
        driver.finish(3);
        assertThat(driver.restore(1, 0, 0, 2, plan(Graphs.layer("c", 1, 1))))
                .as("the answer to another question")
                .containsExactly(new Effect.ForgetJob(2));
        driver.restore(1, 0, 1, 3, plan(Graphs.layer("c", 1, 1)));
        assertThat(driver.ask(0)).containsExactly(new Effect.RunTasks(0, 3, 0, 4, 1, 0, false));
        assertThat(driver.finish(4)).contains(new Effect.AdoptResult(0, 0, 1, 4));
        assertThat(driver.ask(0)).containsExactly(run(0, 1, 2));
        driver.finish(2);
        driver.take(2);
        assertThat(driver.take(3)).contains(new Effect.ForgetJob(1));
        assertThat(driver.core.jobCount()).isZero();
    }

    @Test
    void resultThatIsLostAgainAndAgain_failsItsJob() {
        Layer a = Graphs.layer("a", 2, 1);
        submit(a, Graphs.layer("b", 1, 1, new Broadcast(a.token())));
        for (int loss = 1; loss < CoreOptions.LOCAL.mostLosses(); loss++) {
            int attempt = loss - 1;
            driver.ask(0);
            driver.finish(0);
            assertThat(driver.send(in -> in.resultLost(Entries.source(0, 1), 0, attempt))).hasSize(1);
        }
        driver.ask(0);
        driver.finish(0);
        assertThat(driver.send(in -> in.resultLost(Entries.source(0, 1), 0, 4)))
                .contains(new Effect.ReportUnreadable(1, 0, 5), new Effect.StopJob(1, 0));
    }

    @Test
    void resultThatCannotLeaveItsWorker_failsItsJobAtOnce() {
        Layer a = Graphs.layer("a", 2, 1);
        submit(a, Graphs.layer("b", 1, 1, new Broadcast(a.token())));
        driver.ask(0);
        driver.finish(0);
        assertThat(driver.send(in -> in.resultStuck(Entries.source(0, 1), 0, 1))).as("another attempt's").isEmpty();
        assertThat(driver.send(in -> in.resultStuck(Entries.source(0, 1), 0, 0)))
                .contains(release(0, 1), new Effect.StopJob(1, 0));
    }

    @Test
    void outputThatCannotLeaveItsWorker_failsTheJobThatHadSucceeded() {
        submit(Graphs.layer("a", 1, 1));
        driver.ask(0);
        assertThat(driver.finish(0)).contains(new Effect.FinishJob(1, JobProgress.State.SUCCEEDED));
        assertThat(driver.send(in -> in.resultStuck(Entries.source(0, 1), 0, 0)))
                .contains(new Effect.ReopenJob(1), new Effect.StopJob(1, 0))
                .contains(new Effect.FinishJob(1, JobProgress.State.FAILED));
    }

    @Test
    void output_isReleasedWhenTaken_andTheJobForgottenWithTheLast() {
        submit(Graphs.layer("a", 2, 1));
        driver.ask(0);
        driver.finish(0);
        driver.ask(0);
        driver.finish(1);
        assertThat(driver.take(1)).containsExactly(release(1, 1));
        assertThat(driver.take(0)).containsExactly(release(0, 1), new Effect.ForgetJob(1));
        assertThat(driver.core.jobCount()).isZero();
    }

    @Test
    void idsOfAForgottenJob_areUsedAgain() {
        Layer a = Graphs.layer("a", 2, 1);
        driver.submit(1, plan(a));
        driver.send(in -> in.jobClosed(1));
        assertThat(driver.submit(2, plan(a))).contains(new Effect.AdmitJob(2, 0, Effect.NO_TASK));
    }

    @Test
    void failure_dropsTheRest_awaitsWhatRuns_andFinishesOnce() {
        Layer a = Graphs.layer("a", 4, 1);
        submit(a, Graphs.layer("b", 4, 1, new OneToOne(a.token())));
        driver.ask(0);
        driver.ask(1);
        driver.finish(0);
        driver.ask(0);
        assertThat(driver.leased.keySet()).containsExactly(1, 4);
        assertThat(driver.fail(1, true)).containsExactly(new Effect.StopJob(1, 1), release(0, 1));
        assertThat(driver.ask(1)).isEmpty();
        assertThat(driver.finish(4))
                .containsExactly(
                        release(4, 1), new Effect.FinishJob(1, JobProgress.State.FAILED), new Effect.ForgetJob(1));
    }

    @Test
    void retry_runsTheNextAttempt_untilThereAreNoMore() {
        driver.submit(1, plan(JobOptions.DEFAULTS.withRetries(1), Graphs.layer("a", 1, 1)));
        driver.ask(0);
        driver.fail(0, true);
        assertThat(driver.ask(0)).containsExactly(new Effect.RunTasks(0, 1, 0, 0, 1, 1, false));
        assertThat(driver.fail(0, true)).contains(new Effect.FinishJob(1, JobProgress.State.FAILED));
    }

    @Test
    void retry_isNotForTheProgramsOwnErrors() {
        driver.submit(1, plan(JobOptions.DEFAULTS.withRetries(5), Graphs.layer("a", 1, 1)));
        driver.ask(0);
        assertThat(driver.fail(0, false)).contains(new Effect.FinishJob(1, JobProgress.State.FAILED));
    }

    @Test
    void reportOfAnOldAttempt_isRefused() {
        driver.submit(1, plan(JobOptions.DEFAULTS.withRetries(1), Graphs.layer("a", 1, 1)));
        driver.ask(0);
        driver.fail(0, true);
        driver.ask(0);
        assertThat(driver.send(in -> in.taskFinished(Entries.source(0, 1), 0, 0, 1, 1, 1, 0)))
                .containsExactly(release(0, 1));
        assertThat(driver.core.staleCount()).isEqualTo(1);
    }

    @Test
    void cancellation_takesBackWhatIsLeased() {
        submit(Graphs.layer("a", 3, 1));
        driver.ask(0);
        assertThat(driver.send(in -> in.jobCancelled(1))).containsExactly(new Effect.StopJob(1, -1));
        assertThat(driver.giveBack(0))
                .containsExactly(new Effect.FinishJob(1, JobProgress.State.CANCELLED), new Effect.ForgetJob(1));
    }

    @Test
    void closing_releasesWhatWasNotTaken() {
        submit(Graphs.layer("a", 1, 1));
        driver.ask(0);
        driver.finish(0);
        assertThat(driver.send(in -> in.jobClosed(1))).containsExactly(release(0, 1), new Effect.ForgetJob(1));
    }

    @Test
    void reportThatComesTwice_isHeardOnce() {
        submit(Graphs.layer("a", 2, 1));
        driver.ask(0);
        driver.finish(0);
        assertThat(driver.send(in -> in.taskFinished(Entries.source(0, 1), 0, 0, 1, 1, 1, 0))).isEmpty();
        assertThat(driver.core.staleCount()).isEqualTo(1);
    }

    @Test
    void impossibleTransition_isAnErrorWithTheTasksStory() {
        submit(Graphs.layer("a", 2, 1));
        driver.ask(0);
        driver.finish(0);
        assertThatThrownBy(() -> driver.core.move(0, Transition.ASSIGNED))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ASSIGNED cannot happen to a task that is IN_MEMORY")
                .hasMessageContaining("layer 'a' in job 1")
                .hasMessageContaining("READY -> LEASED (ASSIGNED, attempt 0)")
                .hasMessageContaining("LEASED -> IN_MEMORY (FINISHED, attempt 0)");
    }

    @Test
    void transitions_leaveNoEndAndReachEveryStatus() {
        assertThat(Arrays.stream(Transition.ALL).map(Transition::to)).contains(
                TaskStatus.READY, TaskStatus.LEASED, TaskStatus.IN_MEMORY, TaskStatus.RELEASED, TaskStatus.FAILED,
                TaskStatus.DROPPED);
        for (TaskStatus end : List.of(TaskStatus.FAILED, TaskStatus.DROPPED)) {
            assertThat(Transition.ALL).noneMatch(t -> t.allowedFrom(end));
        }
    }

    @Test
    void broadcastOfAThousandOnAThousand_costsNoLinks() {
        Layer a = Graphs.layer("a", 1000, 1);
        Layer b = Graphs.layer("b", 1000, 1, new Broadcast(a.token()));
        JobPlan plan = plan(a, b);
        assertThat(plan.layers().get(1).inputs()).singleElement().satisfies(
                edge -> assertThat(edge.uses().targets()).isEmpty());
    }

    @Test
    void chainOfAHundredThousandLayers_isPlannedWithoutRecursion() {
        Layer[] layers = new Layer[100_000];
        layers[0] = new Layer(new Token(0, 0), new Mix(0, 1, 1), 1, List.of(), "l");
        for (int i = 1; i < layers.length; i++) {
            layers[i] = new Layer(new Token(0, i), layers[0].operation(), 1,
                    List.of(new OneToOne(layers[i - 1].token())), "l");
        }
        assertThat(plan(layers).layers().getFirst().rank()).isEqualTo(layers.length - 1);
    }
}
