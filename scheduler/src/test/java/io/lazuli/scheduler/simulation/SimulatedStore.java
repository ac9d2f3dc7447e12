package io.lazuli.scheduler.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// The results that one worker's process holds, own ones and copies, and its byte accountant. What does not fit into memory
/// is written to disk, the oldest first; what is on disk is read without memory.
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
    /// By task and attempt.
    private final TreeMap<Long, Stored> results = new TreeMap<>();
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

    private static long key(int task, int attempt) {
        return (long) task << 16 | attempt;
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

    /// Keeps a result. False if there is room neither in memory nor on disk.
    boolean put(int task, int attempt, Value value, boolean mayExceed) {
        remove(task, attempt);
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
        stored.names = 1;
        results.put(key(task, attempt), stored);
        return true;
    }

    /// Keeps the newest result of `source` under another name too. False if there is none.
    boolean adopt(int task, int attempt, int source) {
        int newest = newestAttempt(source);
        if (newest < 0) {
            return false;
        }
        remove(task, attempt);
        Stored stored = results.get(key(source, newest));
        stored.names++;
        results.put(key(task, attempt), stored);
        return true;
    }

    boolean has(int task, int attempt) {
        return results.containsKey(key(task, attempt));
    }

    /// Which attempt of the task the newest result is of; -1 if there is none.
    int newestAttempt(int task) {
        Long key = results.floorKey(key(task, 0xffff));
        return key != null && key >>> 16 == task ? (int) (key & 0xffff) : -1;
    }

    /// Null if it cannot be read.
    Value read(int task, int attempt) {
        Stored stored = results.get(key(task, attempt));
        if (stored.isOnDisk && !disk.reads(stored.isDamaged)) {
            return null;
        }
        return stored.value;
    }

    /// A name of a result.
    interface NameAction {
        void accept(int task, int attempt);
    }

    /// All names under which that result is kept.
    void forEachName(int task, int attempt, NameAction action) {
        Stored stored = results.get(key(task, attempt));
        results.forEach((key, other) -> {
            if (other == stored) {
                action.accept((int) (key >>> 16), (int) (key & 0xffff));
            }
        });
    }

    boolean remove(int task, int attempt) {
        Stored stored = results.remove(key(task, attempt));
        if (stored != null && --stored.names == 0) {
            if (stored.isOnDisk) {
                disk.delete(stored.value.bytes());
            } else {
                inMemory.remove(stored);
                release(stored.value.bytes());
            }
        }
        return stored != null;
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
        return results.subMap(key(first, 0), key(end, 0)).keySet().stream()
                .map(key -> (key >>> 16) + "/" + (key & 0xffff)).toList();
    }
}
