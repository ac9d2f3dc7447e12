package io.lazuli.scheduler.internal.event;

import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.event.AttemptFailure;
import io.lazuli.scheduler.event.Delivery;
import io.lazuli.scheduler.event.EventBlock;
import io.lazuli.scheduler.event.EventStream;
import io.lazuli.scheduler.event.EventSubscriber;
import io.lazuli.scheduler.event.EventSubscription;
import io.lazuli.scheduler.event.JobDescription;
import io.lazuli.scheduler.event.RefusalCount;
import io.lazuli.scheduler.event.WorkerDescription;
import io.lazuli.scheduler.event.WorkerSample;
import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.core.TransitionBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Cuts what the core packs into blocks and queues them for each subscriber. Never waits for one while the core is held.
///
/// ```
///   core.on --> TransitionBuffer --handOver--> EventBlock --> queue --> thread of subscriber 1
///             (under the engine's lock)                  \--> queue --> thread of subscriber 2
/// ```
///
/// Fields without a note are touched under the engine's lock alone.
public final class EventPublisher implements EventStream, AutoCloseable {
    /// A block is cut at this size, or when it is this old.
    private static final int BLOCK_WORDS = 1 << 14;
    static final long BLOCK_NANOS = 20_000_000;
    /// Told in a block: a job may fail in a million tasks.
    private static final int MOST_ATTEMPT_FAILURES = 1_000;
    private static final int LONGEST_REASON = 2_000;

    private final TransitionBuffer buffer;
    private final EngineState engine;
    private final QueueLimits limits;
    private final Instant opened = Instant.now();
    private final long originNanos = System.nanoTime();
    /// Changed under the engine's lock, read by anyone.
    private final List<QueuedSubscriber> subscribers = new CopyOnWriteArrayList<>();
    /// Of the jobs, failures and workers in `buffer`.
    private final Map<Long, JobDescription> jobs = new LinkedHashMap<>();
    private final Map<Long, String> failures = new LinkedHashMap<>();
    private final Map<Integer, WorkerDescription> workers = new LinkedHashMap<>();
    private final Map<Integer, String> departures = new LinkedHashMap<>();
    /// Why attempts failed since the last block. Any thread adds to it.
    private final Queue<AttemptFailure> attemptFailures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger attemptFailureCount = new AtomicInteger();
    private long sequence;
    private long cutNanos = originNanos;
    private boolean closed;
    /// Something waits in `buffer`. Read by subscribers' threads.
    private volatile boolean pending;

    public EventPublisher(TransitionBuffer buffer, EngineState engine) {
        this(buffer, engine, QueueLimits.DEFAULTS);
    }

    public EventPublisher(TransitionBuffer buffer, EngineState engine, QueueLimits limits) {
        this.buffer = buffer;
        this.engine = engine;
        this.limits = limits;
    }

    QueueLimits limits() {
        return limits;
    }

    @Override
    public List<RefusalCount> refusals() {
        return engine.refusals();
    }

    @Override
    public Instant opened() {
        return opened;
    }

    @Override
    public long nanos() {
        return System.nanoTime() - originNanos;
    }

    @Override
    public EventSubscription subscribe(EventSubscriber subscriber, Delivery delivery) {
        QueuedSubscriber queued = new QueuedSubscriber(subscriber, delivery, this);
        engine.exclusively(() -> {
            if (closed) {
                throw Errors.engineClosed();
            }
            cut();
            if (subscribers.isEmpty()) {
                buffer.open(originNanos);
                engine.observed();
            }
            queued.offer(describe(0, 0));
            subscribers.add(queued);
        });
        queued.start();
        return queued;
    }

    /// Says what a job is that the core is about to be given. Under the engine's lock, as the next four.
    public void announce(long job, Supplier<JobDescription> description) {
        if (buffer.isOpen()) {
            jobs.put(job, description.get());
        }
    }

    /// Says why a job fails.
    public void failed(long job, String message) {
        if (buffer.isOpen()) {
            failures.put(job, message);
            buffer.jobFailed(job);
        }
    }

    /// Says who a worker is that the core is about to hear of.
    public void announce(int worker, WorkerDescription description) {
        if (buffer.isOpen()) {
            workers.put(worker, description);
        }
    }

    /// Says why a worker leaves, unless that was said before.
    public void departs(int worker, String reason) {
        if (buffer.isOpen()) {
            departures.putIfAbsent(worker, reason);
        }
    }

