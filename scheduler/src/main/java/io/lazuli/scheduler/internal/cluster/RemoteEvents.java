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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The events of a cluster, of all its clients' jobs, as one client hears them. Each subscriber has a watch at the scheduler, and
/// another one at the scheduler that takes over.
final class RemoteEvents implements EventStream {
    private final RemoteEngine engine;
    /// Those that have not ended, by the number of their watch at the scheduler that is there now. Guarded by the engine's lock, as
    /// the next two.
    private final Map<Long, RemoteSubscription> subscriptions = new LinkedHashMap<>();
    /// Not answered, by request.
    private final Map<Long, Question> questions = new HashMap<>();
    /// No two watches have the same number, whichever schedulers they are at.
    private long lastWatch;
    /// Null until it was asked for. While there are subscriptions, that of the scheduler that they were told of last.
    private volatile @Nullable Clock clock;

    /// That a scheduler answers with its time.
    ///
    /// @param subscription whose watch is to be opened; empty if somebody waits for the answer
    private record Question(long askedNanos, Optional<RemoteSubscription> subscription) {}

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
        while (known == null) {
            engine.requests().request(number -> {
                questions.put(number, new Question(System.nanoTime(), Optional.empty()));
                return new FromClient.AskedTime(number);
            });
            known = clock;
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
        RemoteSubscription subscription = new RemoteSubscription(this, subscriber, delivery);
        try {
            engine.locked(() -> {
                engine.checkOpen();
                watch(subscription);
                return true;
            });
            engine.await(subscription::answer);
        } catch (InterruptedException e) {
            unwatch(subscription, false);
            Thread.currentThread().interrupt();
            throw Errors.interrupted("subscribing to events");
        } catch (LazuliException e) {
            unwatch(subscription, false);
            throw e;
        }
        subscription.start();
        return subscription;
    }

    /// Has the scheduler open a watch. With the engine's lock.
    private void watch(RemoteSubscription subscription) {
        long request = engine.requests().next();
        long number = ++lastWatch;
        subscription.watchedAs(number);
        subscriptions.put(number, subscription);
        questions.put(request, new Question(System.nanoTime(), Optional.of(subscription)));
        engine.say(new FromClient.Watched(
                request, number, subscription.delivery() == Delivery.LOSSLESS, subscription.windowBytes()));
    }

    /// The scheduler has told its time; true if nobody waits for that. With the engine's lock, as the next.
    boolean opened(ToClient.TimeIs time) {
        Question question = questions.remove(time.request());
        if (question == null) {
            return true;
        }
        Clock told = Clock.of(time, question.askedNanos);
        clock = told;
        question.subscription.ifPresent(subscription -> subscription.opened(engine.term(), told.opened));
        return question.subscription.isPresent();
    }

    /// The scheduler refuses something; false if that was no watch.
    boolean refused(ToClient.Refused refusal) {
        Optional<RemoteSubscription> refused =
                Optional.ofNullable(questions.remove(refusal.request())).flatMap(Question::subscription);
        refused.ifPresent(subscription -> {
            subscriptions.remove(subscription.watch(), subscription);
            subscription.lost(refusal.why().toLazuliException());
        });
        return refused.isPresent();
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

    /// Another scheduler tells from now on, of another time. Who wants to hear no more has heard all that will come of the one
    /// before. With the engine's lock.
    void startOver() {
        List<RemoteSubscription> all = List.copyOf(subscriptions.values());
        subscriptions.clear();
        questions.clear();
        if (all.isEmpty()) {
            clock = null;
        }
        for (RemoteSubscription subscription : all) {
            if (subscription.isEnding()) {
                subscription.finished();
            } else {
                watch(subscription);
            }
        }
    }

    /// Tells the scheduler what was handled.
    ///
    /// @param watch of which: one that has passed is nobody's any more
    void handled(long watch, long bytes) {
        engine.locked(() -> {
            engine.say(new FromClient.Handled(watch, bytes));
            return true;
        });
    }

    /// @param wantsRest what has happened so far is to come still
    void unwatch(RemoteSubscription subscription, boolean wantsRest) {
        engine.locked(() -> {
            engine.say(new FromClient.Unwatched(subscription.watch(), wantsRest));
            return wantsRest || subscriptions.remove(subscription.watch(), subscription);
        });
    }

    /// The last block so far: the number that it has in the stream of the scheduler of a term.
    Requests.Answer last() {
        return engine.requests().answer(FromClient.AskedLast::new);
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
