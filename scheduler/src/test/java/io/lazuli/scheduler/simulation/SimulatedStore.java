package io.lazuli.scheduler.simulation;

import io.lazuli.scheduler.internal.compute.KeptAttempts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The results that one worker's process holds, own ones and copies, and its byte accountant. What does not fit into memory
/// is written to disk, the oldest first; what is on disk is read without memory. As in a worker, a task's name stands for one result
/// at a time, whatever attempt it is of.
final class SimulatedStore {
    /// A result, under one name or several.
    private static final class Stored {
        final Value value;
        /// Names that it is kept under.
        int names;
        boolean isOnDisk;
        boolean isDamaged;

        Stored(Value value) {
            this.value = value;
        }
    }

    private final World world;
    private final Disk disk;
    private final long budget;
    /// By task.
    private final TreeMap<Integer, Stored> results = new TreeMap<>();
    private final KeptAttempts kept = new KeptAttempts.ByTask();
    /// By task: of which attempt its result is.
    private final Map<Integer, Integer> attempts = new HashMap<>();
    /// In memory, the oldest first.
    private final List<Stored> inMemory = new ArrayList<>();
    /// Bytes in memory and of grants; at most `budget + excess`.
    private long used;
    /// What the results of forced tasks have taken beyond the budget.
    private long excess;
    /// What writing has taken since somebody asked last.
    private long writingNanos;

    SimulatedStore(World world, Disk disk) {
        this.world = world;
        this.disk = disk;
        this.budget = world.scenario.workerBytes();
    }

    /// True if `bytes` more are in the budget, for which others may have been written to disk.
    boolean reserve(long bytes) {
        while (used + bytes > budget && spillOldest()) {
            continue;
        }
        if (used + bytes > budget) {
            return false;
        }
        used += bytes;
        return true;
    }

    /// What is left of the budget, at most `bytes`.
    long reserveSome(long bytes) {
        long some = Math.max(0, Math.min(bytes, budget - used));
        used += some;
        return some;
    }

    void release(long bytes) {
        used -= bytes;
        excess = Math.clamp(used - budget, 0, excess);
        World.check(used >= 0, "more released than reserved: %d", used);
    }

    boolean spillOldest() {
        for (Stored stored : inMemory) {
            if (disk.write(stored.value.bytes())) {
                writingNanos += disk.nanos(stored.value.bytes());
                stored.isOnDisk = true;
                stored.isDamaged = disk.isCorrupt;
                inMemory.remove(stored);
                release(stored.value.bytes());
                return true;
            }
        }
        return false;
    }

    /// Keeps a result, in place of another attempt's. False if there is room neither in memory nor on disk.
    boolean put(int task, int attempt, Value value, boolean mayExceed) {
        clear(task);
        Stored stored = new Stored(value);
        if (reserve(value.bytes())) {
            inMemory.add(stored);
        } else if (disk.write(value.bytes())) {
            stored.isOnDisk = true;
            stored.isDamaged = disk.isCorrupt;
        } else if (mayExceed) {
            used += value.bytes();
            excess = used - budget;
            inMemory.add(stored);
        } else {
            return false;
        }
        name(task, attempt, stored);
        return true;
    }

    /// Keeps the result of `source` under another name too. False if there is none.
    boolean adopt(int task, int attempt, int source) {
        Stored stored = results.get(source);
        if (stored == null) {
            return false;
        }
        clear(task);
        name(task, attempt, stored);
        return true;
    }

    private void name(int task, int attempt, Stored stored) {
        stored.names++;
        results.put(task, stored);
        attempts.put(task, attempt);
        kept.put(task, attempt);
    }

    private void clear(int task) {
        if (kept.replaces(task)) {
            remove(task, attempts.get(task));
        }
    }

    boolean has(int task, int attempt) {
        return attempt(task) == attempt;
    }

    /// Which attempt of the task the result is of; -1 if there is none.
    int attempt(int task) {
        return attempts.getOrDefault(task, -1);
    }

    /// Null if it cannot be read.
    Value read(int task) {
        Stored stored = results.get(task);
        if (stored.isOnDisk && !disk.reads(stored.isDamaged)) {
            return null;
        }
        return stored.value;
    }

    /// A name of a result.
    interface NameAction {
        void accept(int task, int attempt);
    }

    /// All names under which the task's result is kept.
    void forEachName(int task, NameAction action) {
        Stored stored = results.get(task);
        results.forEach((name, other) -> {
            if (other == stored) {
                action.accept(name, attempts.get(name));
            }
        });
    }

    /// Drops the result, if it is that attempt's.
    void remove(int task, int attempt) {
        if (!kept.remove(task, attempt)) {
            return;
        }
        attempts.remove(task);
        Stored stored = results.remove(task);
        if (--stored.names == 0) {
            if (stored.isOnDisk) {
                disk.delete(stored.value.bytes());
            } else {
                inMemory.remove(stored);
                release(stored.value.bytes());
            }
        }
    }

    /// What writing has taken since the last call.
    long takeWritingNanos() {
        long nanos = writingNanos;
        writingNanos = 0;
        return nanos;
    }

    /// True while forced tasks have taken more than the budget.
    boolean hasExcess() {
        return excess > 0;
    }

    boolean isOverBudget() {
        return used > budget + excess;
    }

    long used() {
        return used;
    }

    boolean isEmpty() {
        return results.isEmpty();
    }

    /// Task and attempt of what is held of tasks from `first` up to `end`, for messages.
    List<String> names(int first, int end) {
        return results.subMap(first, end).keySet().stream().map(task -> task + "/" + attempts.get(task)).toList();
    }
}