    /// Says why an attempt of the task has failed, before the core hears that it has; at most so many a block. Any thread may say so.
    public void attemptFailed(int task, Throwable reason) {
        if (isObserved() && attemptFailureCount.incrementAndGet() <= MOST_ATTEMPT_FAILURES) {
            String text = String.valueOf(reason instanceof LazuliException ? reason.getMessage() : reason);
            attemptFailures.add(new AttemptFailure(task, text.substring(0, Math.min(text.length(), LONGEST_REASON))));
        }
    }

    private List<AttemptFailure> takeAttemptFailures() {
        if (attemptFailureCount.get() == 0) {
            return List.of();
        }
        attemptFailureCount.set(0);
        List<AttemptFailure> taken = new ArrayList<>();
        for (AttemptFailure next = attemptFailures.poll(); next != null; next = attemptFailures.poll()) {
            taken.add(next);
        }
        return taken;
    }

    /// Somebody listens.
    public boolean isObserved() {
        return !subscribers.isEmpty();
    }

    /// Says what a worker's process uses now. Under the engine's lock.
    public void sampled(int worker, WorkerSample sample) {
        buffer.at(System.nanoTime());
        buffer.workerSampled(
                worker, sample.cpuPermille(), sample.busyThreadCount(), sample.reservedBytes(), sample.limitBytes(),
                sample.heapBytes(), sample.heapLimitBytes(), sample.anonymousBytes(), sample.residentBytes(),
                sample.diskBytes());
    }

    /// Takes what the core has packed, if it is enough or was not taken for long.
    public void handOver(long nanos) {
        if (!buffer.isOpen() || buffer.isEmpty()) {
            return;
        }
        if (buffer.size() >= BLOCK_WORDS || nanos - cutNanos > BLOCK_NANOS) {
            cut();
        } else if (!pending) {
            pending = true;
            subscribers.forEach(QueuedSubscriber::wake);
        }
    }

    /// Waits while a subscriber that must not miss anything lags so much that no new work may come in. Without any lock.
    public void awaitAdmission() {
        awaitRoom(limits.admittingWords());
    }

    /// Waits while a subscriber that must not miss anything lags so much that running work may not go on. Without any lock.
    public void awaitRoom() {
        awaitRoom(limits.runningWords());
    }

    /// Subscribers wait for nobody, or two of them could wait for each other.
    private void awaitRoom(long most) {
        for (QueuedSubscriber subscriber : subscribers) {
            if (subscriber.lags(most) && subscribers.stream().noneMatch(QueuedSubscriber::isCurrentThread)) {
                subscriber.awaitRoom(most);
            }
        }
    }

    /// Tells that the engine is closed, and waits until all who must not miss anything have heard everything.
    @Override
    public void close() {
        engine.exclusively(() -> {
            if (!closed) {
                closed = true;
                buffer.at(System.nanoTime());
                buffer.engineClosed();
                cut();
                subscribers.forEach(QueuedSubscriber::catchUp);
            }
        });
        subscribers.forEach(QueuedSubscriber::closeWithEngine);
    }

    boolean isPending() {
        return pending;
    }

    /// Queues what the core has packed so far; returns the number of the last block.
    public long flush() {
        long[] last = new long[1];
        engine.exclusively(() -> {
            cut();
            last[0] = sequence;
        });
        return last[0];
    }

    void catchUp(QueuedSubscriber subscriber) {
        engine.exclusively(() -> {
            cut();
            subscriber.catchUp();
        });
    }

    void remove(QueuedSubscriber subscriber) {
        engine.exclusively(() -> {
            cut();
            subscribers.remove(subscriber);
            if (subscribers.isEmpty()) {
                buffer.close();
            }
        });
    }

    /// The block that stands for all before it.
    EventBlock describe(long missedBlocks, long missedWords) {
        Description description = new Description(originNanos, System.nanoTime());
        if (missedBlocks > 0) {
            description.gap(missedBlocks, missedWords);
        }
        engine.describe(description);
        if (closed) {
            description.engineClosed();
        }
        return description.toBlock(sequence);
    }

    private void cut() {
        pending = false;
        if (!buffer.isOpen()) {
            return;
        }
        engine.sample(buffer);
        if (!buffer.isEmpty()) {
            EventBlock block = new EventBlock(
                    ++sequence, buffer.take(), jobs, failures, workers, departures, takeAttemptFailures());
            subscribers.forEach(subscriber -> subscriber.offer(block));
        }
        jobs.clear();
        failures.clear();
        workers.clear();
        departures.clear();
        cutNanos = System.nanoTime();
    }
}
