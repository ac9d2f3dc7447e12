package io.lazuli.scheduler.internal.event;

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
import io.lazuli.scheduler.event.EventSubscriber;
import io.lazuli.scheduler.event.EventSubscription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventPublisherTest {
    private static final QueueLimits SMALL = new QueueLimits(30, 60, 120, Long.MAX_VALUE);

    private final FakeEngine engine = new FakeEngine(SMALL);

    /// Keeps what it hears, one block for each permit.
    private static final class Slow implements EventSubscriber {
        final Semaphore permits = new Semaphore(0);
        final CountDownLatch entered = new CountDownLatch(1);
        final List<EngineEvent> events = new CopyOnWriteArrayList<>();
        final AtomicInteger ends = new AtomicInteger();

        @Override
        public void accept(EventBlock block) {
            entered.countDown();
            permits.acquireUninterruptibly();
            block.forEach(events::add);
        }

        @Override
        public void end() {
            ends.incrementAndGet();
        }

        List<Long> jobs() {
            return events.stream()
                    .filter(event -> event instanceof JobSubmitted)
                    .map(event -> ((JobSubmitted) event).job().id())
                    .toList();
        }

        List<Gap> gaps() {
            return events.stream().filter(event -> event instanceof Gap).map(event -> (Gap) event).toList();
        }
    }

    private static Slow unhindered() {
        Slow subscriber = new Slow();
        subscriber.permits.release(1_000_000);
        return subscriber;
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    @Test
    void everySubscriber_hearsEverything_inOrder() {
        Slow one = unhindered();
        Slow other = unhindered();
        EventSubscription first = engine.publisher.subscribe(one, Delivery.LOSSLESS);
        EventSubscription second = engine.publisher.subscribe(other, Delivery.LOSSLESS);
        engine.run(1_000);
        first.sync();
        second.sync();
        assertThat(one.jobs()).isEqualTo(upTo(1_000));
        assertThat(one.events.getFirst()).isInstanceOf(WorkerJoined.class);
        assertThat(other.events.stream().skip(1)).containsExactlyElementsOf(one.events.subList(1, one.events.size()));
    }

    @Test
    void nobodyListens_nothingIsKept() {
        engine.run(10);
        assertThat(engine.buffer.isOpen()).isFalse();
        Slow late = unhindered();
        try (EventSubscription subscription = engine.publisher.subscribe(late, Delivery.LOSSLESS)) {
            engine.run(1);
            subscription.sync();
        }
        assertThat(late.jobs()).as("the living job when it came, then the new one").containsExactly(10L, 11L);
        assertThat(late.ends).hasValue(1);
        assertThat(engine.buffer.isOpen()).as("the last one left").isFalse();
    }

    @Test
    void slowViewer_missesWholeBlocks_andHearsHowManyAndWhereAllIs() throws Exception {
        Slow viewer = new Slow();
        EventSubscription subscription = engine.publisher.subscribe(viewer, Delivery.LOSSY);
        assertThat(viewer.entered.await(10, TimeUnit.SECONDS)).isTrue();
        engine.run(100);
        viewer.permits.release(1_000_000);
        subscription.sync();
        engine.run(3);
        subscription.sync();

        long dropped = subscription.droppedBlockCount();
        assertThat(dropped).isBetween(50L, 100L);
        assertThat(viewer.gaps()).singleElement().satisfies(gap -> {
            assertThat(gap.blockCount()).isEqualTo(dropped);
            assertThat(gap.wordCount()).as("a clock, a submission and an end in each").isEqualTo(6 * dropped);
        });
        List<Long> heard = viewer.jobs();
        assertThat(heard).startsWith(1L).endsWith(100L, 101L, 102L, 103L);
        assertThat(heard).as("each heard, missed, or told after the gap").hasSize((int) (100 - dropped + 1 + 3));
        subscription.close();
    }

    @Test
    void slowViewer_hearsOfItsLastGap_beforeTheEngineIsClosed() throws Exception {
        Slow viewer = new Slow();
        EventSubscription subscription = engine.publisher.subscribe(viewer, Delivery.LOSSY);
        assertThat(viewer.entered.await(10, TimeUnit.SECONDS)).isTrue();
        engine.run(100);
        Thread closer = Thread.ofPlatform().start(engine.publisher::close);
        viewer.permits.release(1_000_000);
        assertEnds(closer);
        subscription.sync();
        assertThat(viewer.gaps().stream().mapToLong(Gap::blockCount).sum())
                .isEqualTo(subscription.droppedBlockCount()).isPositive();
        assertThat(viewer.events).last().isInstanceOf(EngineClosed.class);
    }

    @Test
    void slowViewer_holdsNobodyUp() {
        Slow viewer = new Slow();
        engine.publisher.subscribe(viewer, Delivery.LOSSY);
        engine.run(1_000);
        engine.publisher.awaitAdmission();
        engine.publisher.awaitRoom();
        viewer.permits.release(1_000_000);
    }

    @Test
    void lossless_holdsBackNewJobsFirst_thenWorkers() throws Exception {
        Slow log = new Slow();
        EventSubscription subscription = engine.publisher.subscribe(log, Delivery.LOSSLESS);
        engine.run(9);
        engine.publisher.awaitAdmission();
        engine.run(3);
        Thread submitter = Thread.ofPlatform().start(engine.publisher::awaitAdmission);
        assertThat(submitter.join(Duration.ofMillis(100))).as("more than 60 words wait").isFalse();
        engine.publisher.awaitRoom();
        engine.run(10);
        Thread worker = Thread.ofPlatform().start(engine.publisher::awaitRoom);
        assertThat(worker.join(Duration.ofMillis(100))).as("more than 120 words wait").isFalse();
        log.permits.release(1_000_000);
        submitter.join();
        worker.join();
        subscription.sync();
        assertThat(log.jobs()).isEqualTo(upTo(22));
        assertThat(subscription.droppedBlockCount()).isZero();
    }

    @Test
    void subscriberThatThrows_endsAlone_once() {
        Slow other = unhindered();
        AtomicInteger ends = new AtomicInteger();
        IllegalStateException trouble = new IllegalStateException("no room on this screen");
        EventSubscription bad = engine.publisher.subscribe(new EventSubscriber() {
            @Override
            public void accept(EventBlock block) {
                if (block.sequence() == 3) {
                    throw trouble;
                }
            }

            @Override
            public void end() {
                ends.incrementAndGet();
            }
        }, Delivery.LOSSLESS);
        EventSubscription good = engine.publisher.subscribe(other, Delivery.LOSSLESS);
        engine.run(500);
        bad.sync();
        good.sync();
        engine.publisher.awaitRoom();
        assertThat(bad.failure()).contains(trouble);
        assertThat(good.failure()).isEmpty();
        assertThat(other.jobs()).isEqualTo(upTo(500));
        bad.close();
        assertThat(ends).hasValue(1);
    }

    @Test
    void whatNobodyBrings_isFetchedSoon() throws Exception {
        Slow viewer = unhindered();
        engine.publisher.subscribe(viewer, Delivery.LOSSY);
        engine.exclusively(() -> {
            engine.buffer.at(System.nanoTime());
            engine.buffer.resultsSpilled(1, 2, 3, 4);
            engine.publisher.handOver(System.nanoTime());
        });
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (viewer.events.size() < 2 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(viewer.events).last().isInstanceOf(EngineEvent.ResultsSpilled.class);
    }

    @Test
    void close_waitsForLossless_notForStuckViewers() {
        Slow log = new Slow();
        Slow stuck = new Slow();
        engine.publisher.subscribe(log, Delivery.LOSSLESS);
        engine.publisher.subscribe(stuck, Delivery.LOSSY);
        engine.run(10);
        Thread closer = Thread.ofPlatform().start(engine.publisher::close);
        log.permits.release(1_000_000);
        assertEnds(closer);
        assertThat(log.events).last().isInstanceOf(EngineClosed.class);
        assertThat(log.ends).hasValue(1);
        assertThat(stuck.events).isEmpty();
        assertThatThrownBy(() -> engine.publisher.subscribe(log, Delivery.LOSSY))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER));
    }

    private static void assertEnds(Thread closer) {
        try {
            assertThat(closer.join(Duration.ofSeconds(20))).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void threeSubscribersThatComeAndGo_leaveTheLogComplete() throws Exception {
        Slow log = unhindered();
        EventSubscription logging = engine.publisher.subscribe(log, Delivery.LOSSLESS);
        List<Thread> visitors = LongStream.range(0, 3).mapToObj(i -> Thread.ofPlatform().start(() -> {
            for (int visit = 0; visit < 50; visit++) {
                Slow visitor = unhindered();
                try (EventSubscription subscription = engine.publisher.subscribe(visitor, Delivery.LOSSY)) {
                    subscription.sync();
                }
                List<Long> heard = visitor.jobs();
                assertThat(heard).isSorted();
            }
        })).toList();
        for (int i = 0; i < 200; i++) {
            engine.run(10);
            engine.publisher.awaitRoom();
        }
        for (Thread visitor : visitors) {
            visitor.join();
        }
        logging.sync();
        assertThat(log.jobs()).isEqualTo(upTo(2_000));
    }
}
