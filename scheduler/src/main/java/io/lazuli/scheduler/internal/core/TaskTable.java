package io.lazuli.scheduler.internal.core;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// The state of every task, in flat arrays indexed by id: 22 bytes a task. A job owns a range of consecutive ids from its
/// submission until nothing of it is left; then the range is used again.
final class TaskTable {
    /// Ordinal of the [TaskStatus].
    byte[] status = new byte[0];
    /// Which try at this id it is: goes up when a task fails, is given or taken back or its result is lost, and when the id passes to
    /// another job, so that no late word can be mistaken for one about the current try. Unsigned, and starts over.
    short[] attempt = new short[0];
    /// Index of the worker that has it (LEASED) or holds its result (IN_MEMORY).
    short[] holder = new short[0];
    /// Bits below.
    byte[] flags = new byte[0];
    /// Inputs still missing: tasks, or whole layers behind a barrier. Zero unless WAITING.
    int[] missing = new int[0];
    /// Uses still to come: consumers, whole consumer layers behind a barrier, and the client.
    int[] uses = new int[0];
    /// Slot of the task's layer in the core.
    int[] layer = new int[0];

    /// Size of its result, rounded up; means nothing before that exists.
    int[] kibibytes = new int[0];

    /// Its measures are in the layer's sums.
    static final int COUNTED = 1;
    /// It has been LEASED for a while and is known to run.
    static final int RUNS_LONG = 2;
    /// It is to run with nothing beside it.
    static final int SUSPECT = 4;
    /// The measures of what it expanded to are in the layer's sums.
    static final int ADOPTED = 8;
    /// The client has it.
    static final int TAKEN = 16;
    /// Its worker was asked to give it back, unless it had started.
    static final int RECALLED = 32;

    /// Free ranges: first id -> length. No two touch.
    private final TreeMap<Integer, Integer> free = new TreeMap<>();

    TaskStatus status(int task) {
        return TaskStatus.ALL[status[task]];
    }

    int attempt(int task) {
        return attempt[task] & Entries.LARGEST_ATTEMPT;
    }

    boolean has(int task, int flag) {
        return (flags[task] & flag) != 0;
    }

    void set(int task, int flag) {
        flags[task] |= (byte) flag;
    }

    void clear(int task, int flag) {
        flags[task] &= (byte) ~flag;
    }

    void measured(int task, long bytes) {
        kibibytes[task] = (int) Math.min((bytes + 1023) >>> 10, Integer.MAX_VALUE);
    }

    int capacity() {
        return status.length;
    }

    /// The first id of `count` consecutive free ones, the lowest there is.
    int allocate(int count) {
        for (Map.Entry<Integer, Integer> range : free.entrySet()) {
            if (range.getValue() >= count) {
                return take(range.getKey(), range.getValue(), count);
            }
        }
        grow(count);
        Map.Entry<Integer, Integer> last = free.lastEntry();
        return take(last.getKey(), last.getValue(), count);
    }

    void release(int first, int count) {
        for (int task = first; task < first + count; task++) {
            attempt[task]++;
        }
        free(first, count);
    }

    private void free(int first, int count) {
        Map.Entry<Integer, Integer> before = free.floorEntry(first);
        Integer after = free.remove(first + count);
        int length = count + (after == null ? 0 : after);
        if (before != null && before.getKey() + before.getValue() == first) {
            free.put(before.getKey(), before.getValue() + length);
        } else {
            free.put(first, length);
        }
    }

    private int take(int first, int length, int count) {
        free.remove(first);
        if (length > count) {
            free.put(first + count, length - count);
        }
        return first;
    }

    private void grow(int count) {
        int old = status.length;
        int size = Math.max(Math.addExact(old, count), (int) Math.min(2L * old, Integer.MAX_VALUE - 8));
        status = Arrays.copyOf(status, size);
        attempt = Arrays.copyOf(attempt, size);
        holder = Arrays.copyOf(holder, size);
        flags = Arrays.copyOf(flags, size);
        missing = Arrays.copyOf(missing, size);
        uses = Arrays.copyOf(uses, size);
        layer = Arrays.copyOf(layer, size);
        kibibytes = Arrays.copyOf(kibibytes, size);
        free(old, size - old);
    }
}
