package io.lazuli.scheduler.internal.membership;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.map.IMap;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.internal.Errors;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Writes the journal for one epoch, in batches, by one thread.
///
/// ```
///   append, append, ... ──▶ pending ── 10 ms, 1,000 facts or 256 KiB ──▶ one segment a job ──▶ backup ──▶ futures complete
/// ```
///
/// Whatever is asked for is done in that order. A future that completes says that a backup has it too, if there is another scheduler.
/// One that fails says that it may or may not be there: the writer then writes no more. Futures are completed by the writer's
/// thread, which waits for whatever hangs on them. Safe for any number of threads.
public final class JournalWriter implements JournalSink {
    private static final long LINGER_NANOS = 10_000_000;
    private static final int MOST_FACTS = 1000;
    private static final long MOST_BYTES = 256 << 10;
    /// Whoever appends waits while more is pending, by what it takes of the heap.
    private static final long PENDING_BYTES = 8 << 20;
    private static final long REQUEST_OVERHEAD = 160;
    private static final long FACT_OVERHEAD = 32;
    private static final long LONGEST_CONTENT = 1 << 30;
    /// A write whose owner or backup dies under it is repeated this long.
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long PAUSE_MILLIS = 20;
    /// For what is pending when the writer is closed.
    private static final long CLOSE_MILLIS = 1000;

    private final IMap<String, byte[]> map;
    private final Journal journal;
    private final int epoch;
    private final Thread thread = new Thread(this::run, "lazuli-journal");
    /// Of each job that this writer has written for: the number of its next segment. The writer's thread alone.
    private final Map<String, Long> numbers = new HashMap<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition room = lock.newCondition();
    /// Under the lock, as all below: what is not yet written, oldest first.
    private final ArrayDeque<Request> pending = new ArrayDeque<>();
    /// Of `pending` and of what is being written.
    private long pendingBytes;
    private boolean closed;
    /// Why no more is written.
    private @Nullable LazuliException failure;

    /// What is asked for, what it takes of the heap, and when that was.
    private record Request(Kind kind, String job, List<byte[]> facts, long bytes, long nanos,
            CompletableFuture<Void> done) {
        enum Kind {
            APPEND,
            CHECKPOINT,
            REMOVE,
            FLUSH
        }
    }

    JournalWriter(IMap<String, byte[]> map, Journal journal, int epoch) {
        this.map = map;
        this.journal = journal;
        this.epoch = epoch;
        thread.setDaemon(true);
        thread.start();
    }

    /// Adds facts to what is known of `job`; all of them or none. Waits while too much is pending. The arrays belong to the writer
    /// from now on.
    ///
    /// Errors: USER, for more than a GiB at once; RESOURCE, when the writer is closed or has failed.
    @Override
    public CompletableFuture<Void> append(String job, List<byte[]> facts) {
        return request(Request.Kind.APPEND, job, facts);
    }

    /// Puts `state` in the place of all that was appended for `job` before. Errors: as [#append].
    @Override
    public CompletableFuture<Void> checkpoint(String job, byte[] state) {
        return request(Request.Kind.CHECKPOINT, job, List.of(state));
    }

    /// Forgets `job`, whoever wrote of it.
    @Override
    public CompletableFuture<Void> remove(String job) {
        return request(Request.Kind.REMOVE, job, List.of());
    }

    /// Completes when all that was asked for before has.
    @Override
    public CompletableFuture<Void> flush() {
        return request(Request.Kind.FLUSH, "", List.of());
    }

    /// Whether [#append] would not wait.
    public boolean hasRoom() {
        lock.lock();
        try {
            return pendingBytes < PENDING_BYTES;
        } finally {
            lock.unlock();
        }
    }

