package io.lazuli.scheduler.internal.cluster;

import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.event.Delivery;
import io.lazuli.scheduler.event.EventBlock;
import io.lazuli.scheduler.event.EventCursor;
import io.lazuli.scheduler.event.EventSubscriber;
import io.lazuli.scheduler.event.EventSubscription;
import io.lazuli.scheduler.internal.core.TransitionBuffer;
import io.lazuli.scheduler.internal.event.Waiting;
import io.lazuli.scheduler.internal.wire.ToClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// One subscriber of a client: what the scheduler has sent for it, and the thread that hands it over.
///
/// The scheduler sends no more than a window before it hears that something was handled, so the queue is bounded. What one scheduler
/// has sent is handled before the subscriber hears that another one leads.
final class RemoteSubscription implements EventSubscription, Runnable {
    private static final System.Logger LOG = System.getLogger("io.lazuli.scheduler.event");
    private static final long NOTHING = -1;
    private static final long LOSSY_WINDOW_BYTES = 1 << 20;
    private static final long LOSSLESS_WINDOW_BYTES = 4 << 20;
    /// An ending waits no longer for a scheduler that says nothing.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final RemoteEvents events;
    private final EventSubscriber subscriber;
    private final Delivery delivery;
    private final Thread thread;
    private final BlockingQueue<News> queue = new LinkedBlockingQueue<>();
    /// At the scheduler that is there now. Guarded by the engine's lock.
    private long watch;
    /// A scheduler has opened a watch. Guarded by the engine's lock, as the next.
    private boolean wasOpened;
    /// Why none will; null as long as one may.
    private @Nullable LazuliException refusal;
    /// In the queue and at the subscriber.
    private final AtomicLong queuedBytes = new AtomicLong();
    private volatile long droppedBlocks;
    /// When something came or was handled last.
    private volatile long movedNanos = System.nanoTime();
    /// The engine ends with it.
    private volatile boolean endsEngine;
    /// Guarded by this.
    private boolean isEnding;
    /// Null before the first of a scheduler; the thread's own, as the next three.
    private @Nullable EventBlock last;
    /// Of what is handled now.
    private long handledWatch;
    private long handledBytes;
    private long toldBytes;
    /// Term of the scheduler that is heard; guarded by this, as the next three.
    private int term;
    /// Number of the last block of that scheduler that was handled. The first one that it sends, which says where all is, may be 0.
    private long handled = NOTHING;
    private boolean ended;
    private @Nullable Throwable failure;

    private sealed interface News {
        record Block(byte[] bytes) implements News {}

        /// What follows is of a scheduler that has opened a watch.
        ///
        /// @param opened when the scheduler was; empty for the first one, of which the subscriber knows
        record Opened(int term, long watch, Optional<Instant> opened) implements News {}

        /// Nothing more will come.
        ///
        /// @param why empty if it was asked for
        record End(Optional<LazuliException> why) implements News {}
    }

    RemoteSubscription(RemoteEvents events, EventSubscriber subscriber, Delivery delivery) {
        this.events = events;
        this.subscriber = subscriber;
        this.delivery = delivery;
        this.thread = Thread.ofPlatform().daemon().name("lazuli-events").unstarted(this);
    }

    Delivery delivery() {
        return delivery;
    }

    /// With the engine's lock, as the next three.
    long watch() {
        return watch;
    }

    /// The scheduler that is there now was asked for that watch.
    void watchedAs(long number) {
        watch = number;
    }

    /// True once a scheduler has opened a watch; empty until it answers. Errors: what it refuses it with.
    Optional<Boolean> answer() {
        if (refusal != null) {
            throw refusal;
        }
        return wasOpened ? Optional.of(true) : Optional.empty();
    }

    /// A scheduler has opened the watch that it was asked for last.
    ///
    /// @param opened when the scheduler was
    void opened(int in, Instant opened) {
        queue.add(new News.Opened(in, watch, wasOpened ? Optional.of(opened) : Optional.empty()));
        wasOpened = true;
    }

    /// It wants to hear no more than it has to.
    synchronized boolean isEnding() {
        return isEnding;
    }

    /// Most bytes that may be on the way.
    long windowBytes() {
        return delivery == Delivery.LOSSLESS ? LOSSLESS_WINDOW_BYTES : LOSSY_WINDOW_BYTES;
    }

    void start() {
        thread.start();
    }

    boolean isCurrentThread() {
        return Thread.currentThread() == thread;
    }

    /// What has come and was not handled.
    long queuedBytes() {
        return queuedBytes.get();
    }

    /// With the engine's lock, as the next two.
    void happened(byte[] block) {
        movedNanos = System.nanoTime();
        queuedBytes.addAndGet(block.length);
        queue.add(new News.Block(block));
    }

