package io.lazuli.scheduler.internal.cluster;

import io.lazuli.scheduler.internal.transport.CloseReason;
import io.lazuli.scheduler.internal.transport.Connection;
import io.lazuli.scheduler.internal.transport.PeerRole;
import io.lazuli.scheduler.internal.transport.Transport;
import io.lazuli.scheduler.internal.wire.Greeting;
import io.lazuli.scheduler.internal.session.Packet;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Keeps a connection to the scheduler: whenever it is gone, tries for another, again and again.
final class Connector implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Connector.class.getName());
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 3_000;

    private final Transport transport;
    private final InetSocketAddress scheduler;
    private final PeerRole role;
    private final String name;
    private final PeerHandler.Peer peer;
    private final ScheduledExecutorService clock;
    private volatile boolean closed;
    /// What was logged last of why there is no connection; empty while there is one. Of the clock's thread or an event loop, one at a time.
    private volatile String told = "";

    Connector(Transport transport, InetSocketAddress scheduler, PeerRole role, String name, PeerHandler.Peer peer,
            ScheduledExecutorService clock) {
        this.transport = transport;
        this.scheduler = scheduler;
        this.role = role;
        this.name = name;
        this.peer = peer;
        this.clock = clock;
    }

    /// Connects now. If the first connection cannot be made, the stage fails, and no other is tried.
    CompletionStage<Connection> connect() {
        return transport.connect(scheduler, role, name, new PeerHandler(new Lasting()));
    }

    /// Connects now, or as soon as it can.
    void connectLasting() {
        reconnect(0);
    }

    private void reconnect(long pauseMillis) {
        if (closed) {
            return;
        }
        clock.schedule(
                () -> connect().whenComplete((_, failure) -> {
                    if (failure == null) {
                        told = "";
                    } else {
                        tell(failure);
                        reconnect(Math.clamp(2 * pauseMillis, FIRST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS));
                    }
                }), pauseMillis, TimeUnit.MILLISECONDS);
    }

    /// Once, until there has been a connection, or the reason is another one.
    private void tell(Throwable failure) {
        Throwable why =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String reason = String.valueOf(why.getMessage());
        if (!closed && !reason.equals(told)) {
            told = reason;
            LOG.log(System.Logger.Level.WARNING, "{0} is without a scheduler, and tries again: {1}", name, reason);
        }
    }

    /// Tries for no other connection.
    @Override
    public void close() {
        closed = true;
    }

    /// Passes everything on, and connects anew when it is over.
    private final class Lasting implements PeerHandler.Peer {
        @Override
        public void opened(Link link) {
            peer.opened(link);
        }

        @Override
        public void greeted(Link link, Greeting greeting) {
            peer.greeted(link, greeting);
        }

        @Override
        public void received(Packet<?> packet) {
            peer.received(packet);
        }

        @Override
        public void closed(Link link, CloseReason reason) {
            peer.closed(link, reason);
            reconnect(FIRST_PAUSE_MILLIS);
        }
    }
}
