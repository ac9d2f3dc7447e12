package io.lazuli.scheduler.internal.store;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/// File access by threads that others may interrupt: an interrupt closes the file under the reader, which is no fault of the
/// file. So it is started again, and the interrupt kept for later.
final class UninterruptedAccess {
    private UninterruptedAccess() {}

    /// May be called again after a failure.
    interface Access<T> {
        T run() throws IOException;
    }

    static <T> T run(Access<T> access) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return access.run();
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
