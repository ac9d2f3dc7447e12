package io.lazuli.scheduler.internal.event;

import io.lazuli.scheduler.event.Delivery;
import io.lazuli.scheduler.event.EventBlock;
import io.lazuli.scheduler.event.EventSubscriber;
import io.lazuli.scheduler.event.EventSubscription;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// One subscriber: its queue, and the thread that empties it.
final class QueuedSubscriber implements EventSubscription, Runnable {
    private static final Logger LOGGER = System.getLogger("io.lazuli.scheduler.event");
    /// How long a closing engine waits for a subscriber that may miss something.
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final EventSubscriber subscriber;
    private final Delivery delivery;
    private final EventPublisher publisher;
    private final Thread thread;
    /// Filled under the engine's lock, emptied by `thread`.
    private final Queue<EventBlock> queue = new ConcurrentLinkedQueue<>();
    /// Words in `queue` and at the subscriber.
    private final AtomicLong words = new AtomicLong();
    /// Missed since it was told last; written under the engine's lock.
    private volatile long missedBlocks;
    /// Under the engine's lock.
    private long missedWords;
    /// Missed ever; written under the engine's lock.
    private volatile long droppedBlocks;
    /// The thread sleeps until it is woken, or is about to. Otherwise it looks by itself within a block's time.
    private volatile boolean sleeping;
    /// Everything that will ever be in `queue` is.
    private volatile boolean closing;
    /// Number of the last block that it has handled; guarded by this, as the next two.
    private long handled;
    private boolean ended;
    private @Nullable Throwable failure;

    QueuedSubscriber(EventSubscriber subscriber, Delivery delivery, EventPublisher publisher) {
        this.subscriber = subscriber;
        this.delivery = delivery;
        this.publisher = publisher;
        this.thread = Thread.ofPlatform().daemon().name("lazuli-events").unstarted(this);
    }

    void start() {
        thread.start();
    }

    /// There is something to do; not at once, unless it sleeps anyway. Waking a thread for every block would cost those who work
    /// more than the blocks do.
    void wake() {
        if (sleeping) {
            LockSupport.unpark(thread);
        }
    }

    private void wakeNow() {
        LockSupport.unpark(thread);
    }

    /// Queues the next block, or counts it as missed. Under the engine's lock; never waits.
    void offer(EventBlock block) {
        if (words.get() > mostWords()) {
            missedBlocks++;
            missedWords += block.wordCount();
            droppedBlocks++;
            return;
        }
        if (missedBlocks > 0) {
            // What describes the engine now has this block in it.
            missedBlocks++;
            missedWords += block.wordCount();
            droppedBlocks++;
            catchUp();
        } else {
            add(block);
        }
    }

    private long mostWords() {
        QueueLimits limits = publisher.limits();
        return delivery == Delivery.LOSSY ? limits.droppingWords() : limits.losingWords();
    }

    /// Tells what was missed, if something was. Under the engine's lock, with nothing pending.
    void catchUp() {
        if (missedBlocks > 0) {
            add(publisher.describe(missedBlocks, missedWords));
            missedBlocks = 0;
            missedWords = 0;
        }
    }

    private void add(EventBlock block) {
        words.addAndGet(block.wordCount());
        queue.add(block);
        wake();
    }

    boolean isCurrentThread() {
        return Thread.currentThread() == thread;
    }

    /// True if more words than `most` wait for it, and it must not miss any.
    boolean lags(long most) {
        return delivery == Delivery.LOSSLESS && words.get() > most;
    }

    void awaitRoom(long most) {
        wakeNow();
        await(() -> isOver() || !lags(most), Duration.ZERO);
    }

    @Override
    public void run() {
        try {
            while (!closing || !queue.isEmpty()) {
                EventBlock block = queue.poll();
                if (block != null) {
                    subscriber.accept(block);
                    handled(block);
                } else {
                    subscriber.pause();
                    idle();
                }
            }
        } catch (Throwable e) {
            fail(e);
        } finally {
            end();
        }
    }

    /// Sleeps until something happens. What the core has packed is fetched if nobody brings it for a while: the engine may be
    /// busy with one long task.
    private void idle() {
        if (missedBlocks > 0) {
            publisher.catchUp(this);
            return;
        }
        if (!publisher.isPending()) {
            sleeping = true;
            // Whoever adds something from here on sees that it sleeps.
            if (!publisher.isPending() && queue.isEmpty() && !closing) {
                LockSupport.park(this);
            }
            sleeping = false;
            return;
        }
        LockSupport.parkNanos(this, EventPublisher.BLOCK_NANOS);
        if (queue.isEmpty() && !closing && publisher.isPending()) {
            publisher.flush();
        }
    }

    private synchronized void handled(EventBlock block) {
        words.addAndGet(-block.wordCount());
        handled = block.sequence();
        notifyAll();
    }

    /// It will handle no further block. Under this object's monitor.
    private boolean isOver() {
        return ended || failure != null;
    }

    private void fail(Throwable reason) {
        synchronized (this) {
            failure = reason;
            notifyAll();
        }
        LOGGER.log(Level.WARNING, "A subscriber to the engine's events failed and hears no more: " + reason, reason);
        publisher.remove(this);
    }

    private void end() {
        Throwable trouble = null;
        try {
            subscriber.end();
        } catch (Throwable e) {
            LOGGER.log(Level.WARNING, "A subscriber to the engine's events failed at its end: " + e, e);
            trouble = e;
        }
        synchronized (this) {
            failure = failure == null ? trouble : failure;
            ended = true;
            notifyAll();
        }
    }

    @Override
    public void sync() {
        long last = publisher.flush();
        wakeNow();
        await(() -> isOver() || handled >= last, Duration.ZERO);
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
        if (!closing) {
            publisher.remove(this);
        }
        finish(Duration.ZERO);
    }

    /// The engine is closed; nothing more will be offered.
    void closeWithEngine() {
        finish(delivery == Delivery.LOSSLESS ? Duration.ZERO : PATIENCE);
    }

    private void finish(Duration patience) {
        closing = true;
        wakeNow();
        if (Thread.currentThread() != thread) {
            await(() -> ended, patience);
        }
    }

    private void await(BooleanSupplier condition, Duration patience) {
        Waiting.until(this, condition, patience);
    }
}
