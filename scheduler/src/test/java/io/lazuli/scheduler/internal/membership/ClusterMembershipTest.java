package io.lazuli.scheduler.internal.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.internal.transport.ClusterSecret;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Members of one process that find each other over loopback.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClusterMembershipTest {
    private static final class Hints implements MembershipListener {
        private final List<String> heard = new CopyOnWriteArrayList<>();

        @Override
        public void joined(ClusterMember member) {
            heard.add("joined " + member.id());
        }

        @Override
        public void left(ClusterMember member) {
            heard.add("left " + member.id());
        }
    }

    @Test
    void membersSeeEachOthersAttributesAndHearWhoComesAndGoes() {
        try (Members members = new Members()) {
            ClusterMembership scheduler = members.scheduler();
            Hints hints = new Hints();
            scheduler.listen(hints);
            ClusterMembership worker = members.worker();

            assertThat(worker.members()).extracting(ClusterMember::id)
                    .containsExactly(scheduler.self().id(), worker.self().id());
            Members.await("the worker", () -> scheduler.members().size() == 2);
            ClusterMember seen = scheduler.members().getLast();
            assertThat(seen).isEqualTo(new ClusterMember(worker.self().id(), Role.WORKER,
                    new Endpoint("127.0.0.1", 9001), ProcessHandle.current().pid(), "0.1", false));
            assertThat(scheduler.members().getFirst()).isEqualTo(scheduler.self());
            Members.await("hint", () -> hints.heard.equals(List.of("joined " + seen.id())));
            members.close(worker);
            Members.await("hint", () -> hints.heard.equals(List.of("joined " + seen.id(), "left " + seen.id())));
            assertThat(scheduler.members()).containsExactly(scheduler.self());
        }
    }

    @Test
    void theOldestSchedulerLeads_theNextFollowsWithAHigherEpoch() {
        try (Members members = new Members()) {
            ClusterMembership first = members.scheduler();
            RecordingLeadership firstHears = new RecordingLeadership();
            first.listen(firstHears);
            Leader one = first.awaitLeader(Members.LIMIT);
            ClusterMembership second = members.scheduler();
            ClusterMembership worker = members.worker();
            RecordingLeadership secondHears = new RecordingLeadership();
            second.listen(secondHears);

            assertThat(one.id()).isEqualTo(first.self().id());
            assertThat(one.endpoint()).isEqualTo(first.self().endpoint());
            assertThat(second.awaitLeader(Members.LIMIT)).isEqualTo(one);
            assertThat(worker.awaitLeader(Members.LIMIT)).isEqualTo(one);
            Members.await("news", () -> secondHears.heard.equals(List.of("following 9000 " + one.epoch())));
            members.close(first);
            Members.await("another leader", () -> second.leader().filter(now -> !now.equals(one)).isPresent());
            Leader two = second.leader().orElseThrow();
            assertThat(two.id()).isEqualTo(second.self().id());
            assertThat(two.epoch()).isEqualTo(one.epoch() + 1);
            Members.await("the worker to follow", () -> worker.leader().filter(two::equals).isPresent());
            Members.await("news", () -> secondHears.heard
                    .equals(List.of("following 9000 " + one.epoch(), "elected " + two.epoch())));
            assertThat(firstHears.heard).containsExactly("elected " + one.epoch());
        }
    }

    @Test
    void aWorkerAloneHasNoLeaderAndSaysSoInTime() {
        try (Members members = new Members()) {
            ClusterMembership worker = members.worker();
            LazuliException none = catchThrowableOfType(LazuliException.class,
                    () -> worker.awaitLeader(Duration.ofMillis(300)));
            assertThat(none).hasMessageStartingWith("Nobody leads the cluster after PT0.3S; 0 schedulers are known.");
            assertThat(none.code()).isEqualTo(ErrorCode.RESOURCE);
        }
    }

    @Test
    void closeTakesLessThanTwoSecondsAndEndsAllThreads() {
        Members members = new Members();
        ClusterMembership scheduler = members.scheduler();
        scheduler.awaitLeader(Members.LIMIT);
        scheduler.journal().writer(1).append("job", List.of(new byte[10])).join();
        assertThat(Members.threads()).hasSizeBetween(5, 25);
        long start = System.nanoTime();
        members.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        assertThat(Members.threads()).isEmpty();
        assertThatThrownBy(() -> scheduler.journal().writer(2).append("job", List.of(new byte[1])).join())
                .hasRootCauseInstanceOf(com.hazelcast.core.HazelcastInstanceNotActiveException.class);
    }

    @Test
    void offLoopbackNeedsTls() {
        ClusterSecret secret = ClusterSecret.random();
        MembershipOptions options = MembershipOptions.of(Role.WORKER, secret, new Endpoint("127.0.0.1", 9),
                "0.1");
        for (String address : List.of("0.0.0.0:5701", "10.1.2.3:5701", "[::]:5701")) {
            LazuliException refused = catchThrowableOfType(LazuliException.class,
                    () -> options.withBind(Endpoint.parse(address)));
            assertThat(refused.code()).isEqualTo(ErrorCode.USER);
            assertThat(refused).hasMessageContaining(address).hasMessageContaining("tunnel");
        }
        assertThat(options.withBind(new Endpoint("::1", 5701)).bind()).hasToString("[::1]:5701");
        assertThat(options.toString()).doesNotContain(secret.text());
    }

    @Test
    void anAddressThatIsTakenOrIsNotOursIsAnError() {
        try (Members members = new Members()) {
            Endpoint taken = members.scheduler().link();
            assertThatThrownBy(() -> members.open(Role.WORKER, options -> options.withBind(taken)))
                    .isInstanceOfSatisfying(LazuliException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE))
                    .hasMessageContaining(taken.toString());
        }
    }
}
