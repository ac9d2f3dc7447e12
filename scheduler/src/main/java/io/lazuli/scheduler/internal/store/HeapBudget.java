package io.lazuli.scheduler.internal.store;

import io.lazuli.graph.Key;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.scheduler.internal.Errors;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// How much of the Java heap the values of users' programs may take while the store keeps them. What is over the budget is
/// spilled, first what is needed latest.
///
/// ```
///   held  =  small: below 1 KiB, never spilled  +  stuck: cannot be written  +  spillable
/// ```
///
/// The budget is soft, because sizes are estimates and values in use cannot be spilled. The error comes where small and stuck
/// values alone are half as much again as the budget; a single value counts at most the whole budget there, so that one may
/// always live, however large. A value counts once, whatever the number of its names, and not while only a task has it.
///
/// Invariant: each sum is that of the results in that state; all are zero when all results are released.
final class HeapBudget {
    /// Smaller values are not worth a file, which takes a block of the disk, and its record here.
    static final long LEAST_SPILLED_BYTES = 1 << 10;
    /// Parts of the budget in which the store goes beyond it before it looks again for something to spill.
    private static final int STEPS = 16;

    private final long budget;
    private final SpillDirectory directory;
    private final SpillOrder order = new SpillOrder();
    private final StripedSum small = new StripedSum();
    private final AtomicLong stuck = new AtomicLong();
    /// The part of `stuck` that single values have beyond the whole budget.
    private final AtomicLong oversize = new AtomicLong();
    private final AtomicLong spillable = new AtomicLong();
    /// One thread spills at a time; others who need it wait, which also slows down who produces faster than the disk takes.
    private final ReentrantLock spilling = new ReentrantLock();
    /// How far beyond its room `spillable` may go before the next attempt: the last one left so much, all in use. Zero if it
    /// succeeded.
    private volatile long tolerated;

    HeapBudget(long budget, SpillDirectory directory) {
        this.budget = budget;
        this.directory = directory;
    }

    /// What may be spilled.
    SpillOrder order() {
        return order;
    }

    /// Where it is written.
    SpillDirectory directory() {
        return directory;
    }

    /// Estimated bytes of all values that are kept on the heap; exact as long as nobody adds or removes one.
    long heldBytes() {
        return spillable.get() + stuck.get() + small.exactly();
    }

    /// Keeps a value. Ownership: takes over the caller's reference, also if it fails. Errors: RESOURCE if the value cannot be
    /// spilled and others like it have used up the budget.
    StoredResult keep(Key key, Block block, long when, JobStorage job) {
        long bytes = block.byteSize();
        if (bytes >= LEAST_SPILLED_BYTES) {
            ValueResult result = new ValueResult(this, key, block, when, job);
            spillable.addAndGet(bytes);
            order.add(result);
            admit(result, result);
            return result;
        }
        KeptResult result = KeptResult.value(this, job.format(), key, block);
        if (small.add(bytes)) {
            admit(result, null);
        }
        return result;
    }

    /// Makes room after `result` has come, or refuses and releases it.
    private void admit(StoredResult result, @Nullable ValueResult value) {
        try {
            relieve();
            if (isTooMuch(value)) {
                throw refused(result, value);
            }
        } catch (LazuliException e) {
            if (spillable.get() + stuckBytes() > mostBytes()) {
                result.release();
                throw e;
            }
        } catch (Throwable e) {
            result.release();
            throw e;
        }
    }

    /// True if the newest value (null for a small one) has to stay on the heap, and those that have to are too much.
    private boolean isTooMuch(@Nullable ValueResult value) {
        if (value == null || value.isStuck()) {
            return stuckBytes() > mostBytes();
        }
        if (stuckBytes() + Math.min(value.byteSize(), budget) > mostBytes()) {
            // The time has come to know.
            value.spill(directory);
        }
        return value.isStuck();
    }

    private LazuliException refused(StoredResult result, @Nullable ValueResult value) {
        String type = value == null ? "a small value" : value.type();
        String hint = value == null ? " or fewer of them" : ", make the type a record of plain values";
        return Errors.heapBudgetExceeded(
                result.key, type, result.byteSize(), stuck.get() + small.exactly(), budget, hint);
    }

    /// Small and stuck, each value by at most the whole budget.
    private long stuckBytes() {
        return small.roughly() + stuck.get() - oversize.get();
    }

    private long mostBytes() {
        return budget + budget / 2;
    }

    /// What is left of the budget for values that can be spilled: never nothing, or each would be written at once.
    private long room() {
        return Math.max(budget - stuckBytes(), budget / STEPS);
    }

    private boolean isOver() {
        return spillable.get() > room() + tolerated;
    }

    /// Spills what is over the budget. Errors: RESOURCE if it cannot be written.
    private void relieve() {
        if (!isOver()) {
            return;
        }
        spilling.lock();
        try {
            if (isOver()) {
                spill(room());
            }
        } finally {
            spilling.unlock();
        }
    }

    /// Writes everything that nobody uses now. Errors: RESOURCE if that fails.
    void spillAll() {
        spilling.lock();
        try {
            spill(0);
        } finally {
            spilling.unlock();
        }
    }

    private void spill(long target) {
        Deque<SpillableResult> inUse = new ArrayDeque<>();
        try {
            while (spillable.get() > target && order.poll() instanceof ValueResult result) {
                inUse.add(result);
                if (result.spill(directory) != ValueResult.Outcome.IN_USE) {
                    inUse.removeLast();
                }
            }
        } finally {
            inUse.forEach(order::add);
            long over = spillable.get() - room();
            tolerated = over > 0 ? over + budget / STEPS : 0;
        }
    }

    /// A value was decoded and is in memory again; makes room, as far as the disk lets it.
    void readBack(ValueResult result) {
        order.add(result);
        try {
            relieve();
        } catch (LazuliException e) {
            // Its reader has its value. If the disk has failed, the next value that is put will tell.
            return;
        }
    }

    /// A value that could be spilled has left the memory.
    void spilled(long bytes) {
        spillable.addAndGet(-bytes);
        if (tolerated > 0 && spillable.get() <= room()) {
            tolerated = 0;
        }
    }

    void unspilled(long bytes) {
        spillable.addAndGet(bytes);
    }

    /// A value in memory has turned out not to be spillable.
    void stuck(long bytes) {
        spillable.addAndGet(-bytes);
        stuck.addAndGet(bytes);
        oversize.addAndGet(Math.max(0, bytes - budget));
    }

    void dropStuck(long bytes) {
        stuck.addAndGet(-bytes);
        oversize.addAndGet(-Math.max(0, bytes - budget));
    }

    void dropSmall(long bytes) {
        small.add(-bytes);
    }
}
