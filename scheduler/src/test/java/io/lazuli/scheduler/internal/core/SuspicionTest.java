package io.lazuli.scheduler.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.JobOptions;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.scheduler.Graphs;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A hint says that worker 0 may be gone. It was given task 0, and the hint may be wrong.
class SuspicionTest {
    private final CoreDriver driver = new CoreDriver(2, CoreOptions.CLUSTER);

    private void lease() {
        Layer layer = Graphs.layer("a", 2, 1);
        driver.submit(1, JobPlan.of(TaskGraph.of(List.of(layer)), Map.of(), JobOptions.DEFAULTS));
        driver.ask(0);
        driver.ask(1);
        assertThat(driver.leased).containsOnlyKeys(0, 1);
    }

    private List<Effect> suspect(int worker, int incarnation) {
        // What is revoked may be leased again in the same turn.
        driver.leased.values().removeIf(run -> run.worker() == worker && run.firstTask() == 0);
        return driver.send(in -> in.workerSuspected(Entries.source(worker, incarnation)));
    }

    @Test
    void whatItIsNotKnownToRun_goesToAnother_atOnce() {
        lease();
        driver.finish(1);
        driver.ask(1);
        assertThat(suspect(0, 1)).contains(new Effect.RevokeTasks(0, 0, 1, 0))
                .contains(new Effect.RunTasks(1, 1, 0, 0, 1, 1, false));
        assertThat(driver.core.workerState(0)).isEqualTo("silent");
    }

    @Test
    void aHintThatIsWrong_isForgottenWithTheNextWord() {
        lease();
        suspect(0, 1);
        driver.send(in -> in.workerHeard(Entries.source(0, 1)));
        assertThat(driver.core.workerState(0)).isEqualTo("active");
        driver.ask(0);
        List.copyOf(driver.leased.keySet()).forEach(driver::finish);
        List.copyOf(driver.offered).forEach(driver::take);
        assertThat(driver.finished).containsKey(1L);
        assertThat(driver.effects).noneMatch(Effect.DismissWorker.class::isInstance);
    }

    @Test
    void onlySilence_makesItGone() {
        lease();
        suspect(0, 1);
        suspect(0, 1);
        driver.send(in -> in.workerHeard(Entries.source(1, 1)));
        assertThat(driver.pass(CoreOptions.CLUSTER.evictNanos() / 2)).noneMatch(Effect.DismissWorker.class::isInstance);
        driver.send(in -> in.workerHeard(Entries.source(1, 1)));
        assertThat(driver.pass(CoreOptions.CLUSTER.evictNanos() / 2)).contains(new Effect.DismissWorker(0, 1));
    }

    @Test
    void whoNeverJoined_orBeganAnew_orIsGone_isNotMeant() {
        lease();
        assertThat(suspect(7, 1)).isEmpty();
        assertThat(suspect(0, 0)).isEmpty();
        assertThat(driver.core.workerState(0)).isEqualTo("active");
        driver.send(in -> in.workerDied(Entries.source(0, 1)));
        assertThat(suspect(0, 1)).isEmpty();
        assertThat(driver.core.workerState(0)).isEqualTo("gone");
    }
}
