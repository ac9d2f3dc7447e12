package io.lazuli.scheduler.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.scheduler.internal.core.WorkerProfile;
import io.lazuli.scheduler.internal.store.StoreOptions;
import io.lazuli.scheduler.internal.transport.ClusterSecret;
import io.lazuli.scheduler.internal.transport.Transport;
import io.lazuli.scheduler.internal.transport.TransportOptions;
import io.lazuli.scheduler.internal.wire.Fence;
import io.lazuli.scheduler.internal.wire.FromWorker;
import io.lazuli.scheduler.internal.session.SessionId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A worker works for the highest leader that it has met, whoever else says that it leads.
class FencedWorkerTest {
    private static final long DEADLINE_SECONDS = 30;

    private final TransportOptions options = TransportOptions.of(ClusterSecret.random());
    private final Transport transport = Transport.open(options);

    @TempDir
    Path spill;

    @AfterEach
    void closeTransport() {
        transport.close();
    }

    private WorkerNode worker(ScriptedScheduler... schedulers) {
        return WorkerNode.open(new WorkerSettings(
                Stream.of(schedulers).map(ScriptedScheduler::address).toList(), "worker", "127.0.0.1",
                WorkerProfile.of(1), 1 << 20, new StoreOptions(1 << 20, spill, Long.MAX_VALUE), options,
                Optional.empty()));
    }

    private static Fence fence(int epoch, long id) {
        return new Fence(epoch, new UUID(0, id));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static boolean hasJoined(ScriptedScheduler scheduler) {
        return scheduler.heard().stream().anyMatch(FromWorker.Joined.class::isInstance);
    }

    /// A leader that stood still for a while wakes, and knows nothing of the one that was elected meanwhile.
    @ParameterizedTest
    @CsvSource({"5, 9, 6, 1", "6, 1, 6, 9"})
    void anOlderLeader_isToldNothingAndNotObeyed(int oldEpoch, long oldId, int newEpoch, long newId) throws Exception {
        try (ScriptedScheduler old = ScriptedScheduler.leading(transport, fence(oldEpoch, oldId));
                ScriptedScheduler young = ScriptedScheduler.leading(transport, fence(newEpoch, newId));
                WorkerNode _ = worker(old, young)) {
            await(() -> hasJoined(old));
            old.breakConnections();
            await(() -> hasJoined(young));
            int packets = old.packetCount();
            int hellos = old.helloCount();
            young.close();
            // Asks again and again, turns away each time, and acknowledges no order.
            await(() -> old.helloCount() >= hellos + 3);
            assertThat(old.packetCount()).isEqualTo(packets);
        }
    }

    /// A new life begins under each leader, also where session and epoch are the same.
    @Test
    void aLaterLeader_isJoinedAnew() throws Exception {
        try (ScriptedScheduler one = ScriptedScheduler.leading(transport, fence(3, 1));
                ScriptedScheduler other = ScriptedScheduler.leading(transport, fence(3, 2));
                WorkerNode _ = worker(one, other)) {
            await(() -> hasJoined(one));
            one.close();
            await(() -> hasJoined(other));
            other.breakConnections();
            await(() -> other.helloCount() == 2);
            await(() -> other.packetCount() > 1);
            assertThat(other.heard().stream().filter(FromWorker.Joined.class::isInstance).count()).isBetween(1L, 2L);
        }
    }

    @Test
    void oneThatStandsBy_saysWhereTheLeaderIs() throws Exception {
        try (ScriptedScheduler leader = ScriptedScheduler.leading(transport, fence(3, 1));
                ScriptedScheduler standby = ScriptedScheduler.standingBy(transport, Optional.of(leader));
                WorkerNode _ = worker(standby)) {
            await(() -> hasJoined(leader));
            assertThat(standby.helloCount()).isEqualTo(1);
        }
    }

    /// It is dismissed by one packet while the next ones arrive.
    @RepeatedTest(20)
    void aWorkerThatLeaves_ends_whateverItHearsMeanwhile() throws Exception {
        try (ScriptedScheduler scheduler = ScriptedScheduler.leading(transport, fence(3, 1))) {
            WorkerNode worker = worker(scheduler);
            await(() -> hasJoined(scheduler));
            int before = scheduler.packetCount();
            Thread leaving = Thread.ofPlatform().daemon().start(() -> {
                worker.leave();
                worker.close();
            });
            await(() -> scheduler.packetCount() > before);
            scheduler.dismiss(new SessionId(3, 0, 1), 200);
            assertThat(leaving.join(Duration.ofSeconds(DEADLINE_SECONDS))).as("it ends").isTrue();
        }
    }

    @Test
    void whereNobodyLeadsYet_itAsksAgainSoon() throws Exception {
        try (ScriptedScheduler one = ScriptedScheduler.standingBy(transport, Optional.empty());
                ScriptedScheduler other = ScriptedScheduler.standingBy(transport, Optional.of(one));
                WorkerNode _ = worker(one, other)) {
            long start = System.nanoTime();
            await(() -> one.helloCount() >= 5 && other.helloCount() >= 5);
            assertThat(one.helloCount()).as("it pauses").isLessThan(200);
            assertThat(List.of(one.packetCount(), other.packetCount())).containsOnly(0);
            assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS));
        }
    }
}
