package io.lazuli.scheduler.internal.cluster;

import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.event.Delivery;
import io.lazuli.scheduler.event.EventSubscription;
import io.lazuli.scheduler.internal.event.EventPublisher;
import io.lazuli.scheduler.internal.wire.FromClient;
import io.lazuli.scheduler.internal.wire.RemoteFailure;
import io.lazuli.scheduler.internal.wire.ToClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// What clients want to hear of the events of the cluster. Guarded by the shell's lock.
///
/// ```
///   EventPublisher --blocks--> bounded queue --> Watch --as fast as the client handles them--> RemoteSubscription
/// ```
final class Watches {
    /// A client that asks for more gets this.
    private static final long LARGEST_WINDOW_BYTES = 8 << 20;

    private final EventPublisher events;
    private final Consumer<Runnable> turn;
    private final Map<Name, Entry> watches = new LinkedHashMap<>();
    /// What was asked for, until all that was said before is decided.
    private final List<Runnable> asked = new ArrayList<>();
    private boolean closed;

    private record Name(int client, long watch) {}

    private record Entry(Watch watch, EventSubscription subscription) {}

    /// @param turn runs something with the lock, and sends what it says; by any thread
    Watches(EventPublisher events, Consumer<Runnable> turn) {
        this.events = events;
        this.turn = turn;
    }

    void hear(ClientPeer speaker, FromClient.OfEvents message) {
        switch (message) {
            case FromClient.AskedTime(long request) -> asked.add(() -> speaker.say(time(request)));
            case FromClient.Watched watched -> asked.add(() -> open(speaker, watched));
            case FromClient.Handled(long watch, long bytes) -> {
                Entry entry = watches.get(new Name(speaker.number(), watch));
                if (entry != null) {
                    entry.watch.handled(bytes);
                }
            }
            case FromClient.AskedLast(long request) ->
                asked.add(() -> speaker.say(new ToClient.LastIs(request, events.flush())));
            case FromClient.Unwatched(long watch, boolean wantsRest) ->
                asked.add(() -> close(new Name(speaker.number(), watch), wantsRest));
        }
    }

    private ToClient.TimeIs time(long request) {
        Instant opened = events.opened();
        return new ToClient.TimeIs(request, opened.getEpochSecond(), opened.getNano(), events.nanos());
    }

    private void open(ClientPeer client, FromClient.Watched watched) {
        if (closed) {
            return;
        }
        Watch watch = new Watch(
                watched.watch(), Math.min(watched.windowBytes(), LARGEST_WINDOW_BYTES),
                message -> turn.accept(() -> client.say(message)));
        try {
            EventSubscription subscription =
                    events.subscribe(watch, watched.isLossless() ? Delivery.LOSSLESS : Delivery.LOSSY);
            watches.put(new Name(client.number(), watched.watch()), new Entry(watch, subscription));
            client.say(time(watched.request()));
        } catch (LazuliException e) {
            client.say(new ToClient.Refused(watched.request(), RemoteFailure.of(e)));
        }
    }

    /// Ending waits for the watch's thread, which may wait for the lock.
    private void close(Name name, boolean wantsRest) {
        Entry entry = watches.get(name);
        if (entry == null) {
            return;
        }
        if (!wantsRest) {
            entry.watch.abandon();
        }
        Thread.ofVirtual().name("lazuli-unwatch").start(() -> {
            entry.subscription.close();
            turn.accept(() -> watches.remove(name, entry));
        });
    }

    /// Does what was asked for. Everything that was said so far is decided.
    void settle() {
        if (!asked.isEmpty()) {
            List<Runnable> now = List.copyOf(asked);
            asked.clear();
            now.forEach(Runnable::run);
        }
    }

    /// The client is gone.
    void leave(ClientPeer client) {
        watches.keySet().stream().filter(name -> name.client == client.number()).toList()
                .forEach(name -> close(name, false));
    }

    /// Nobody waits for a client when the events end.
    void close() {
        closed = true;
        watches.values().forEach(entry -> entry.watch.abandon());
    }
}
