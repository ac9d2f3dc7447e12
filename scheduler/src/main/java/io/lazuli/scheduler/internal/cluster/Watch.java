package io.lazuli.scheduler.internal.cluster;

import io.lazuli.scheduler.event.EventBlock;
import io.lazuli.scheduler.event.EventSubscriber;
import io.lazuli.scheduler.internal.wire.ToClient;
import java.util.function.Consumer;

/// A subscription of a client to the events of the cluster, at the scheduler: sends blocks as fast as the client handles them.
///
/// What the client is not ready for waits in the queue of the subscription, which is bounded. Its thread is the only one that waits.
final class Watch implements EventSubscriber {
    private final long number;
    private final long windowBytes;
    private final Consumer<ToClient> say;
    /// Guarded by this, as the next two.
    private long sentBytes;
    private long handledBytes;
    private boolean isAbandoned;

    /// @param windowBytes that may be on the way
    /// @param say         takes the lock that it needs
    Watch(long number, long windowBytes, Consumer<ToClient> say) {
        this.number = number;
        this.windowBytes = windowBytes;
        this.say = say;
    }

    @Override
    public void accept(EventBlock block) {
        if (awaitRoom()) {
            byte[] bytes = block.toBytes();
            synchronized (this) {
                sentBytes += bytes.length;
            }
            say.accept(new ToClient.Happened(number, bytes));
        }
    }

    /// False if nobody hears it any more.
    private synchronized boolean awaitRoom() {
        try {
            while (!isAbandoned && sentBytes - handledBytes >= windowBytes) {
                wait();
            }
        } catch (InterruptedException e) {
            isAbandoned = true;
        }
        return !isAbandoned;
    }

    /// The client has handled so many bytes in all.
    synchronized void handled(long bytes) {
        handledBytes = Math.max(handledBytes, bytes);
        notifyAll();
    }

    /// The client wants nothing more, not even what waits.
    synchronized void abandon() {
        isAbandoned = true;
        notifyAll();
    }

    @Override
    public void end() {
        say.accept(new ToClient.WatchEnded(number));
    }
}
