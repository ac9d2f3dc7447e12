package io.lazuli.scheduler.internal.cluster;

import io.lazuli.scheduler.internal.session.Packet;
import io.lazuli.scheduler.internal.session.Session;
import io.lazuli.scheduler.internal.session.SessionId;
import io.lazuli.scheduler.internal.session.SessionOptions;
import io.lazuli.scheduler.internal.wire.Wire;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A session over one connection after another. Single-threaded.
///
/// @param <O> what this end says
/// @param <I> what it hears
final class Conversation<O, I> {
    /// A connection loses nothing as long as it lasts: what is sent again is for the next one.
    private static final SessionOptions OPTIONS =
            new SessionOptions(1024, 64, 10_000_000_000L, 60_000_000_000L, 1_000_000_000L);

    private final Session<O, I> session;
    private final Class<I> heard;
    /// What the session has no room for.
    private final Deque<O> backlog = new ArrayDeque<>();
    /// Null while there is no connection.
    private @Nullable Link link;

    Conversation(SessionId id, Class<I> heard, long nanos) {
        this.session = new Session<>(id, OPTIONS, nanos);
        this.heard = heard;
    }

    SessionId id() {
        return session.id();
    }

    /// When the other end was last heard.
    long heardNanos() {
        return session.heardNanos();
    }

    /// Goes on over that connection. The one before, if it is there, is closed.
    void attach(Link next) {
        if (link != null && link != next) {
            link.close();
        }
        link = next;
        session.reconnected();
    }

    /// The connection is gone.
    void detach(Link gone) {
        if (link == gone) {
            link = null;
        }
    }

    boolean isConnected() {
        return link != null;
    }

    /// Over, with its connection.
    void close() {
        if (link != null) {
            link.close();
            link = null;
        }
    }

    /// To go with the next [#pump].
    void say(O message) {
        backlog.add(message);
    }

    /// Takes a packet. Returns false if it is of another session.
    boolean receive(Packet<?> packet, long nanos, Consumer<? super I> inbox) {
        // A defect of the other end, which must not go further than its connection.
        if (!packet.messages().stream().allMatch(heard::isInstance)) {
            throw new IllegalArgumentException("a packet holds messages that are no " + heard.getSimpleName());
        }
        @SuppressWarnings("unchecked") Packet<? extends I> checked = (Packet<? extends I>) packet;
        return session.receive(checked, nanos, inbox);
    }

    /// Sends what is due.
    void pump(long nanos) {
        Link to = link;
        if (to == null) {
            return;
        }
        while (!backlog.isEmpty() && session.hasRoom()) {
            session.send(backlog.poll());
        }
        session.transmit(nanos, packet -> to.send(Wire.encode(packet)));
    }
}
