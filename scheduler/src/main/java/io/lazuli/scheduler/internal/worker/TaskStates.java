package io.lazuli.scheduler.internal.worker;

import java.util.Arrays;

/// What a worker knows of each task, by id: 3 bytes a task.
final class TaskStates {
    /// Not in this worker's hands, and no result of it here.
    static final byte ABSENT = 0;
    /// Leased; its inputs may still be on their way.
    static final byte QUEUED = 1;
    /// A thread has it.
    static final byte STARTED = 2;
    /// Leased; waits for memory.
    static final byte DEFERRED = 3;
    /// Leased; waits to be alone.
    static final byte STARVED = 4;
    /// Its result is here.
    static final byte HELD = 5;

    private byte[] state = new byte[0];
    /// The attempt that the state is about.
    private short[] attempt = new short[0];

    void ensureCapacity(int capacity) {
        if (capacity > state.length) {
            int size = Math.max(capacity, (int) Math.min(2L * state.length, Integer.MAX_VALUE - 8));
            state = Arrays.copyOf(state, size);
            attempt = Arrays.copyOf(attempt, size);
        }
    }

    void set(int task, byte state, int attempt) {
        this.state[task] = state;
        this.attempt[task] = (short) attempt;
    }

    boolean is(int task, byte state) {
        return task < this.state.length && this.state[task] == state;
    }

    boolean isLeased(int task) {
        return task < state.length && state[task] >= QUEUED && state[task] <= STARVED;
    }

    int attempt(int task) {
        return task < attempt.length ? attempt[task] & 0xffff : 0;
    }

    /// Tasks that are not absent. Costs O(capacity).
    int count() {
        int count = 0;
        for (byte s : state) {
            count += s == ABSENT ? 0 : 1;
        }
        return count;
    }

    int capacity() {
        return state.length;
    }
}
