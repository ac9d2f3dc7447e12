package io.lazuli.scheduler.internal.cluster;

import io.lazuli.scheduler.event.ClusterStatus;
import io.lazuli.scheduler.internal.session.Packet;
import io.lazuli.scheduler.internal.session.SessionId;
import io.lazuli.scheduler.internal.transport.CloseReason;
import io.lazuli.scheduler.internal.transport.PeerRole;
import io.lazuli.scheduler.internal.transport.Transport;
import io.lazuli.scheduler.internal.transport.TransportOptions;
import io.lazuli.scheduler.internal.wire.FromClient;
import io.lazuli.scheduler.internal.wire.Greeting;
import io.lazuli.scheduler.internal.wire.ToClient;
import io.lazuli.scheduler.internal.wire.Wire;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A client that runs nothing: it asks a scheduler how it is. Thread-safe.
public final class ControlNode implements AutoCloseable {
    private static final long TICK_MILLIS = 100;
    private static final long ANSWER_SECONDS = 10;

    private final Transport transport;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("lazuli-clock").factory());
    private final Connector connector;
    /// Done once the scheduler has greeted.
    private final CompletableFuture<Boolean> greeted = new CompletableFuture<>();
    /// What is asked now. Guarded by this.
    private CompletableFuture<ClusterStatus> asked = new CompletableFuture<>();
    /// Null before the first greeting. Guarded by this.
    private @Nullable Conversation<FromClient, ToClient> conversation;
    private long lastRequest;

    private ControlNode(List<InetSocketAddress> schedulers, TransportOptions options) {
        this.transport = Transport.open(options);
        this.connector = new Connector(
                transport, schedulers, PeerRole.CLIENT, "control-" + ProcessHandle.current().pid(), new OfScheduler(),
                clock);
    }

    /// Connects. Errors: RESOURCE if nobody answers there; USER if the token is not that of the cluster.
    public static ControlNode connect(List<InetSocketAddress> schedulers, TransportOptions options) {
        ControlNode node = new ControlNode(schedulers, options);
        try {
            node.connector.connect().whenComplete((_, refusal) -> {
                if (refusal != null) {
                    node.greeted.completeExceptionally(refusal);
                }
            });
            Greetings.await(node.greeted, ANSWER_SECONDS, "connecting");
            node.clock.scheduleWithFixedDelay(node::pump, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
            return node;
        } catch (Throwable e) {
            node.close();
            throw e;
        }
    }

    /// How the cluster is now. Errors: RESOURCE if the scheduler does not answer.
    public ClusterStatus status() {
        CompletableFuture<ClusterStatus> answer = new CompletableFuture<>();
        synchronized (this) {
            asked = answer;
            say(new FromClient.AskedStatus(++lastRequest));
        }
        return Greetings.await(answer, ANSWER_SECONDS, "a question to the scheduler");
    }

    private synchronized void say(FromClient message) {
        if (conversation != null) {
            conversation.say(message);
            pump();
        }
    }

    private synchronized void pump() {
        if (conversation != null) {
            conversation.pump(System.nanoTime());
        }
    }

    private synchronized void welcomed(Link link, SessionId session) {
        conversation = new Conversation<>(session, ToClient.class, System.nanoTime());
        conversation.say(new FromClient.RunsNothing());
        if (lastRequest > 0 && !asked.isDone()) {
            // What was asked went with the session before.
            conversation.say(new FromClient.AskedStatus(lastRequest));
        }
        conversation.attach(link);
        greeted.complete(true);
    }

    private synchronized void receive(Packet<?> packet) {
        if (conversation != null) {
            conversation.receive(packet, System.nanoTime(), this::hear);
            pump();
        }
    }

    /// What is said of workers and jobs is for others.
    private void hear(ToClient message) {
        if (message instanceof ToClient.StatusIs answer && answer.request() == lastRequest) {
            asked.complete(answer.status());
        }
    }

    private synchronized void detach(Link link) {
        if (conversation != null) {
            conversation.detach(link);
        }
    }

    @Override
    public void close() {
        connector.close();
        clock.shutdownNow();
        synchronized (this) {
            if (conversation != null) {
                conversation.close();
            }
        }
        transport.close();
    }

    private final class OfScheduler implements PeerHandler.Peer {
        @Override
        public void opened(Link link) {
            // Nothing is lost with a session: the next one is as good.
            link.send(Wire.encode(new Greeting.Hello(Optional.empty(), Optional.empty(), true)));
        }

        @Override
        public void greeted(Link link, Greeting greeting) {
            switch (greeting) {
                case Greeting.Welcome welcome -> welcomed(link, welcome.session());
                case Greeting.Over _, Greeting.Elsewhere _, Greeting.Hello _ ->
                    throw new IllegalArgumentException("a scheduler does not say " + greeting + " here");
            }
        }

        @Override
        public void received(Packet<?> packet) {
            receive(packet);
        }

        @Override
        public void closed(Link link, CloseReason reason) {
            detach(link);
        }
    }
}
