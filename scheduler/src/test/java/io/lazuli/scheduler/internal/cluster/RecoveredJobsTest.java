package io.lazuli.scheduler.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.JobProgress;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import io.lazuli.graph.codec.ValueCodec;
import io.lazuli.scheduler.Graphs;
import io.lazuli.scheduler.event.ClusterStatus;
import io.lazuli.scheduler.internal.core.JobPlan;
import io.lazuli.scheduler.internal.wire.FromClient;
import io.lazuli.scheduler.internal.wire.JobSpec;
import io.lazuli.scheduler.internal.wire.ShippedGraph;
import io.lazuli.scheduler.internal.wire.ToClient;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A scheduler goes on with jobs that it found in the journal, and tells whoever comes for them how they are; new jobs are said to be
/// accepted once they stand there.
class RecoveredJobsTest {
    private static final ValueCodec CODEC = ValueCodec.of(RecoveredJobsTest.class.getClassLoader(), _ -> true);
    private static final int PARTITIONS = 5;
    /// Ids of an epoch before.
    private static final long FIRST = 7;
    private static final long SECOND = 8;

    private final RecordingJournal journal = new RecordingJournal();

    @TempDir
    Path spill;

    private InProcessCluster cluster(long leaseNanos, JournalledJob... found) {
        return new InProcessCluster(1, 2, 64 << 20, spill, leaseNanos, journal, List.of(found));
    }

    private static JobSpec spec(TaskGraph graph, Map<Token, JobPlan.Held> held) {
        return new JobSpec(ShippedGraph.of(graph, CODEC), JobOptions.DEFAULTS, held, Map.of(), List.of());
    }

    private static JobSpec numbers() {
        return spec(TaskGraph.of(List.of(Graphs.layer("numbers", PARTITIONS, 1))), Map.of());
    }

    private static BitSet taken(int... partitions) {
        BitSet bits = new BitSet();
        IntStream.of(partitions).forEach(bits::set);
        return bits;
    }

    private static List<Integer> offered(ScriptedClient client, long job) {
        return client.heard().stream()
                .filter(news -> news instanceof ToClient.Offered of && of.job() == job)
                .map(news -> ((ToClient.Offered) news).partition())
                .sorted()
                .toList();
    }

    private static void awaitSuccess(ScriptedClient client, long job) {
        ToClient.Ended end = client.await(ToClient.Ended.class, of -> of.job() == job);
        assertThat(end.progress().state()).isEqualTo(JobProgress.State.SUCCEEDED);
    }

    @Test
    void aJobRunsBeforeItsClientComes_whoIsToldAllOfItThen() {
        try (InProcessCluster cluster =
                cluster(InProcessCluster.LEASE_NANOS, new JournalledJob(FIRST, numbers(), taken(1, 3)));
                ScriptedClient onlooker = new ScriptedClient(cluster.scheduler());
                ScriptedClient owner = new ScriptedClient(cluster.scheduler())) {
            onlooker.awaitState(FIRST, "succeeded");
            assertThat(owner.heard()).noneMatch(ToClient.Offered.class::isInstance);

            owner.say(new FromClient.Submitted(1, numbers(), Optional.of(FIRST)));
            awaitSuccess(owner, FIRST);
            assertThat(offered(owner, FIRST)).as("without what it has").containsExactly(0, 2, 4);
            assertThat(owner.heard().stream().filter(news -> !(news instanceof ToClient.Introduced)).findFirst())
                    .contains(new ToClient.Accepted(1, FIRST));

            onlooker.say(new FromClient.Submitted(2, numbers(), Optional.of(FIRST)));
            ToClient.Refused refused = onlooker.await(ToClient.Refused.class, answer -> answer.request() == 2);
            assertThat(refused.why().message().orElseThrow()).contains("7");
            for (int partition : new int[] {0, 2}) {
                owner.say(new FromClient.Took(FIRST, partition));
            }
            ScriptedClient.await("both in the journal", () -> journal.said().contains("took 7 2"));
            assertThat(journal.said()).containsExactly("goes on 7 {1, 3}", "took 7 0", "took 7 2");
            owner.say(new FromClient.Took(FIRST, 4));
            ScriptedClient.await("its end", () -> journal.said().contains("end 7"));
        }
    }