    /// The scheduler has sent everything that it was to send.
    void finished() {
        queue.add(new News.End(Optional.empty()));
    }

    void lost(LazuliException why) {
        refusal = why;
        queue.add(new News.End(Optional.of(why)));
    }

    @Override
    public void run() {
        try {
            handOver();
        } catch (Throwable e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "A subscriber to the cluster's events failed and hears no more: " + e, e);
            setFailure(e);
            events.unwatch(this, false);
        } finally {
            end();
        }
    }

    private void handOver() throws InterruptedException {
        while (true) {
            News next = queue.poll();
            if (next == null) {
                subscriber.pause();
                next = queue.take();
            }
            switch (next) {
                case News.Block(byte[] bytes) -> handle(bytes);
                case News.Opened news -> startOver(news);
                case News.End(Optional<LazuliException> why) -> {
                    why.ifPresent(this::setFailure);
                    if (endsEngine) {
                        subscriber.accept(engineClosed());
                    }
                    return;
                }
            }
        }
    }

    private void startOver(News.Opened news) {
        last = null;
        handledWatch = news.watch;
        handledBytes = 0;
        toldBytes = 0;
        news.opened.ifPresent(subscriber::startOver);
        synchronized (this) {
            term = news.term;
            handled = NOTHING;
            notifyAll();
        }
    }

    private void handle(byte[] bytes) {
        EventBlock block = EventBlock.of(bytes);
        EventCursor event = block.cursor();
        if (event.next() && block.startsWithGap()) {
            droppedBlocks += event.missedBlockCount();
        }
        last = block;
        subscriber.accept(block);
        movedNanos = System.nanoTime();
        queuedBytes.addAndGet(-bytes.length);
        handledBytes += bytes.length;
        if (handledBytes - toldBytes >= windowBytes() / 4) {
            toldBytes = handledBytes;
            events.handled(handledWatch, handledBytes);
        }
        synchronized (this) {
            handled = block.sequence();
            notifyAll();
        }
    }

    /// Of the engine of this client: the scheduler's goes on.
    private EventBlock engineClosed() {
        long nanos = events.nanos();
        EventBlock before = last;
        if (before != null) {
            EventCursor event = before.cursor();
            while (event.next()) {
                nanos = Math.max(nanos, event.nanos());
            }
        }
        TransitionBuffer closed = new TransitionBuffer();
        closed.open(0);
        closed.at(nanos);
        closed.engineClosed();
        return new EventBlock(before == null ? 1 : before.sequence() + 1, closed.take(), Map.of(), Map.of());
    }

    private synchronized void setFailure(Throwable why) {
        failure = why;
    }

    private void end() {
        Throwable trouble = null;
        try {
            subscriber.end();
        } catch (Throwable e) {
            LOG.log(
                    System.Logger.Level.WARNING, "A subscriber to the cluster's events failed at its end: " + e, e);
            trouble = e;
        }
        synchronized (this) {
            failure = failure == null ? trouble : failure;
            ended = true;
            notifyAll();
        }
    }

    private synchronized boolean isOver() {
        return ended || failure != null;
    }

    @Override
    public void sync() {
        if (isOver()) {
            return;
        }
        Requests.Answer last = events.last();
        long sequence = ((ToClient.LastIs) last.message()).sequence();
        await(() -> isOver() || term > last.term() || term == last.term() && handled >= sequence, Duration.ZERO);
    }

    /// Waits while it lags and must not miss anything.
    void awaitRoom() {
        if (delivery == Delivery.LOSSLESS) {
            await(() -> isOver() || queuedBytes.get() <= windowBytes() / 2, Duration.ZERO);
        }
    }

    @Override
    public long droppedBlockCount() {
        return droppedBlocks;
    }

    @Override
    public synchronized Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void close() {
        askToEnd();
        awaitEnd();
    }

    /// Without waiting.
    void endWithEngine() {
        endsEngine = true;
        askToEnd();
    }

    private void askToEnd() {
        synchronized (this) {
            if (isEnding || ended) {
                return;
            }
            isEnding = true;
        }
        movedNanos = System.nanoTime();
        events.unwatch(this, true);
    }

    /// Waits until all that is to come has come and was handled; not for a scheduler that says nothing.
    void awaitEnd() {
        if (isCurrentThread()) {
            return;
        }
        await(() -> ended || System.nanoTime() - movedNanos > PATIENCE.toNanos(), Duration.ZERO);
        if (!isOver()) {
            queue.add(new News.End(Optional.empty()));
            await(() -> ended, delivery == Delivery.LOSSLESS ? Duration.ZERO : PATIENCE);
        }
    }

    private void await(BooleanSupplier condition, Duration patience) {
        Waiting.until(this, condition, patience);
    }
}
