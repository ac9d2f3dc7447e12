package io.lazuli.scheduler.internal.store;

/// How threads are spread over the parts of what they share: a few more parts than processors, a power of two.
final class Stripes {
    private static final int MOST = 64;
    private static final int COUNT =
            Integer.highestOneBit(2 * Math.clamp(2L * Runtime.getRuntime().availableProcessors(), 1, MOST) - 1);

    private Stripes() {}

    static int count() {
        return COUNT;
    }

    /// The part of the calling thread, below [#count].
    static int own() {
        return (int) Thread.currentThread().threadId() & COUNT - 1;
    }
}
