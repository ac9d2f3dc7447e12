package io.lazuli.scheduler.event;

/// Hears the events of an engine, from one thread of its own. What it throws ends its subscription, and nothing else.
@FunctionalInterface
public interface EventSubscriber {
    void accept(EventBlock block);

    /// There is nothing more for the moment: a good time to write to disk what was gathered.
    default void pause() {}

    /// There is nothing more to come. Called once, whatever happened before.
    default void end() {}
}
