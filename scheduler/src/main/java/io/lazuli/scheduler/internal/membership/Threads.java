package io.lazuli.scheduler.internal.membership;

/// Ends of threads.
final class Threads {
    private static final long LONGEST_MILLIS = 10_000;

    private Threads() {}

    /// Waits until `thread` has ended, but not for ever. An interrupt is kept for the caller to see.
    static void join(Thread thread) {
        try {
            thread.join(LONGEST_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
