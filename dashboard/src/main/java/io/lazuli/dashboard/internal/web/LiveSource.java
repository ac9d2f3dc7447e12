package io.lazuli.dashboard.internal.web;

import io.lazuli.dashboard.internal.model.RunModel;
import io.lazuli.scheduler.event.Delivery;
import io.lazuli.scheduler.event.EventBlock;
import io.lazuli.scheduler.event.EventStream;
import io.lazuli.scheduler.event.EventSubscriber;
import io.lazuli.scheduler.event.EventSubscription;
import io.lazuli.scheduler.event.RefusalCount;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// An engine that runs. Its events are read once, as by a viewer that may miss some, and folded at once; messages are made five times a
/// second for all readers together, and none while there are no readers.
///
/// ```
///   engine --blocks--> RunModel --every 200 ms--> Messages --> queue of each reader --> browser
/// ```
///
/// When another scheduler of a cluster takes over, a new model is begun, and all readers are told all of it.
public final class LiveSource implements Source {
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int MOST_READERS = 64;
    private static final Logger LOGGER = System.getLogger("io.lazuli.dashboard");

    private final EventStream events;
    private volatile Told told;
    private final EventSubscription subscription;
    private final List<Reader> readers = new CopyOnWriteArrayList<>();
    private final Thread pump = Thread.ofPlatform().daemon().name("lazuli-dashboard").unstarted(this::pump);
    private volatile boolean closed;
    /// A defect of the dashboard itself, after which nothing is told any more; null as long as all is well.
    private volatile @Nullable Throwable defect;

    /// What is known of one scheduler, or of the engine, and what readers know of that.
    private record Told(RunModel model, Messages messages, Instant opened) {
        static Told of(Instant opened) {
            RunModel model = new RunModel();
            return new Told(model, new Messages(model, opened), opened);
        }
    }

    /// Folds what happens.
    private final class Fold implements EventSubscriber {
        @Override
        public void accept(EventBlock block) {
            told.model.accept(block);
        }

        @Override
        public void startOver(Instant opened) {
            told = Told.of(opened);
        }
    }

    private LiveSource(EventStream events) {
        this.events = events;
        this.told = Told.of(events.opened());
        this.subscription = events.subscribe(new Fold(), Delivery.LOSSY);
    }

    /// Ownership: the caller closes it. Errors: USER if the engine is closed.
    public static LiveSource of(EventStream events) {
        LiveSource source = new LiveSource(events);
        source.pump.start();
        return source;
    }

    private void pump() {
        Told before = told;
        try {
            while (!closed) {
                if (readers.isEmpty()) {
                    LockSupport.park(this);
                } else {
                    Told now = told;
                    if (now != before) {
                        readers.forEach(Reader::startOver);
                        before = now;
                    }
                    tell(now.messages);
                    LockSupport.parkNanos(this, PERIOD_NANOS);
                }
            }
        } catch (Throwable e) {
            defect = e;
            LOGGER.log(Level.WARNING, "The dashboard failed and tells no more: " + e, e);
        } finally {
            readers.forEach(Reader::close);
        }
    }

    private void tell(Messages messages) {
        Messages.Moment moment = new Messages.Moment(nanos(), trouble(), Optional.empty());
        byte[] changes = Messages.event(messages.changes(moment));
        byte[] all = {};
        for (Reader reader : readers) {
            if (!reader.isFresh()) {
                reader.offer(changes);
                continue;
            }
            if (all.length == 0) {
                all = Messages.event(messages.all(moment));
            }
            reader.offer(all);
        }
    }

    /// One that is too many hears nothing: others may have come since it was told that there is room.
    synchronized void add(Reader reader) {
        boolean hasRoom = readers.size() < MOST_READERS;
        if (hasRoom) {
            readers.add(reader);
            LockSupport.unpark(pump);
        }
        if (!hasRoom || closed || defect != null) {
            reader.close();
        }
    }

    void remove(Reader reader) {
        readers.remove(reader);
    }

    @Override
    public Optional<Feed> feed(Question question) {
        return readers.size() < MOST_READERS ? Optional.of(new Reader(this)) : Optional.empty();
    }

    @Override
    public RunModel model() {
        return told.model;
    }

    @Override
    public Instant opened() {
        return told.opened;
    }

    @Override
    public long nanos() {
        RunModel model = told.model;
        return model.isClosed() ? model.nanos() : events.nanos();
    }

    @Override
    public List<RefusalCount> refusals() {
        return events.refusals();
    }

    @Override
    public Optional<String> trouble() {
        return subscription.failure().or(() -> Optional.ofNullable(defect))
                .map(e -> "The dashboard failed and tells no more, while its engine goes on: " + e);
    }

    /// Ends all readers. The engine goes on.
    @Override
    public void close() {
        closed = true;
        subscription.close();
        LockSupport.unpark(pump);
        readers.forEach(Reader::close);
    }
}
