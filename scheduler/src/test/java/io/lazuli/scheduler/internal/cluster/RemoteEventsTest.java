package io.lazuli.scheduler.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.event.Delivery;
import io.lazuli.scheduler.event.EngineEvent;
import io.lazuli.scheduler.event.EngineEvent.EngineClosed;
import io.lazuli.scheduler.event.EngineEvent.Gap;
import io.lazuli.scheduler.event.EngineEvent.JobSubmitted;
import io.lazuli.scheduler.event.EngineEvent.WorkerJoined;
import io.lazuli.scheduler.event.EventBlock;
import io.lazuli.scheduler.event.EventLog;
import io.lazuli.scheduler.event.EventSubscriber;
import io.lazuli.scheduler.event.EventSubscription;
import io.lazuli.scheduler.event.Replay;
import io.lazuli.scheduler.internal.event.QueueLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/// Events between a scheduler and a client, whatever becomes of their connection or of who listens.
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class RemoteEventsTest {
    private static final int MANY = 30_000;
    /// Of a lossy subscription: a MiB of blocks, which here are so small that what is around them is more. All would be 12 MiB.
    private static final long MOST_ON_THE_WAY = 5 << 20;

    @TempDir
    Path directory;

    private final List<Listener> listeners = new ArrayList<>();
    private EventWire wire;

    @BeforeEach
    void open() {
        wire = new EventWire(new QueueLimits(3_000, Long.MAX_VALUE, Long.MAX_VALUE, 6_000), directory);
    }

    @AfterEach
    void close() {
        listeners.forEach(listener -> listener.permits.release(100_000_000));
        wire.close();
    }

    /// Keeps what it hears, one block for each permit.
    private static final class Listener implements EventSubscriber {
        final Semaphore permits = new Semaphore(0);
        final CountDownLatch entered = new CountDownLatch(1);
        final List<EngineEvent> events = new CopyOnWriteArrayList<>();
        final AtomicInteger ends = new AtomicInteger();
        /// When schedulers that took over were opened, and how many events were heard before.
        final Map<Instant, Integer> startsOver = Collections.synchronizedMap(new LinkedHashMap<>());

        @Override
        public void accept(EventBlock block) {
            entered.countDown();
            permits.acquireUninterruptibly();
            events.addAll(block.events());
        }

        @Override
        public void startOver(Instant opened) {
            startsOver.put(opened, events.size());
        }

        @Override
        public void end() {
            ends.incrementAndGet();
        }

        List<Long> jobs() {
            return jobs(events);
        }

        /// Of the scheduler that leads now.
        List<Long> newJobs() {
            return jobs(events.subList(List.copyOf(startsOver.values()).getLast(), events.size()));
        }

        static List<Long> jobs(List<EngineEvent> events) {
            return events.stream()
                    .filter(event -> event instanceof JobSubmitted)
                    .map(event -> ((JobSubmitted) event).job().id())
                    .toList();
        }

        List<Gap> gaps() {
            return events.stream().filter(event -> event instanceof Gap).map(event -> (Gap) event).toList();
        }
    }

    /// Hears nothing before it gets permits.
    private Listener slow() {
        Listener listener = new Listener();
        listeners.add(listener);
        return listener;
    }

    private Listener unhindered() {
        Listener listener = slow();
        listener.permits.release(100_000_000);
        return listener;
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            Thread.sleep(5);
        }
    }

    @Test
    void aSubscriber_hearsEverythingInOrder_fromWhereAllIs() {
        wire.engine.run(3);
        Listener listener = unhindered();
        try (EventSubscription subscription = wire.events().subscribe(listener, Delivery.LOSSLESS)) {
            wire.engine.run(500);
            subscription.sync();
            assertThat(listener.events.getFirst()).isInstanceOf(WorkerJoined.class);
            assertThat(listener.jobs()).as("the living job, then all others")
                    .containsExactlyElementsOf(LongStream.rangeClosed(3, 503).boxed().toList());
            assertThat(subscription.droppedBlockCount()).isZero();
        }
        assertThat(listener.ends).hasValue(1);
    }

    @Test
    void nobodyListens_nothingIsKeptOrSent() throws InterruptedException {
        long before = wire.sentBytes.get();
        wire.engine.run(100);
        assertThat(wire.engine.buffer.isOpen()).isFalse();
        assertThat(wire.sentBytes).hasValue(before);
        Listener listener = unhindered();
        try (EventSubscription subscription = wire.events().subscribe(listener, Delivery.LOSSY)) {
            assertThat(wire.isObserved()).isTrue();
            wire.engine.run(1);
            subscription.sync();
        }
        assertThat(listener.jobs()).containsExactly(100L, 101L);
        assertThat(wire.isObserved()).as("the last one left").isFalse();
        assertThat(wire.engine.buffer.isOpen()).isFalse();
    }

    @Test
    void connectionsBreak_nothingIsLostOrDoubled() {
        Listener listener = unhindered();
        EventSubscription subscription = wire.events().subscribe(listener, Delivery.LOSSLESS);
        for (int i = 0; i < 20; i++) {
            wire.engine.run(20);
            wire.cut();
            wire.engine.run(5);
            wire.connect();
        }
        subscription.sync();
        assertThat(listener.jobs()).isEqualTo(upTo(500));
        assertThat(listener.gaps()).isEmpty();
    }

    @Test
    void whileThereIsNoConnection_theSchedulerKeepsABoundedRest_andTheGapIsCounted() {
        Listener listener = unhindered();
        EventSubscription subscription = wire.events().subscribe(listener, Delivery.LOSSY);
        wire.engine.run(1);
        subscription.sync();
        wire.cut();
        wire.engine.run(MANY);
        wire.connect();
        subscription.sync();
        wire.engine.run(1);
        subscription.sync();
        List<Long> heard = listener.jobs();
        assertThat(subscription.droppedBlockCount()).isBetween(10_000L, (long) MANY);
        assertThat(listener.gaps().stream().mapToLong(Gap::blockCount).sum())
                .isEqualTo(subscription.droppedBlockCount());
        assertThat(heard).startsWith(1L, 2L, 3L).endsWith(MANY + 2L).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aSlowViewer_missesWholeBlocks_andNeitherTheSchedulerNorOthersWait() throws Exception {
        Listener slow = slow();
        EventSubscription viewer = wire.events().subscribe(slow, Delivery.LOSSY);
        Listener quick = unhindered();
        EventSubscription other = wire.engine.publisher.subscribe(quick, Delivery.LOSSLESS);
        assertThat(slow.entered.await(10, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 300; i++) {
            wire.engine.run(MANY / 300);
            other.sync();
        }
        assertThat(quick.jobs()).as("heard while the other stood still").isEqualTo(upTo(MANY));
        assertThat(wire.sentBytes.get()).isLessThan(MOST_ON_THE_WAY);
        slow.permits.release(100_000_000);
        viewer.sync();
        assertThat(viewer.droppedBlockCount()).isPositive();
        assertThat(slow.gaps().stream().mapToLong(Gap::blockCount).sum()).isEqualTo(viewer.droppedBlockCount());
        assertThat(slow.jobs()).endsWith((long) MANY).doesNotHaveDuplicates();
    }

    @Test
    void aSlowLog_holdsBackItsOwnClientsJobs_andLosesNothing() throws Exception {
        Listener log = slow();
        RemoteSubscription subscription = (RemoteSubscription) wire.events().subscribe(log, Delivery.LOSSLESS);
        CountDownLatch admitted = new CountDownLatch(1);
        assertThat(log.entered.await(10, TimeUnit.SECONDS)).isTrue();
        wire.events().awaitAdmission();
        long jobs = 0;
        while (subscription.queuedBytes() < 3 << 20) {
            // The client takes more than the scheduler keeps, piece by piece.
            long before = subscription.queuedBytes();
            wire.engine.run(100);
            jobs += 100;
            await("a hundred blocks arrive", () -> subscription.queuedBytes() > before + 100 * 60);
        }
        Thread submitter = Thread.ofPlatform().start(() -> {
            wire.events().awaitAdmission();
            admitted.countDown();
        });
        assertThat(admitted.await(300, TimeUnit.MILLISECONDS)).as("a job comes in").isFalse();
        log.permits.release(100_000_000);
        assertThat(admitted.await(20, TimeUnit.SECONDS)).isTrue();
        subscription.sync();
        assertThat(log.jobs()).isEqualTo(upTo(jobs));
        assertThat(subscription.droppedBlockCount()).isZero();
        submitter.join();
    }

    @Test
    void aLogThatStandsStillForLong_hearsAGap_insteadOfFillingTheScheduler() throws Exception {
        Listener log = slow();
        EventSubscription subscription = wire.events().subscribe(log, Delivery.LOSSLESS);
        assertThat(log.entered.await(10, TimeUnit.SECONDS)).isTrue();
        wire.cut();
        wire.engine.run(2 * MANY);
        wire.connect();
        log.permits.release(100_000_000);
        subscription.sync();
        assertThat(log.gaps()).isNotEmpty();
        assertThat(log.jobs()).endsWith(2L * MANY);
    }

    @Test
    void aSubscriberThatThrows_endsItsSubscriptionAlone() throws Exception {
        Listener good = unhindered();
        EventSubscription other = wire.events().subscribe(good, Delivery.LOSSLESS);
        Listener bad = unhindered();
        EventSubscription subscription = wire.events().subscribe(new EventSubscriber() {
            @Override
            public void accept(EventBlock block) {
                throw new IllegalStateException("no more");
            }

            @Override
            public void end() {
                bad.end();
            }
        }, Delivery.LOSSLESS);
        await("it fails", () -> subscription.failure().isPresent());
        assertThat(subscription.failure().orElseThrow()).hasMessage("no more");
        subscription.sync();
        wire.engine.run(10);
        other.sync();
        assertThat(good.jobs()).isEqualTo(upTo(10));
        subscription.close();
        other.close();
        assertThat(bad.ends).hasValue(1);
        await("the scheduler knows", () -> !wire.isObserved());
    }

    @Test
    void aClientThatIsGone_isNotWaitedFor() throws Exception {
        Listener stuck = slow();
        wire.events().subscribe(stuck, Delivery.LOSSLESS);
        assertThat(stuck.entered.await(10, TimeUnit.SECONDS)).isTrue();
        wire.engine.run(2 * MANY);
        wire.leave();
        await("its watch ends", () -> !wire.isObserved());
        stuck.permits.release(100_000_000);
    }

    @Test
    void theClientCloses_itsSubscribersHearTheRest_andThatItIsClosed() {
        Listener listener = unhindered();
        Listener viewer = unhindered();
        wire.events().subscribe(listener, Delivery.LOSSLESS);
        wire.events().subscribe(viewer, Delivery.LOSSY);
        wire.engine.run(100);
        wire.client.close();
        assertThat(listener.jobs()).isEqualTo(upTo(100));
        assertThat(listener.events).last().isInstanceOf(EngineClosed.class);
        assertThat(listener.events).extracting(EngineEvent::nanos).isSorted();
        assertThat(viewer.events).last().isInstanceOf(EngineClosed.class);
        assertThat(listener.ends).hasValue(1);
        assertThatThrownBy(() -> wire.events().subscribe(listener, Delivery.LOSSY))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER));
    }

    @Test
    void theSchedulerIsLost_subscriptionsEndAndSayWhy() throws Exception {
        Listener listener = unhindered();
        EventSubscription subscription = wire.events().subscribe(listener, Delivery.LOSSLESS);
        wire.engine.run(10);
        subscription.sync();
        wire.client.lose(new LazuliException(ErrorCode.RESOURCE, "the scheduler is gone"));
        await("it ends", () -> listener.ends.get() == 1);
        assertThat(subscription.failure().orElseThrow()).hasMessage("the scheduler is gone");
        subscription.sync();
        subscription.close();
        assertThat(listener.jobs()).isEqualTo(upTo(10));
        assertThat(listener.events).last().isNotInstanceOf(EngineClosed.class);
    }

    @Test
    void withoutAConnection_closingDoesNotWaitForEver() {
        Listener listener = unhindered();
        EventSubscription subscription = wire.events().subscribe(listener, Delivery.LOSSLESS);
        subscription.sync();
        wire.cut();
        long start = System.nanoTime();
        subscription.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(
                Duration.ofSeconds(4), Duration.ofSeconds(15));
        assertThat(listener.ends).hasValue(1);
    }

    @Test
    void timesCountFromTheOpeningOfTheScheduler() {
        assertThat(wire.events().opened()).isEqualTo(wire.engine.publisher.opened());
        long before = wire.engine.publisher.nanos();
        long there = wire.events().nanos();
        long after = wire.engine.publisher.nanos();
        long tolerance = TimeUnit.SECONDS.toNanos(1);
        assertThat(there).isBetween(before - tolerance, after + tolerance);
    }

    @Test
    void anotherSchedulerTakesOver_itsStreamFollowsWhatWasHeardOfTheOneBefore() {
        Listener listener = unhindered();
        EventSubscription subscription = wire.events().subscribe(listener, Delivery.LOSSLESS);
        wire.engine.run(10);
        subscription.sync();
        wire.takeOver(3);
        subscription.sync();
        wire.engine.run(500);
        subscription.sync();
        assertThat(listener.startsOver).containsOnlyKeys(wire.engine.publisher.opened());
        assertThat(listener.jobs()).startsWith(1L, 2L, 3L).hasSize(10 + 501);
        assertThat(listener.newJobs()).as("the living job, then all others")
                .containsExactlyElementsOf(LongStream.rangeClosed(3, 503).boxed().toList());
        assertThat(wire.events().opened()).isEqualTo(wire.engine.publisher.opened());
        assertThat(subscription.failure()).isEmpty();
        subscription.close();
        assertThat(wire.isObserved()).isFalse();
        assertThat(listener.ends).hasValue(1);
    }

    @Test
    void schedulersTakeOver_whileTheClientIsAway_itHearsTheLastOne() {
        Listener listener = unhindered();
        EventSubscription subscription = wire.events().subscribe(listener, Delivery.LOSSY);
        for (int i = 0; i < 5; i++) {
            wire.takeOver(i);
        }
        subscription.sync();
        wire.engine.run(1);
        subscription.sync();
        assertThat(listener.startsOver).containsKey(wire.engine.publisher.opened());
        assertThat(listener.newJobs()).endsWith(5L).doesNotHaveDuplicates();
    }

    /// What was handled of the scheduler before gives the next one no leave to send more.
    @Test
    void afterATakeOver_aSlowViewerStillGetsNoMoreThanItsWindow() throws Exception {
        Listener viewer = slow();
        EventSubscription subscription = wire.events().subscribe(viewer, Delivery.LOSSY);
        viewer.permits.release(MANY);
        for (int i = 0; i < 100; i++) {
            wire.engine.run(MANY / 200);
            subscription.sync();
        }
        viewer.permits.drainPermits();
        wire.takeOver(0);
        long before = wire.sentBytes.get();
        assertThat(before).isGreaterThan(MOST_ON_THE_WAY);
        Listener quick = unhindered();
        EventSubscription other = wire.engine.publisher.subscribe(quick, Delivery.LOSSLESS);
        for (int i = 0; i < 300; i++) {
            wire.engine.run(MANY / 300);
            other.sync();
        }
        assertThat(wire.sentBytes.get() - before).isLessThan(MOST_ON_THE_WAY);
        viewer.permits.release(100_000_000);
        subscription.sync();
        assertThat(viewer.newJobs()).endsWith((long) MANY).doesNotHaveDuplicates();
    }

    @Test
    void whoWaitsForASchedulerThatIsGone_goesOnWithTheNextOne() throws Exception {
        Listener listener = unhindered();
        EventSubscription subscription = wire.events().subscribe(listener, Delivery.LOSSLESS);
        Listener ending = unhindered();
        EventSubscription ended = wire.events().subscribe(ending, Delivery.LOSSLESS);
        wire.cut();
        Thread syncing = Thread.ofPlatform().start(subscription::sync);
        Thread closing = Thread.ofPlatform().start(ended::close);
        await("they wait", () -> syncing.getState() == Thread.State.TIMED_WAITING
                && closing.getState() == Thread.State.TIMED_WAITING);
        wire.takeOver(2);
        syncing.join();
        closing.join();
        assertThat(listener.startsOver).hasSize(1);
        assertThat(ending.startsOver).as("of who wants to hear no more").isEmpty();
        assertThat(ending.ends).hasValue(1);
    }

    @Test
    void aLog_goesOnBesideItself_andReplacesNothing() throws Exception {
        Path file = directory.resolve("run.events");
        Path taken = Files.writeString(directory.resolve("run-2.events"), "not a log");
        EventSubscription subscription =
                wire.events().subscribe(EventLog.create(file, wire.events().opened()), Delivery.LOSSLESS);
        wire.engine.run(10);
        subscription.sync();
        wire.takeOver(0);
        subscription.sync();
        wire.engine.run(20);
        subscription.sync();
        Instant opened = wire.engine.publisher.opened();
        wire.client.close();
        Listener first = unhindered();
        Replay.Outcome before = Replay.of(file).to(first);
        assertThat(first.jobs()).isEqualTo(upTo(10));
        assertThat(before.unreadBytes()).isZero();
        assertThat(before.gap().orElseThrow()).endsWith(
                "another scheduler leads, and what it does is in " + directory.resolve("run-3.events") + ".");
        assertThat(taken).hasContent("not a log");
        Listener second = unhindered();
        Replay replay = Replay.of(directory.resolve("run-3.events"));
        assertThat(replay.opened()).isEqualTo(opened);
        assertThat(replay.to(second).isComplete()).isTrue();
        assertThat(second.jobs()).isEqualTo(upTo(20));
    }
}
