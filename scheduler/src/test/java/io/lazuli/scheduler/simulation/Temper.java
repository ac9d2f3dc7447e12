package io.lazuli.scheduler.simulation;

/// How a task behaves that is not like the others.
sealed interface Temper {
    /// Takes its time, then returns its result.
    record Plain() implements Temper {}

    /// Fails the first `times` times.
    record Flaky(int times) implements Temper {}

    /// Fails always.
    record Broken(boolean retryable) implements Temper {}

    /// Does not end by itself, but when it is interrupted; a stubborn one not even then, for a long while.
    record Endless(boolean stubborn) implements Temper {}

    /// Kills its worker the first `times` times.
    record Deadly(int times) implements Temper {
        static final int ALWAYS = Integer.MAX_VALUE;
    }

    /// Wants more memory than it said.
    record Greedy(long extraBytes) implements Temper {}

    /// Claims to have taken fewer rows from its exchanges than it was given.
    record Leaky() implements Temper {}

    /// Returns a graph in place of its result; that may do the same, so many times.
    record Expanding(int depth) implements Temper {}

    /// Waits in the middle for something else, while its thread may run other tasks.
    record Waiting() implements Temper {}

    /// Returns its only input.
    record Passing() implements Temper {}

    Temper PLAIN = new Plain();
}
