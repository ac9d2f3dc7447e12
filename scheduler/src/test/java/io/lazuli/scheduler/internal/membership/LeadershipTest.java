package io.lazuli.scheduler.internal.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Who leads, by who is there and what is on record, without a cluster.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LeadershipTest {
    private final ClusterMember self = member(9001, true);
    private final ClusterMember other = member(9002, false);
    private final AtomicReference<List<ClusterMember>> schedulers = new AtomicReference<>(List.of());
    private final AtomicReference<@Nullable Leader> recorded = new AtomicReference<>();
    private final RecordingLeadership news = new RecordingLeadership();

    private static ClusterMember member(int port, boolean local) {
        return new ClusterMember(UUID.randomUUID(), Role.SCHEDULER, new Endpoint("127.0.0.1", port), 1, "0.1", local);
    }

    private static Leader leader(int epoch, ClusterMember member) {
        return new Leader(epoch, member.id(), member.endpoint());
    }

    private Leadership open() {
        Leadership leadership = new Leadership(new Leadership.ClusterView() {
            @Override
            public ClusterMember self() {
                return self;
            }

            @Override
            public List<ClusterMember> schedulers() {
                return schedulers.get();
            }
        }, new Leadership.LeaderRecord() {
            @Override
            public @Nullable Leader read() {
                return recorded.get();
            }

            @Override
            public boolean replace(@Nullable Leader last, Leader next) {
                return recorded.compareAndSet(last, next);
            }
        });
        leadership.listen(news);
        leadership.start();
        return leadership;
    }

    private void awaitNews(String... expected) {
        Members.await("news " + List.of(expected) + ", heard " + news.heard,
                () -> news.heard.equals(List.of(expected)));
    }

    @Test
    void theOldestTakesTheNextEpochAndLosesItToWhoIsOnRecordWithALaterOne() {
        recorded.set(leader(4, other));
        schedulers.set(List.of(self));
        try (Leadership leadership = open()) {
            awaitNews("elected 5");
            // The other half of a cluster that was split had a leader too, and its record was the later.
            recorded.set(leader(9, other));
            leadership.hint();
            awaitNews("elected 5", "lost", "elected 10");
            schedulers.set(List.of(other, self));
            recorded.set(leader(11, other));
            leadership.hint();
            awaitNews("elected 5", "lost", "elected 10", "lost", "following 9002 11");
            assertThat(leadership.leader()).contains(leader(11, other));
        }
    }

    @Test
    void nobodyIsFollowedWhoIsNotOnRecord() {
        recorded.set(leader(7, self));
        schedulers.set(List.of(other, self));
        try (Leadership leadership = open()) {
            Members.await("a look", () -> leadership.leader().isEmpty());
            recorded.set(leader(8, other));
            awaitNews("following 9002 8");
            schedulers.set(List.of());
            Members.await("nobody", () -> leadership.leader().isEmpty());
            assertThat(news.heard).hasSize(1);
        }
    }

    @Test
    void whoComesLaterHearsWhatIsKnown() {
        recorded.set(leader(8, other));
        schedulers.set(List.of(other, self));
        try (Leadership leadership = open()) {
            awaitNews("following 9002 8");
            RecordingLeadership late = new RecordingLeadership();
            leadership.listen(late);
            Members.await("old news", () -> late.heard.equals(news.heard));
        }
    }

    @Test
    void epochsGoOnRisingWhenAllSchedulersHaveDied() {
        Instant start = Instant.parse("2026-11-22T10:00:00Z");
        int first = Leadership.nextEpoch(null, start);
        int afterAnHourOfFailures = Leadership.nextEpoch(leader(first + 100, self), start.plusSeconds(3600));
        assertThat(afterAnHourOfFailures).isEqualTo(first + 101);
        assertThat(Leadership.nextEpoch(null, start.plusSeconds(3601))).isGreaterThan(afterAnHourOfFailures);
    }

    @Test
    void fencesAreTotallyOrderedAndLeadersAreReadAsTheyAreWritten() {
        Leader low = new Leader(3, new UUID(9, 9), self.endpoint());
        Leader high = new Leader(4, new UUID(1, 1), other.endpoint());
        Leader twin = new Leader(4, new UUID(1, 2), other.endpoint());
        assertThat(List.of(twin, low, high).stream().sorted()).containsExactly(low, high, twin);
        assertThat(Leader.decode(high.encode())).isEqualTo(high);
        assertThat(Leader.decode(null)).isNull();
        assertThat(Leader.decode(new byte[5])).isNull();
        assertThat(Leader.decode(new byte[30])).isNull();
    }
}
