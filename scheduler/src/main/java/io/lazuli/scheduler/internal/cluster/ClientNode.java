package io.lazuli.scheduler.internal.cluster;

import io.lazuli.graph.Key;
import io.lazuli.graph.Operation;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.session.Packet;
import io.lazuli.scheduler.internal.session.SessionId;
import io.lazuli.scheduler.internal.store.JobStorage;
import io.lazuli.scheduler.internal.store.ResultCopies;
import io.lazuli.scheduler.internal.store.ResultStore;
import io.lazuli.scheduler.internal.store.StoreOptions;
import io.lazuli.scheduler.internal.store.StoredResult;
import io.lazuli.scheduler.internal.store.ValueFormat;
import io.lazuli.scheduler.internal.transport.CloseReason;
import io.lazuli.scheduler.internal.transport.PeerRole;
import io.lazuli.scheduler.internal.transport.Transport;
import io.lazuli.scheduler.internal.transport.TransportOptions;
import io.lazuli.scheduler.internal.wire.Fence;
import io.lazuli.scheduler.internal.wire.Greeting;
import io.lazuli.scheduler.internal.wire.Wire;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A client as a process has it: its engine, and its connections to the scheduler and to workers.
public final class ClientNode implements AutoCloseable {
    private static final long TICK_MILLIS = 100;
    /// Long enough for a scheduler that stands still to be given up, and another to be elected.
    private static final long GREETING_SECONDS = 30;
    /// How long a result is waited for.
    private static final long FETCH_SECONDS = 300;
    private static final int MOVERS = 2;

    private final Transport transport;
    private final MemoryAccountant accountant;
    private final ResultStore store;
    private final Packing packing;
    private final JobStorage storage;
    private final List<InetSocketAddress> schedulers;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("lazuli-clock").factory());
    private final ExecutorService movers =
            Executors.newFixedThreadPool(MOVERS, Thread.ofPlatform().daemon().name("lazuli-mover").factory());
    private final Connector connector;
    /// Made by the first greeting; fails if that does.
    private final CompletableFuture<RemoteEngine> engine = new CompletableFuture<>();

    /// @param schedulers  where one of them leads
    /// @param name        what messages call this client
    /// @param bufferBytes most bytes of results outside the heap
    public record Settings(List<InetSocketAddress> schedulers, String name, long bufferBytes, StoreOptions store,
            TransportOptions transport) {}

    private ClientNode(Settings settings, Packing packing, ValueFormat format) {
        this.schedulers = settings.schedulers();
        this.packing = packing;
        this.transport = Transport.open(settings.transport());
        this.accountant = MemoryAccountant.create(settings.bufferBytes());
        this.store = ResultStore.open(accountant, settings.store());
        this.storage = store.newJob(format);
        this.connector = new Connector(
                transport, schedulers, PeerRole.CLIENT, settings.name(), new OfScheduler(), clock);
    }

    /// Connects. Errors: RESOURCE if nobody answers there; USER if the token is not that of the cluster.
    ///
    /// @param format of values that results are
    public static ClientNode connect(Settings settings, Packing packing, ValueFormat format) {
        ClientNode node = new ClientNode(settings, packing, format);
        try {
            node.connector.connect().whenComplete((_, refusal) -> {
                if (refusal != null) {
                    node.engine.completeExceptionally(refusal);
                }
            });
            RemoteEngine engine = Greetings.await(node.engine, GREETING_SECONDS, "connecting");
            node.clock.scheduleWithFixedDelay(node::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
            return node;
        } catch (Throwable e) {
            node.close();
            throw e;
        }
    }

    /// What the scheduler has said is heard before it is taken for silent.
    private void tick() {
        if (transport.awaitRound()) {
            engine().tick();
        }
    }

    public RemoteEngine engine() {
        return engine.join();
    }

    @Override
    public void close() {
        connector.close();
        if (engine.isDone() && !engine.isCompletedExceptionally()) {
            engine.join().close();
        }
        clock.shutdownNow();
        transport.close();
        movers.shutdown();
        store.close();
        accountant.close();
    }

    private final class OfScheduler implements PeerHandler.Peer {
        private @Nullable RemoteEngine known() {
            return engine.isDone() && !engine.isCompletedExceptionally() ? engine.join() : null;
        }

        @Override
        public void opened(Link link) {
            RemoteEngine known = known();
            link.send(Wire.encode(
                    known == null
                            ? new Greeting.Hello(Optional.empty(), Optional.empty(), true)
                            : known.hello()));
        }

        @Override
        public void greeted(Link link, Greeting greeting) {
            switch (greeting) {
                case Greeting.Welcome(SessionId session, Fence fence, Optional<String> _) -> {
                    RemoteEngine known = known();
                    if (known == null) {
                        known = new RemoteEngine(session, fence, accountant, packing, new Fetching());
                        engine.complete(known);
                    }
                    known.welcomed(session, fence, link);
                }
                case Greeting.Over _ -> {
                    connector.close();
                    RemoteEngine known = known();
                    if (known != null) {
                        known.lose(Errors.schedulerForgot(schedulers.toString()));
                    }
                }
                case Greeting.Hello _, Greeting.Elsewhere _ ->
                    throw new IllegalArgumentException("a scheduler does not say " + greeting + " here");
            }
        }

        @Override
        public void received(Packet<?> packet) {
            RemoteEngine known = known();
            if (known != null) {
                known.receive(packet);
            }
        }

        @Override
        public void closed(Link link, CloseReason reason) {
            RemoteEngine known = known();
            if (known != null) {
                known.detach(link);
            }
        }
    }

    private final class Fetching implements RemoteEngine.Results {
        private final ResultClient client =
                new ResultClient(transport, PeerRole.CLIENT, "client", store.copies(), movers);

        @Override
        public Block fetch(WorkerShell.Peer holder, int task, int attempt, Key key, Operation maker) {
            ResultCopies.Wanted wanted = new ResultCopies.Wanted(key, maker, 0, storage);
            ResultClient.Arrival arrival = wait(client.fetch(holder, task, attempt, wanted, false))
                    .orElseThrow(() -> Errors.workerGone(holder.facts().name(), "it has not got " + key));
            StoredResult result = arrival.result();
            try {
                return result.borrow();
            } finally {
                result.release();
            }
        }

        @Override
        public CompletionStage<RemoteEngine.ResultSize> measure(WorkerShell.Peer holder, int task, int attempt) {
            return inTime(client.measure(holder, task, attempt)).thenApply(size -> size
                    .orElseThrow(() -> Errors.workerGone(holder.facts().name(), "it has not got task " + task)));
        }

        private static <T> CompletableFuture<T> inTime(CompletionStage<T> stage) {
            return stage.toCompletableFuture().orTimeout(FETCH_SECONDS, TimeUnit.SECONDS);
        }

        private static <T> T wait(CompletionStage<T> stage) {
            try {
                return inTime(stage).join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException unchecked ? unchecked : e;
            }
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