    /// Writes what is pending, for a second at most, and ends.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            work.signalAll();
            room.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }

    private CompletableFuture<Void> request(Request.Kind kind, String job, List<byte[]> facts) {
        List<byte[]> copy = List.copyOf(facts);
        long bytes = REQUEST_OVERHEAD + copy.stream().mapToLong(fact -> FACT_OVERHEAD + fact.length).sum();
        if (bytes > LONGEST_CONTENT) {
            throw Errors.journalEntryTooLarge(job, bytes, LONGEST_CONTENT);
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        lock.lock();
        try {
            while (pendingBytes >= PENDING_BYTES && !closed && failure == null) {
                room.await();
            }
            if (failure != null) {
                throw failure;
            } else if (closed) {
                throw Errors.membershipClosed();
            }
            pending.add(new Request(kind, job, copy, bytes, System.nanoTime(), done));
            pendingBytes += bytes;
            work.signal();
            return done;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw Errors.waitInterrupted("room in the journal");
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        List<Request> batch = List.of();
        try {
            for (batch = next(); !batch.isEmpty(); batch = next()) {
                write(batch);
                batch.forEach(request -> request.done().complete(null));
                release(batch);
            }
        } catch (LazuliException e) {
            fail(batch, e);
        } catch (InterruptedException _) {
            fail(batch, Errors.membershipClosed());
        } catch (RuntimeException e) {
            fail(batch, Errors.journalFailed(e));
        }
    }

    /// Appends that belong together, or one request of another kind; empty at the end.
    private List<Request> next() throws InterruptedException {
        lock.lock();
        try {
            while (pending.isEmpty() && !closed) {
                work.await();
            }
            long rest = pending.isEmpty() ? 0 : pending.getFirst().nanos() + LINGER_NANOS - System.nanoTime();
            while (rest > 0 && !closed && !isFull()) {
                rest = work.awaitNanos(rest);
            }
            return take();
        } finally {
            lock.unlock();
        }
    }

    /// Whether there is no point in waiting for more. Looks no further than a batch reaches.
    private boolean isFull() {
        long facts = 0;
        long bytes = 0;
        for (Request request : pending) {
            facts += request.facts().size();
            bytes += request.bytes();
            if (request.kind() != Request.Kind.APPEND || facts >= MOST_FACTS || bytes >= MOST_BYTES) {
                return true;
            }
        }
        return false;
    }

    private List<Request> take() {
        List<Request> batch = new ArrayList<>();
        long facts = 0;
        long bytes = 0;
        while (!pending.isEmpty() && facts < MOST_FACTS && bytes < MOST_BYTES) {
            if (pending.getFirst().kind() != Request.Kind.APPEND) {
                return batch.isEmpty() ? List.of(pending.removeFirst()) : batch;
            }
            Request request = pending.removeFirst();
            facts += request.facts().size();
            bytes += request.bytes();
            batch.add(request);
        }
        return batch;
    }

    private void release(List<Request> batch) {
        lock.lock();
        try {
            pendingBytes -= batch.stream().mapToLong(Request::bytes).sum();
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void fail(List<Request> batch, LazuliException why) {
        List<Request> all = new ArrayList<>(batch);
        lock.lock();
        try {
            failure = why;
            all.addAll(pending);
            pending.clear();
            room.signalAll();
        } finally {
            lock.unlock();
        }
        all.forEach(request -> request.done().completeExceptionally(why));
    }

    private void write(List<Request> batch) throws InterruptedException {
        Request first = batch.getFirst();
        switch (first.kind()) {
            case APPEND -> writeFacts(batch);
            case CHECKPOINT -> writeCheckpoint(first.job(), first.facts().getFirst());
            case REMOVE -> {
                delete(journal.keys(first.job()));
                numbers.remove(first.job());
            }
            case FLUSH -> {}
        }
    }

    private void writeFacts(List<Request> batch) throws InterruptedException {
        Map<String, List<byte[]>> jobs = new LinkedHashMap<>();
        for (Request request : batch) {
            if (!request.facts().isEmpty()) {
                jobs.computeIfAbsent(request.job(), _ -> new ArrayList<>()).addAll(request.facts());
            }
        }
        for (Map.Entry<String, List<byte[]>> job : jobs.entrySet()) {
            store(job.getKey(), SegmentKey.Kind.FACTS, Segment.content(job.getValue()));
        }
    }

    private void writeCheckpoint(String job, byte[] state) throws InterruptedException {
        List<SegmentKey> before = journal.keys(job);
        store(job, SegmentKey.Kind.CHECKPOINT, state);
        delete(before);
    }

    /// One value after the other, so that whatever is there of a job has no gap, even if this process dies in the middle.
    private void store(String job, SegmentKey.Kind kind, byte[] content) throws InterruptedException {
        int count = Segment.pieceCount(content);
        for (int i = 0; i < count; i++) {
            long number = numbers.getOrDefault(job, 0L);
            SegmentKey key = new SegmentKey(epoch, number, i < count - 1 ? SegmentKey.Kind.PART : kind, job);
            store(key.toString(), Segment.value(key, content, i));
            numbers.put(job, number + 1);
        }
    }

    /// Comes back when the backup has it. What is stored twice under one key is the same. Not by `setAsync`, which, in Hazelcast 5.7,
    /// looks for the key's partition without the map's strategy.
    private void store(String key, byte[] value) throws InterruptedException {
        long start = System.nanoTime();
        while (true) {
            try {
                map.set(key, value);
                return;
            } catch (HazelcastInstanceNotActiveException e) {
                throw Errors.journalFailed(e);
            } catch (HazelcastException e) {
                if (System.nanoTime() - start > PATIENCE.toNanos()) {
                    throw Errors.journalFailed(e);
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
    }

    /// The newest first, so that what is left, if this process dies in the middle, is a beginning without a gap.
    private void delete(List<SegmentKey> keys) {
        for (SegmentKey key : keys.reversed()) {
            map.delete(key.toString());
        }
    }
}
