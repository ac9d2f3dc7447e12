package io.lazuli.scheduler.internal.store;

import io.lazuli.graph.Key;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.MemoryAccountant;
import java.util.Arrays;
import java.util.Optional;

/// The results of this process by task id. When memory runs out it writes those that are needed latest to disk, and serves them
/// from there.
///
/// ```
///   put --> KeptResult                          tiny or empty
///       --> ObjectResult                        rebuilt by running its task again
///       --> ColumnsResult --- ColumnSpill       bytes outside the heap, within the accountant's limit
///       --> ValueResult ----- HeapBudget        values of users' programs, within a share of the heap
/// ```
///
/// Other processes get a result as an [ExportedResult], and theirs come in by [#copies].
///
/// In the same directory are the files that tasks work in when memory is not enough ([OverflowFiles]). A result on these is
/// kept as it is.
///
/// An id's slot is written by the thread that finished the task and cleared by the scheduler, in an order that the scheduler
/// already guarantees; so slots need no lock. Thread-safe otherwise.
public final class ResultStore implements AutoCloseable {
    private static final int CHUNK_BITS = 12;
    private static final int CHUNK = 1 << CHUNK_BITS;

    private final MemoryAccountant accountant;
    private final SpillDirectory directory;
    private final ColumnSpill columns;
    private final HeapBudget values;
    private final ValueFormat format;
    private final SpillCounters counters = SpillCounters.create();
    /// Slots by id, in chunks that never move.
    private volatile StoredResult[][] chunks = {};

    private ResultStore(MemoryAccountant accountant, SpillDirectory directory, ValueFormat format,
            long heapBudgetBytes) {
        this.accountant = accountant;
        this.directory = directory;
        this.columns = new ColumnSpill(accountant, directory);
        this.values = new HeapBudget(heapBudgetBytes, directory);
        this.format = format;
    }

    /// A store that spills whenever `accountant` is short of memory, or values take more of the heap than they may.
    public static ResultStore open(MemoryAccountant accountant, StoreOptions options) {
        return open(accountant, options, new LocalDisk(), ValueFormat.ofThisProcess());
    }

    static ResultStore open(MemoryAccountant accountant, StoreOptions options, Disk disk, ValueFormat format) {
        SpillDirectory directory = SpillDirectory.open(options, disk);
        ResultStore store = new ResultStore(accountant, directory, format, options.heapBudgetBytes());
        accountant.addReclaimer(store.columns);
        accountant.overflowTo(new OverflowFiles(directory, store.counters));
        return store;
    }

    /// Of a job that this process runs alone.
    public JobStorage newJob() {
        return newJob(format);
    }

    /// Of a job whose values are written by `format`.
    public JobStorage newJob(ValueFormat format) {
        return new JobStorage(counters.part(), format);
    }

    /// What spilling has done so far.
    public SpillCounters counters() {
        return counters;
    }

    /// Bytes of the files that are on disk now.
    public long diskBytes() {
        return directory.usedBytes();
    }

    /// Estimated bytes of the values that are kept on the heap now.
    public long heapBytes() {
        return values.heldBytes();
    }

    /// Makes slots for all ids below `capacity`. Called by one thread at a time.
    public void ensureCapacity(int capacity) {
        int count = (capacity + CHUNK - 1) >>> CHUNK_BITS;
        if (count > chunks.length) {
            StoredResult[][] grown = Arrays.copyOf(chunks, Math.max(count, chunks.length * 3 / 2));
            for (int i = chunks.length; i < grown.length; i++) {
                grown[i] = new StoredResult[CHUNK];
            }
            chunks = grown;
        }
    }

    /// Keeps the result of a task. `order` says when it is needed, compared with others: the highest is spilled first, and among
    /// equals the oldest.
    ///
    /// Ownership: takes over the caller's reference, also if it fails. Errors: RESOURCE if it is a value that cannot be
    /// spilled, for which there is no room.
    ///
    /// Cost: with [#remove] and the last release some 30 ns, and no lock that threads share, for results without bytes and for
    /// values below 1 KiB; five times that for others, O(log n) in those that may be spilled.
    public void put(int task, Key key, Block block, long order, JobStorage job) {
        put(task, keep(key, block, order, job));
    }

    /// A result that has no name yet. Ownership and errors: as for [#put]; the caller has its only hold.
    public StoredResult keep(Key key, Block block, long order, JobStorage job) {
        return switch (block.kind()) {
            case COLUMNS -> columns.keep(key, block, order, job.counters());
            case VALUE -> values.keep(key, block, order, job);
            case OBJECT -> new ObjectResult(directory, key, block, job.counters());
        };
    }

    /// Gives an existing result one more name. Ownership: takes over one hold of it.
    public void put(int task, StoredResult result) {
        chunks[task >>> CHUNK_BITS][task & CHUNK - 1] = result;
    }

    /// The result of a task that finished and is still wanted.
    public StoredResult find(int task) {
        StoredResult result = chunks[task >>> CHUNK_BITS][task & CHUNK - 1];
        if (result == null) {
            throw new IllegalStateException("no result is stored for task " + task);
        }
        return result;
    }

    /// The result of a task, if it is here and stays: in a cluster it may be taken away while somebody is about to read it.
    /// Ownership: the caller's hold.
    public Optional<StoredResult> tryRetain(int task) {
        return Optional.ofNullable(chunks[task >>> CHUNK_BITS][task & CHUNK - 1]).filter(StoredResult::tryRetain);
    }

    /// Frees the slot. Ownership: the hold of the id passes to the caller, who releases it.
    public StoredResult remove(int task) {
        StoredResult result = find(task);
        chunks[task >>> CHUNK_BITS][task & CHUNK - 1] = null;
        return result;
    }

    /// Drops all results, whoever may want them: their jobs are over.
    public void releaseAll() {
        for (StoredResult[] chunk : chunks) {
            for (int i = 0; i < chunk.length; i++) {
                StoredResult result = chunk[i];
                chunk[i] = null;
                if (result != null) {
                    result.release();
                }
            }
        }
    }

    /// The way in for results of other processes, each to be [#put] under the id of its task.
    public ResultCopies copies() {
        return new ResultCopies(this, accountant, directory);
    }

    /// What others know by whether they can open this store's files.
    ///
    /// Cost: makes a file. Errors: RESOURCE if the spill directory takes none.
    public HostIdentity identity() {
        return directory.identity();
    }

    /// Writes everything to disk that nobody uses now. Errors: RESOURCE if that fails.
    public void spillAll() {
        columns.spillAll();
        values.spillAll();
    }

    /// Removes the spill files. All results are released by then.
    @Override
    public void close() {
        accountant.removeReclaimer(columns);
        directory.close();
    }
}
