package io.lazuli.scheduler.internal.compute;

import java.util.Arrays;

/// Of which attempt the result is that the store has under a task's name. Where workers are lost and found again, two attempts of a
/// task may end in the same one: the later is kept, and what is said of the earlier must not touch it.
public sealed interface KeptAttempts {
    /// For a worker that is the only one: its scheduler sees to it that there is one attempt at a time.
    KeptAttempts UNTOLD = new Untold();

    /// True if the result under the task's name is that attempt's: it is to be removed, and is not counted as there any more.
    boolean remove(int task, int attempt);

    /// True if there is a result under the task's name, which another is about to replace.
    boolean replaces(int task);

    void put(int task, int attempt);

    /// Knows nothing, and takes whatever is said to be about what is there.
    record Untold() implements KeptAttempts {
        @Override
        public boolean remove(int task, int attempt) {
            return true;
        }

        @Override
        public boolean replaces(int task) {
            return false;
        }

        @Override
        public void put(int task, int attempt) {
            // What is there is what the scheduler means.
        }
    }

    /// Four bytes a task.
    final class ByTask implements KeptAttempts {
        /// By task; one more than the attempt, zero if there is no result.
        private int[] attempts = new int[0];

        @Override
        public boolean remove(int task, int attempt) {
            boolean is = task < attempts.length && attempts[task] == attempt + 1;
            if (is) {
                attempts[task] = 0;
            }
            return is;
        }

        @Override
        public boolean replaces(int task) {
            return task < attempts.length && attempts[task] > 0;
        }

        @Override
        public void put(int task, int attempt) {
            if (task >= attempts.length) {
                attempts = Arrays.copyOf(attempts, Math.max(task + 1, 2 * attempts.length));
            }
            attempts[task] = attempt + 1;
        }
    }
}
