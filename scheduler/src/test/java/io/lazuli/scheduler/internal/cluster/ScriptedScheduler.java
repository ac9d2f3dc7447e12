package io.lazuli.scheduler.internal.cluster;

import io.lazuli.scheduler.internal.session.Packet;
import io.lazuli.scheduler.internal.session.SessionId;
import io.lazuli.scheduler.internal.transport.Acceptor;
import io.lazuli.scheduler.internal.transport.CloseReason;
import io.lazuli.scheduler.internal.transport.Endpoint;
import io.lazuli.scheduler.internal.transport.PeerRole;
import io.lazuli.scheduler.internal.transport.Transport;
import io.lazuli.scheduler.internal.wire.Fence;
import io.lazuli.scheduler.internal.wire.FromWorker;
import io.lazuli.scheduler.internal.wire.Greeting;
import io.lazuli.scheduler.internal.wire.ToWorker;
import io.lazuli.scheduler.internal.wire.Wire;
import io.lazuli.scheduler.internal.worker.WorkerEventBuffer;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A scheduler that answers all who connect alike, gives whoever it welcomes an order at once, and notes what it hears.
final class ScriptedScheduler implements AutoCloseable {
    private final Endpoint endpoint;
    private final AtomicInteger hellos = new AtomicInteger();
    private final List<FromWorker> heard = new CopyOnWriteArrayList<>();
    private final List<Packet<?>> packets = new CopyOnWriteArrayList<>();
    private final List<Link> links = new CopyOnWriteArrayList<>();

    private ScriptedScheduler(Transport transport, Greeting answer) {
        endpoint = transport.listen(
                new InetSocketAddress("127.0.0.1", 0), PeerRole.SCHEDULER, "scheduler",
                _ -> new Acceptor.Accept(new PeerHandler(new Answering(answer))));
    }

    /// One that leads, or thinks so.
    static ScriptedScheduler leading(Transport transport, Fence fence) {
        return new ScriptedScheduler(
                transport, new Greeting.Welcome(new SessionId(fence.epoch(), 0, 1), fence, Optional.empty()));
    }

    static ScriptedScheduler standingBy(Transport transport, Optional<ScriptedScheduler> leader) {
        return new ScriptedScheduler(
                transport,
                new Greeting.Elsewhere(leader.map(other -> "127.0.0.1:" + other.address().getPort())));
    }

    InetSocketAddress address() {
        return endpoint.address();
    }

    /// How often somebody connected.
    int helloCount() {
        return hellos.get();
    }

    /// What workers said, and how many packets they sent.
    List<FromWorker> heard() {
        return List.copyOf(heard);
    }

    int packetCount() {
        return packets.size();
    }

    /// Dismisses whoever is connected, and goes on talking for a while, as one does that acknowledges what it hears.
    ///
    /// @param id of all sessions
    void dismiss(SessionId id, int packets) {
        WorkerEventBuffer orders = new WorkerEventBuffer();
        orders.dismissed(id.epoch());
        for (Link link : links) {
            link.send(Wire.encode(
                    new Packet<>(id, 0, 1, List.of(new ToWorker.Ordered(orders.packed(), List.of())))));
            for (int i = 0; i < packets; i++) {
                link.send(Wire.encode(new Packet<>(id, 0, 2, List.of())));
            }
        }
    }

    /// Breaks all connections.
    void breakConnections() {
        links.forEach(Link::close);
        links.clear();
    }

    /// Stops listening too.
    @Override
    public void close() {
        endpoint.close();
        breakConnections();
    }

    private final class Answering implements PeerHandler.Peer {
        private final Greeting answer;

        Answering(Greeting answer) {
            this.answer = answer;
        }

        @Override
        public void opened(Link link) {
            links.add(link);
        }

        @Override
        public void greeted(Link link, Greeting greeting) {
            hellos.incrementAndGet();
            link.send(Wire.encode(answer));
            if (answer instanceof Greeting.Welcome welcome) {
                WorkerEventBuffer orders = new WorkerEventBuffer();
                orders.jobForgotten(welcome.fence().epoch(), 1);
                link.send(Wire.encode(new Packet<>(
                        welcome.session(), 0, 0, List.of(new ToWorker.Ordered(orders.packed(), List.of())))));
            }
        }

        @Override
        public void received(Packet<?> packet) {
            packets.add(packet);
            packet.messages().forEach(message -> heard.add((FromWorker) message));
        }

        @Override
        public void closed(Link link, CloseReason reason) {
            links.remove(link);
        }
    }
}
