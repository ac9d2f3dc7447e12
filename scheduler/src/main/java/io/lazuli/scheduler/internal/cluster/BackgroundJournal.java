package io.lazuli.scheduler.internal.cluster;

import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.code.CodeHash;
import io.lazuli.scheduler.internal.code.CodeLease;
import io.lazuli.scheduler.internal.code.CodeStore;
import io.lazuli.scheduler.internal.membership.JournalSink;
import io.lazuli.scheduler.internal.wire.JobSpec;
import io.lazuli.scheduler.internal.wire.JournalFact;
import io.lazuli.scheduler.internal.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// Writes the journal of one term in a thread of its own, which encodes and waits so that nobody else does.
///
/// ```
///   shell --begin, took, end--> work --[this thread]: code, spec, taken--> JournalSink --stored--> shell
/// ```
///
/// What waits to be written is bounded by what the shell has anyway: of each job its spec, which is the same object, a bit for each
/// partition, and one entry in the queue for each of both. A job's code stands in the journal before the job does.
///
/// When the sink fails, nothing more is written and nobody waits any more: jobs go on without.
final class BackgroundJournal implements JobJournal {
    private static final System.Logger LOG = System.getLogger(BackgroundJournal.class.getName());
    /// The facts of a job are put together once they take so much more than its spec.
    private static final long MOST_FACT_BYTES = 256 << 10;
    /// Of an entry in the map that the journal is.
    private static final long ENTRY_BYTES = 300;
    private static final long CLOSE_MILLIS = 1000;
    /// The last of the work.
    private static final Runnable END = () -> {
    };

    private final JournalSink sink;
    private final CodeStore code;
    private final long limitBytes;
    private final BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("lazuli-jobs").unstarted(this::run);
    /// Under this object's monitor: jobs that are written down, or will be.
    private final Map<Long, Entry> entries = new HashMap<>();
    /// Under this object's monitor: closed, or failed.
    private boolean isOver;
    /// This thread alone, as the next three: bundles in the journal, and their bytes.
    private final Map<String, Long> bundles;
    private long usedBytes;
    private boolean hasLeftOut;
    /// Somebody waits for what was written last.
    private boolean isAwaited;

    private static final class Entry {
        private final String name;
        private final JobSpec spec;
        private final boolean isNew;
        /// Written, or being written with the spec. The journal's thread alone, as the next two.
        private final BitSet taken;
        private long specBytes;
        private long factBytes;
        /// Under the journal's monitor, as the next three: taken, and not yet written.
        private BitSet fresh = new BitSet();
        /// Its fresh partitions are in the queue.
        private boolean isQueued;
        private boolean hasEnded;
        /// Null if nobody waits.
        private @Nullable Runnable stored;

        Entry(long job, JobSpec spec, BitSet taken, @Nullable Runnable stored) {
            this.name = JournalNames.ofJob(job);
            this.spec = spec;
            this.taken = (BitSet) taken.clone();
            this.isNew = stored != null;
            this.stored = stored;
        }

        boolean isWritten() {
            return specBytes > 0;
        }
    }

    /// Ownership: takes over the sink.
    ///
    /// @param code       where bundles are found
    /// @param limitBytes most that the journal may take of this process's memory
    /// @param found      what the leader before has left
    BackgroundJournal(JournalSink sink, CodeStore code, long limitBytes, Inheritance found) {
        this.sink = sink;
        this.code = code;
        this.limitBytes = limitBytes;
        this.bundles = new HashMap<>(found.bundles());
        this.usedBytes = bundles.values().stream().mapToLong(Long::longValue).sum();
        found.useless().forEach(name -> work.add(() -> watch(sink.remove(name))));
        thread.start();
    }

    @Override
    public synchronized boolean begin(long job, JobSpec spec, Runnable stored) {
        return isOver || add(job, new Entry(job, spec, new BitSet(), stored));
    }

    @Override
    public synchronized void goOn(long job, JobSpec spec, BitSet taken) {
        if (!isOver) {
            add(job, new Entry(job, spec, taken, null));
        }
    }

    /// Returns false: it takes a while.
    private boolean add(long job, Entry entry) {
        entries.put(job, entry);
        work.add(() -> begin(job, entry));
        return false;
    }

    @Override
    public synchronized void took(long job, int partition) {
        Entry entry = entries.get(job);
        if (entry != null) {
            entry.fresh.set(partition);
            if (!entry.isQueued) {
                entry.isQueued = true;
                work.add(() -> append(entry));
            }
        }
    }

    @Override
    public synchronized void end(long job) {
        Entry entry = entries.remove(job);
        if (entry != null) {
            entry.hasEnded = true;
            work.add(() -> erase(entry));
        }
    }

    @Override
    public synchronized void dropCode(Collection<String> gone) {
        List<String> hashes = List.copyOf(gone);
        if (!isOver && !hashes.isEmpty()) {
            work.add(() -> hashes.forEach(this::eraseCode));
        }
    }

