package io.lazuli.scheduler.event;

import java.util.Optional;

/// Somebody hears of an engine, until this is closed or the engine is.
public interface EventSubscription extends AutoCloseable {
    /// Waits until the subscriber has handled everything that has happened before the call, or its subscription has ended.
    /// Not for the subscriber itself.
    void sync();

    /// Blocks that the subscriber missed for being slow.
    long droppedBlockCount();

    /// What the subscriber threw, which ended its subscription.
    Optional<Throwable> failure();

    /// Ends it: the subscriber handles what has happened so far, then hears [EventSubscriber#end].
    @Override
    void close();
}
