package io.lazuli.scheduler.internal.cluster;

import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.event.Delivery;
import io.lazuli.scheduler.event.EventStream;
import io.lazuli.scheduler.event.EventSubscriber;
import io.lazuli.scheduler.event.EventSubscription;
import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.wire.FromClient;
import io.lazuli.scheduler.internal.wire.ToClient;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The events of a cluster, of all its clients' jobs, as one client hears them. Each subscriber has a subscription at the scheduler.
final class RemoteEvents implements EventStream {
    private final RemoteEngine engine;
    /// Those that have not ended, by number. Guarded by the engine's lock, as the next.
    private final Map<Long, RemoteSubscription> subscriptions = new LinkedHashMap<>();
    private long lastWatch;
    /// Null until it was asked for.
    private volatile @Nullable Clock clock;

    /// @param opened      when the scheduler was
    /// @param originNanos of this process' clock, when the scheduler was opened
    private record Clock(Instant opened, long originNanos) {
        static Clock of(ToClient.TimeIs time, long askedNanos) {
            long now = System.nanoTime();
            return new Clock(
                    Instant.ofEpochSecond(time.openedSecond(), time.openedNano()),
                    now - (now - askedNanos) / 2 - time.nanos());
        }
    }

    RemoteEvents(RemoteEngine engine) {
        this.engine = engine;
    }

    /// Asks the scheduler, once. Errors: RESOURCE if it is gone.
    private Clock clock() {
        Clock known = clock;
        if (known == null) {
            long asked = System.nanoTime();
            known = Clock.of((ToClient.TimeIs) engine.request(FromClient.AskedTime::new), asked);
            clock = known;
        }
        return known;
    }

    @Override
    public Instant opened() {
        return clock().opened;
    }

    @Override
    public long nanos() {
        return System.nanoTime() - clock().originNanos;
    }

    @Override
    public EventSubscription subscribe(EventSubscriber subscriber, Delivery delivery) {
        clock();
        RemoteSubscription subscription = engine.locked(() -> {
            long number = ++lastWatch;
            RemoteSubscription added = new RemoteSubscription(this, number, subscriber, delivery);
            subscriptions.put(number, added);
            return added;
        });
        try {
            engine.request(request -> new FromClient.Watched(
                    request, subscription.number(), delivery == Delivery.LOSSLESS, subscription.windowBytes()));
        } catch (LazuliException e) {
            unwatch(subscription, false);
            throw e;
        }
        subscription.start();
        return subscription;
    }

    /// With the engine's lock.
    void hear(ToClient.OfEvents message) {
        switch (message) {
            case ToClient.Happened(long watch, byte[] block) -> {
                RemoteSubscription subscription = subscriptions.get(watch);
                if (subscription != null) {
                    subscription.happened(block);
                }
            }
            case ToClient.WatchEnded(long watch) -> {
                RemoteSubscription subscription = subscriptions.remove(watch);
                if (subscription != null) {
                    subscription.finished();
                }
            }
        }
    }

    /// Nothing will come any more. With the engine's lock.
    void lose(LazuliException why) {
        subscriptions.values().forEach(subscription -> subscription.lost(why));
        subscriptions.clear();
    }

    /// Another scheduler tells from now on, of another time: who listened to the one before hears no more. With the engine's lock.
    void startOver() {
        clock = null;
        lose(Errors.eventsOfAnother());
    }

    /// Tells the scheduler what was handled.
    void handled(RemoteSubscription subscription, long bytes) {
        say(new FromClient.Handled(subscription.number(), bytes));
    }

    /// @param wantsRest what has happened so far is to come still
    void unwatch(RemoteSubscription subscription, boolean wantsRest) {
        engine.locked(() -> {
            engine.say(new FromClient.Unwatched(subscription.number(), wantsRest));
            return wantsRest || subscriptions.remove(subscription.number(), subscription);
        });
    }

    private void say(FromClient message) {
        engine.locked(() -> {
            engine.say(message);
            return true;
        });
    }

    /// Number of the last block so far.
    long last() {
        return ((ToClient.LastIs) engine.request(FromClient.AskedLast::new)).sequence();
    }

    private List<RemoteSubscription> all() {
        return engine.locked(() -> List.copyOf(subscriptions.values()));
    }

    /// Waits while a subscriber that must not miss anything lags. Without the lock.
    void awaitAdmission() {
        List<RemoteSubscription> all = all();
        // Subscribers wait for nobody, or two of them could wait for each other.
        if (all.stream().noneMatch(RemoteSubscription::isCurrentThread)) {
            all.forEach(RemoteSubscription::awaitRoom);
        }
    }

    /// The engine is about to close: its subscribers hear what has happened so far, and that it is closed.
    void close() {
        List<RemoteSubscription> all = all();
        all.forEach(RemoteSubscription::endWithEngine);
        all.forEach(RemoteSubscription::awaitEnd);
    }
}
