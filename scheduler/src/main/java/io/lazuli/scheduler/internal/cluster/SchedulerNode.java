package io.lazuli.scheduler.internal.cluster;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.scheduler.event.EventStream;
import io.lazuli.scheduler.internal.code.CodeStore;
import io.lazuli.scheduler.internal.code.Distribution;
import io.lazuli.scheduler.internal.core.CoreOptions;
import io.lazuli.scheduler.internal.session.Packet;
import io.lazuli.scheduler.internal.session.SessionId;
import io.lazuli.scheduler.internal.transport.Acceptor;
import io.lazuli.scheduler.internal.transport.CloseReason;
import io.lazuli.scheduler.internal.transport.Endpoint;
import io.lazuli.scheduler.internal.transport.PeerRole;
import io.lazuli.scheduler.internal.transport.Refusal;
import io.lazuli.scheduler.internal.transport.Transport;
import io.lazuli.scheduler.internal.transport.TransportOptions;
import io.lazuli.scheduler.internal.wire.Greeting;
import io.lazuli.scheduler.internal.wire.Wire;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// A scheduler as a process has it: its shell, where it listens, and its clock.
public final class SchedulerNode implements AutoCloseable {
    private static final long TICK_MILLIS = 100;
    /// Code of programs.
    private static final long MOST_CODE_BYTES = 2L << 30;
    private static final long CLIENT_LEASE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final SchedulerShell shell;
    private final CodeStore code;
    private final Transport transport;
    private final Endpoint endpoint;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("lazuli-clock").factory());

    private SchedulerNode(SchedulerShell shell, CodeStore code, Transport transport, InetSocketAddress address) {
        this.shell = shell;
        this.code = code;
        this.transport = transport;
        this.endpoint = transport.listen(address, PeerRole.SCHEDULER, "scheduler", peer -> switch (peer.role()) {
            case WORKER -> new Acceptor.Accept(new PeerHandler(new OfWorker()));
            case CLIENT -> new Acceptor.Accept(new PeerHandler(new OfClient()));
            case SCHEDULER -> new Acceptor.Refuse(
                    ErrorCode.USER, "a scheduler has nothing to say to another one here");
        });
        shell.countRefusals(
                () -> endpoint.refusals().values().stream().mapToLong(Long::longValue).sum());
        clock.scheduleAtFixedRate(shell::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /// Listens. Errors: USER if the address may not be used; RESOURCE if the port is taken.
    public static SchedulerNode open(InetSocketAddress address, TransportOptions options) {
        Transport transport = Transport.open(options);
        try {
            CodeStore code = CodeStore.under(
                    Path.of(System.getProperty("java.io.tmpdir")), MOST_CODE_BYTES, Distribution.ofThisProcess());
            return new SchedulerNode(
                    new SchedulerShell(CoreOptions.CLUSTER, CLIENT_LEASE_NANOS, code), code, transport, address);
        } catch (Throwable e) {
            transport.close();
            throw e;
        }
    }

    public InetSocketAddress address() {
        return endpoint.address();
    }

    /// How many connections were closed before they were one, by reason.
    public Map<Refusal, Long> refusals() {
        return endpoint.refusals();
    }

    public EventStream events() {
        return shell.events();
    }

    /// Results that were lost and made again, ever.
    long recomputedCount() {
        return shell.recomputedCount();
    }

    @Override
    public void close() {
        endpoint.close();
        clock.shutdownNow();
        shell.close();
        transport.close();
        code.close();
    }

    private final class OfWorker implements PeerHandler.Peer {
        @Override
        public void opened(Link link) {
            // The worker speaks first.
        }

        @Override
        public void greeted(Link link, Greeting greeting) {
            if (greeting instanceof Greeting.Hello hello) {
                SessionId session = shell.greetWorker(hello.session(), hello.goesOn());
                link.send(Wire.encode(new Greeting.Welcome(session)));
                shell.attachWorker(session, link);
            }
        }

        @Override
        public void received(Packet<?> packet) {
            shell.receiveFromWorker(packet);
        }

        @Override
        public void closed(Link link, CloseReason reason) {
            shell.disconnected(link);
        }
    }

    private final class OfClient implements PeerHandler.Peer {
        @Override
        public void opened(Link link) {
            // The client speaks first.
        }

        @Override
        public void greeted(Link link, Greeting greeting) {
            if (greeting instanceof Greeting.Hello hello) {
                Optional<SessionId> session = shell.greetClient(hello.session());
                link.send(Wire.encode(session.<Greeting>map(Greeting.Welcome::new).orElseGet(Greeting.Over::new)));
                session.ifPresent(id -> shell.attachClient(id, link));
            }
        }

        @Override
        public void received(Packet<?> packet) {
            shell.receiveFromClient(packet);
        }

        @Override
        public void closed(Link link, CloseReason reason) {
            shell.disconnected(link);
        }
    }
}