    @Test
    void aJobThatNobodyComesFor_ends() {
        try (InProcessCluster cluster =
                cluster(TimeUnit.SECONDS.toNanos(2), new JournalledJob(FIRST, numbers(), taken()));
                ScriptedClient onlooker = new ScriptedClient(cluster.scheduler())) {
            onlooker.awaitState(FIRST, "succeeded");
            ScriptedClient.await("nothing left", () -> onlooker.status().jobs().isEmpty());
            assertThat(journal.said()).contains("end 7");
            onlooker.say(new FromClient.Submitted(1, numbers(), Optional.of(FIRST)));
            onlooker.await(ToClient.Accepted.class, answer -> answer.job() == FIRST);
            awaitSuccess(onlooker, FIRST);
        }
    }

    @Test
    void aJobThatStartsFromAnother_goesOnWithIt() {
        Layer kept = Graphs.layer("kept", PARTITIONS, 1);
        Layer next = Graphs.layer("next", PARTITIONS, 1, new Dependency.OneToOne(kept.token()));
        JobSpec first = spec(TaskGraph.of(List.of(kept)), Map.of());
        JobSpec second = spec(
                new TaskGraph(Map.of(kept.token(), PARTITIONS), List.of(next), next.token()),
                Map.of(kept.token(), new JobPlan.Held(100, FIRST)));
        try (InProcessCluster cluster = cluster(
                InProcessCluster.LEASE_NANOS, new JournalledJob(FIRST, first, taken()),
                new JournalledJob(SECOND, second, taken()));
                ScriptedClient owner = new ScriptedClient(cluster.scheduler())) {
            owner.awaitState(SECOND, "succeeded");
            owner.say(new FromClient.Submitted(1, first, Optional.of(FIRST)));
            owner.say(new FromClient.Submitted(2, second, Optional.of(SECOND)));
            awaitSuccess(owner, SECOND);
            assertThat(offered(owner, SECOND)).hasSize(PARTITIONS);
        }
    }

    @Test
    void aJobThatItsClientIsDoneWith_ends() {
        try (InProcessCluster cluster =
                cluster(InProcessCluster.LEASE_NANOS, new JournalledJob(FIRST, numbers(), taken()));
                ScriptedClient owner = new ScriptedClient(cluster.scheduler())) {
            owner.say(new FromClient.Closed(FIRST));
            ScriptedClient.await("nothing left", () -> owner.status().jobs().isEmpty());
            assertThat(journal.said()).contains("end 7");
        }
    }

    /// While the journal does not answer, whoever waits for it hears nothing, and everybody else what there is.
    @Test
    void aNewJobIsAcceptedOnceItIsStored_andNobodyElseWaits() {
        journal.hold();
        try (InProcessCluster cluster = cluster(InProcessCluster.LEASE_NANOS);
                ScriptedClient client = new ScriptedClient(cluster.scheduler())) {
            client.say(new FromClient.Submitted(1, numbers(), Optional.empty()));
            client.say(new FromClient.Submitted(2, numbers(), Optional.of(FIRST)));
            awaitSuccess(client, FIRST);
            assertThat(offered(client, FIRST)).hasSize(PARTITIONS);
            ClusterStatus.Job waiting = client.status().jobs().getFirst();
            client.awaitState(waiting.id(), "succeeded");
            assertThat(client.heard()).noneMatch(news -> news instanceof ToClient.Accepted of && of.request() == 1);
            assertThat(offered(client, waiting.id())).isEmpty();

            journal.store();
            awaitSuccess(client, waiting.id());
            List<ToClient> heard = client.heard();
            int accepted = heard.indexOf(new ToClient.Accepted(1, waiting.id()));
            assertThat(heard.subList(0, accepted))
                    .noneMatch(news -> news instanceof ToClient.Offered of && of.job() == waiting.id());
            assertThat(offered(client, waiting.id())).hasSize(PARTITIONS);
        }
    }
}
