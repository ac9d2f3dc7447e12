package io.lazuli.scheduler.event;

import java.time.Instant;
import java.util.List;

/// The events of one engine, in order, for any number of subscribers. Nobody listening costs nothing.
///
/// In a cluster they are the events of the scheduler that leads. When another one takes over, subscriptions go on there, see
/// [EventSubscriber#startOver].
public interface EventStream {
    /// When the engine, or the scheduler that leads, was opened: where the times of its events count from.
    Instant opened();

    /// Nanoseconds since then.
    long nanos();

    /// Connections that the engine's processes have refused, as far as is known here; none for an engine that listens nowhere.
    default List<RefusalCount> refusals() {
        return List.of();
    }

    /// Lets `subscriber` hear all events from now on, first of all where all living jobs are.
    ///
    /// **Errors.** USER if the engine is closed.
    EventSubscription subscribe(EventSubscriber subscriber, Delivery delivery);
}
