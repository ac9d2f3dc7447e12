package io.lazuli.tests.cluster;

import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.count;
import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.scheduler.Cluster;
import io.lazuli.tests.CommandProcess;
import io.lazuli.tests.Signals;
import io.lazuli.tests.Wait;
import io.lazuli.tests.job.Marked;
import io.lazuli.tests.job.Marks;
import io.lazuli.tests.job.Shuffled;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// The scheduler that leads is killed, or stands still, while a job runs: another one goes on, and the result is the right one.
///
/// `-Dlazuli.faults=N` makes each test run N times, and runs the long ones.
@Timeout(value = 900, threadMode = ThreadMode.SEPARATE_THREAD)
class KilledSchedulersTest {
    private static final int TIMES = Integer.getInteger("lazuli.faults", 1);
    private static final int WORKERS = 2;
    private static final Shuffled JOB = new Shuffled(40, 12, 20_000, 50);
    private static final Path FLIGHTS = Path.of("examples", "data", "flights").toAbsolutePath();

    @TempDir
    Path folder;

    private static long run(Cluster cluster, Shuffled what, Runnable meanwhile) {
        try (Job job = cluster.submit(what.graph(), JobOptions.DEFAULTS)) {
            meanwhile.run();
            return Shuffled.take(job);
        }
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static DataFrame keepFlightsByOrigin(Cluster cluster) {
        return DataFrame.readParquet(FLIGHTS + "/*.parquet").withEngine(cluster)
                .groupBy("origin").agg(count().as("flights")).persist();
    }

    private static List<Object> flightsOf(DataFrame airports) {
        return List.copyOf(airports.sort(col("origin").asc()).compute().column("flights").asList());
    }

    @Test
    void theLeaderIsKilled_atAnyTime() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (TwoSchedulers schedulers = new TwoSchedulers(WORKERS, folder); Cluster cluster = schedulers.connect()) {
            DataFrame kept = keepFlightsByOrigin(cluster);
            List<Object> flights = flightsOf(kept);
            for (int i = 0; i < TIMES; i++) {
                String when = "time " + i + ", seed " + seed;
                long sum = run(cluster, JOB, () -> {
                    pause(random.nextInt(3_000));
                    schedulers.killLeader();
                });
                assertThat(sum).as(when).isEqualTo(JOB.expected());
                assertThat(flightsOf(kept)).as(when).isEqualTo(flights);
                try (Cluster newcomer = schedulers.connect()) {
                    assertThat(run(newcomer, JOB, () -> {
                    })).as(when).isEqualTo(JOB.expected());
                }
                if (i + 1 < TIMES) {
                    schedulers.startOther();
                }
            }
            kept.unpersist();
            assertThat(cluster.memory().reservedBytes()).isZero();
        }
    }

    /// A scheduler without another one is started again by who started it first.
    @Test
    void theOneSchedulerOfAProgram_isKilledAtAnyTime() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (Cluster cluster = Cluster.processes(WORKERS)) {
            DataFrame kept = keepFlightsByOrigin(cluster);
            List<Object> flights = flightsOf(kept);
            for (int i = 0; i < TIMES; i++) {
                String when = "time " + i + ", seed " + seed;
                long sum = run(cluster, JOB, () -> {
                    pause(random.nextInt(2_000));
                    cluster.schedulerProcess().orElseThrow().destroyForcibly();
                });
                assertThat(sum).as(when).isEqualTo(JOB.expected());
                assertThat(flightsOf(kept)).as(when).isEqualTo(flights);
            }
            kept.unpersist();
            assertThat(cluster.memory().reservedBytes()).isZero();
        }
    }

    /// The leader stands still until another one is elected, and then goes on where it was: nobody runs a task for it.
    @Test
    @EnabledIfSystemProperty(named = "lazuli.faults", matches = ".+")
    void aLeaderThatStoodStill_getsNothingDone() {
        Marks marks = Marks.in(folder.resolve("marks"));
        Shuffled slow = new Shuffled(200, 1, 1, 100);
        try (TwoSchedulers schedulers = new TwoSchedulers(WORKERS, folder); Cluster cluster = schedulers.connect()) {
            CommandProcess frozen = schedulers.leader();
            try (Job job = cluster.submit(
                    slow.graph(operation -> new Marked(marks, operation)), JobOptions.DEFAULTS)) {
                Wait.until("tasks", () -> marks.runs().size() > 4);
                Signals.send("STOP", frozen.handle());
                assertThat(Shuffled.take(job)).isEqualTo(slow.expected());
            }
            schedulers.otherLeads();
            int count = marks.runs().size();
            Signals.send("CONT", frozen.handle());
            frozen.await("leads no more");
            assertThat(marks.runs()).hasSize(count);
            assertThat(run(cluster, JOB, () -> {
            })).isEqualTo(JOB.expected());
        }
    }
}
