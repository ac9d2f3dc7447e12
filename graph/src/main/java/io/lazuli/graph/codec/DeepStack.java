package io.lazuli.graph.codec;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where values are written and read that are too deep for the stack of whoever asks: a thread with a large one.
///
/// Work begins on the caller's stack, which takes all values but the rarest, and throws [Exceeded] where it would go deeper than
/// [#SHALLOW]. Then it is done again from the start on the large stack. So a value costs at most twice what it would, whatever
/// its shape, and one that is not deep costs nothing more.
final class DeepStack {
    /// Levels that any thread has room for: at most a quarter of a megabyte.
    static final int SHALLOW = 200;

    /// Levels for which the large stack is made, each of some 100 to 1,000 bytes.
    static final int DEEPEST = 20_000;

    /// Address space; only what is used becomes memory.
    private static final long STACK_BYTES = 128 << 20;

    private DeepStack() {}

    /// A value goes deeper than [#SHALLOW].
    static final class Exceeded extends RuntimeException {
        private static final long serialVersionUID = 1;

        Exceeded() {
            super(null, null, false, false);
        }
    }

    /// What `work` gives or throws on a large stack, with the caller's context class loader. Waits for it even if interrupted,
    /// which is kept.
    static <T> @Nullable T call(Supplier<@Nullable T> work) {
        AtomicReference<@Nullable T> result = new AtomicReference<>();
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Thread thread = new Thread(null, () -> {
            try {
                result.set(work.get());
            } catch (Throwable e) {
                failure.set(e);
            }
        }, "lazuli-deep-value", STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        join(thread);
        switch (failure.get()) {
            case null -> {
                return result.get();
            }
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException("a checked exception from a supplier", e);
        }
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