    private void run() {
        try {
            for (Runnable next = work.take(); next != END; next = work.take()) {
                next.run();
                if (isAwaited && work.isEmpty()) {
                    isAwaited = false;
                    watch(sink.flush());
                }
            }
        } catch (InterruptedException _) {
            // Closed.
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void begin(long job, Entry entry) {
        byte[] fact = encode(entry);
        if (fact.length == 0 || !writeCode(entry.spec.bundles()) || !hasRoom(fact.length)) {
            leaveOut(job, entry);
            return;
        }
        entry.specBytes = ENTRY_BYTES + fact.length;
        usedBytes += entry.specBytes;
        isAwaited |= entry.isNew;
        watch(
                entry.isNew ? sink.append(entry.name, List.of(fact)) : sink.checkpoint(entry.name, fact),
                () -> release(entry));
    }

    /// With what was taken so far; empty if it has ended meanwhile.
    private byte[] encode(Entry entry) {
        BitSet fresh = takeFresh(entry);
        entry.taken.or(fresh);
        return hasEnded(entry)
                ? new byte[0]
                : Wire.encode(new JournalFact.Runs(entry.spec, entry.taken.toLongArray()));
    }

    private synchronized BitSet takeFresh(Entry entry) {
        BitSet fresh = entry.fresh;
        entry.fresh = new BitSet();
        return fresh;
    }

    private synchronized boolean hasEnded(Entry entry) {
        return entry.hasEnded;
    }

    private boolean writeCode(List<String> hashes) {
        for (String hash : hashes) {
            if (!bundles.containsKey(hash) && !writeCode(hash)) {
                return false;
            }
        }
        return true;
    }

    /// Errors: RESOURCE if it cannot be read, or the sink has failed.
    private boolean writeCode(String hash) {
        CodeHash bundle = new CodeHash(hash);
        try (CodeLease lease = code.lease(List.of(bundle))) {
            Optional<Path> file = lease.file(bundle);
            if (file.isEmpty()) {
                return true; // every scheduler has it
            }
            long bytes = ENTRY_BYTES + Files.size(file.get());
            if (!hasRoom(bytes)) {
                return false;
            }
            String name = JournalNames.ofBundle(hash);
            CodePieces.of(
                    bundle, file.get(),
                    piece -> watch(sink.append(name, List.of(Wire.encode(new JournalFact.Code(piece))))));
            bundles.put(hash, bytes);
            usedBytes += bytes;
            return true;
        } catch (IOException e) {
            throw Errors.unreadableCode(e);
        }
    }

    private boolean hasRoom(long bytes) {
        return bytes <= limitBytes - usedBytes;
    }

    private void leaveOut(long job, Entry entry) {
        boolean hadEnded;
        synchronized (this) {
            hadEnded = entry.hasEnded;
            entries.remove(job, entry);
        }
        if (!hadEnded && !hasLeftOut) {
            hasLeftOut = true;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The journal has no room for job ''{0}'' and its code, and maybe for later ones: it holds {1} of {2} bytes. If this scheduler dies, such a job goes on when its client comes to the next one",
                    entry.spec.options().name(), usedBytes, limitBytes);
        }
        if (!entry.isNew && !hadEnded) {
            watch(sink.remove(entry.name)); // what a leader before wrote of it
        }
        release(entry);
    }

    private void append(Entry entry) {
        BitSet fresh;
        synchronized (this) {
            entry.isQueued = false;
            fresh = takeFresh(entry);
        }
        entry.taken.or(fresh);
        if (!entry.isWritten() || fresh.isEmpty() || hasEnded(entry)) {
            return;
        }
        byte[] fact = Wire.encode(new JournalFact.Took(fresh.stream().toArray()));
        entry.factBytes += ENTRY_BYTES + fact.length;
        usedBytes += ENTRY_BYTES + fact.length;
        if (entry.factBytes > entry.specBytes + MOST_FACT_BYTES) {
            usedBytes -= entry.factBytes;
            entry.factBytes = 0;
            watch(sink.checkpoint(
                    entry.name, Wire.encode(new JournalFact.Runs(entry.spec, entry.taken.toLongArray()))));
        } else {
            watch(sink.append(entry.name, List.of(fact)));
        }
    }

    private void erase(Entry entry) {
        usedBytes -= entry.specBytes + entry.factBytes;
        if (entry.isWritten() || !entry.isNew) {
            watch(sink.remove(entry.name));
        }
    }

    private void eraseCode(String hash) {
        Long bytes = bundles.remove(hash);
        if (bytes != null) {
            usedBytes -= bytes;
            watch(sink.remove(JournalNames.ofBundle(hash)));
        }
    }

    private void watch(CompletableFuture<Void> written) {
        watch(written, () -> {
        });
    }

    private void watch(CompletableFuture<Void> written, Runnable then) {
        written.whenComplete((_, failure) -> {
            if (failure == null) {
                then.run();
            } else {
                fail(failure);
            }
        });
    }

    /// Tells who waits for it.
    private void release(Entry entry) {
        Runnable waiting;
        synchronized (this) {
            waiting = entry.stored;
            entry.stored = null;
        }
        if (waiting != null) {
            waiting.run();
        }
    }

    /// Nothing more is written, and nobody waits.
    private void fail(Throwable why) {
        List<Entry> open;
        synchronized (this) {
            if (!isOver) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "The journal cannot be written any more. Jobs go on, but if this scheduler dies, each waits for its client to come to the next one: {0}",
                        why);
            }
            isOver = true;
            work.clear();
            open = List.copyOf(entries.values());
            entries.clear();
        }
        open.forEach(this::release);
    }

    @Override
    public void close() {
        synchronized (this) {
            isOver = true;
            work.add(END);
        }
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        sink.close();
        thread.interrupt();
    }
}
