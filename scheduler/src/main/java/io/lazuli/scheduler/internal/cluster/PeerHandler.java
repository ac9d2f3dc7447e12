package io.lazuli.scheduler.internal.cluster;

import io.lazuli.scheduler.internal.session.Packet;
import io.lazuli.scheduler.internal.transport.CloseReason;
import io.lazuli.scheduler.internal.transport.Connection;
import io.lazuli.scheduler.internal.transport.ConnectionHandler;
import io.lazuli.scheduler.internal.wire.Greeting;
import io.lazuli.scheduler.internal.wire.Wire;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A connection that greetings, then packets of a session go over.
final class PeerHandler implements ConnectionHandler {
    private final Peer peer;
    private final MessageFrames frames = new MessageFrames();
    private @Nullable Link link;

    /// Who hears what comes. Called by the connection's event loop, one call at a time.
    interface Peer {
        void opened(Link link);

        void greeted(Link link, Greeting greeting);

        void received(Packet<?> packet);

        void closed(Link link, CloseReason reason);
    }

    PeerHandler(Peer peer) {
        this.peer = peer;
    }

    private record OverConnection(Connection connection) implements Link {
        @Override
        public void send(byte[] message) {
            MessageFrames.send(message, connection::send);
        }

        @Override
        public void close() {
            connection.close();
        }
    }

    @Override
    public void opened(Connection connection) {
        Link opened = new OverConnection(connection);
        link = opened;
        peer.opened(opened);
    }

    @Override
    public void received(Connection connection, ByteBuffer frame) {
        frames.receive(frame, message -> {
            switch (Wire.decode(message)) {
                case Greeting greeting -> withLink(open -> peer.greeted(open, greeting));
                case Packet<?> packet -> peer.received(packet);
                case Object other ->
                    throw new IllegalArgumentException("neither a greeting nor a packet: " + other.getClass());
            }
        });
    }

    @Override
    public void closed(Connection connection, CloseReason reason) {
        withLink(open -> peer.closed(open, reason));
    }

    private void withLink(Consumer<Link> action) {
        if (link != null) {
            action.accept(link);
        }
    }
}
