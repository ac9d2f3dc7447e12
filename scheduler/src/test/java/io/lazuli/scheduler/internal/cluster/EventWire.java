package io.lazuli.scheduler.internal.cluster;

import io.lazuli.graph.Key;
import io.lazuli.graph.Operation;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.scheduler.internal.code.CodeStore;
import io.lazuli.scheduler.internal.code.Distribution;
import io.lazuli.scheduler.internal.event.FakeEngine;
import io.lazuli.scheduler.internal.event.QueueLimits;
import io.lazuli.scheduler.internal.session.Packet;
import io.lazuli.scheduler.internal.session.SessionId;
import io.lazuli.scheduler.internal.wire.Fence;
import io.lazuli.scheduler.internal.wire.FromClient;
import io.lazuli.scheduler.internal.wire.ToClient;
import io.lazuli.scheduler.internal.wire.Wire;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// A scheduler that tells of jobs, a client that hears of them, and a connection between them that can be cut.
final class EventWire implements AutoCloseable {
    private final QueueLimits limits;
    /// Counts the schedulers.
    private int epoch = 1;
    FakeEngine engine;
    final RemoteEngine client;
    /// Bytes that the scheduler has sent.
    final AtomicLong sentBytes = new AtomicLong();
    private final CodeStore code;
    private final MemoryAccountant accountant = MemoryAccountant.create(1 << 20);
    private Watches watches;
    private ClientPeer peer;
    private Cuttable toClient = Cuttable.NOWHERE;
    private Cuttable toScheduler = Cuttable.NOWHERE;

    /// One direction of a connection: frames in order, in a thread of its own, until it is cut.
    private static final class Cuttable implements Link {
        static final Cuttable NOWHERE = new Cuttable(_ -> {}, new AtomicLong());
        private final ExecutorService thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("test-wire").factory());
        private final Consumer<Packet<?>> receiver;
        private final AtomicLong bytes;
        private volatile boolean isCut;

        Cuttable(Consumer<Packet<?>> receiver, AtomicLong bytes) {
            this.receiver = receiver;
            this.bytes = bytes;
        }

        @Override
        public void send(byte[] frame) {
            bytes.addAndGet(frame.length);
            if (!isCut) {
                thread.execute(() -> {
                    if (!isCut) {
                        receiver.accept((Packet<?>) Wire.decode(ByteBuffer.wrap(frame)));
                    }
                });
            }
        }

        @Override
        public void close() {
            isCut = true;
            thread.shutdown();
        }
    }

    EventWire(QueueLimits limits, Path directory) {
        this.limits = limits;
        engine = new FakeEngine(limits);
        code = CodeStore.under(directory, 1 << 20, Distribution.ofThisProcess());
        peer = ClientPeer.of(session(), code, System.nanoTime());
        watches = new Watches(engine.publisher, this::turn);
        client = new RemoteEngine(
                session(), fence(), accountant,
                (_, _, _) -> {
                    throw new UnsupportedOperationException("submits nothing");
                },
                new NoResults());
        connect();
    }

    private SessionId session() {
        return new SessionId(epoch, 1, 1);
    }

    private Fence fence() {
        return new Fence(epoch, new UUID(0, epoch));
    }

    private static final class NoResults implements RemoteEngine.Results {
        @Override
        public Block fetch(WorkerShell.Peer holder, int task, int attempt, Key key, Operation maker) {
            throw new UnsupportedOperationException("has no results");
        }

        @Override
        public CompletionStage<RemoteEngine.ResultSize> measure(WorkerShell.Peer holder, int task, int attempt) {
            throw new UnsupportedOperationException("has no results");
        }

        @Override
        public void close() {}
    }

    private void turn(Runnable action) {
        engine.exclusively(() -> {
            action.run();
            watches.settle();
            peer.conversation().pump(System.nanoTime());
        });
    }

    /// Whatever was on the way is lost.
    void cut() {
        toClient.close();
        toScheduler.close();
        client.detach(toScheduler);
        turn(() -> peer.conversation().detach(toClient));
    }

    void connect() {
        toClient = new Cuttable(client::receive, sentBytes);
        toScheduler = new Cuttable(
                packet -> turn(() -> peer.conversation().receive(packet, System.nanoTime(), this::hear)),
                new AtomicLong());
        turn(() -> peer.conversation().attach(toClient));
        client.welcomed(session(), fence(), toScheduler);
        turn(() -> {});
    }

    private void hear(FromClient message) {
        switch (message) {
            case FromClient.OfEvents wish -> watches.hear(peer, wish);
            case FromClient.Left left -> peer.say(new ToClient.Farewell(left.request()));
            default -> throw new IllegalArgumentException("this scheduler hears of events alone, not " + message);
        }
    }

    /// The scheduler is gone, and whatever it had to say. The client gets to another one, which has begun to run jobs by then.
    void takeOver(int jobs) {
        cut();
        endScheduler();
        epoch++;
        engine = new FakeEngine(limits);
        engine.run(jobs);
        peer = ClientPeer.of(session(), code, System.nanoTime());
        watches = new Watches(engine.publisher, this::turn);
        connect();
    }

    private void endScheduler() {
        engine.exclusively(watches::close);
        engine.publisher.close();
    }

    RemoteEvents events() {
        return (RemoteEvents) client.events();
    }

    /// The scheduler takes the client for gone.
    void leave() {
        turn(() -> watches.leave(peer));
    }

    /// Somebody hears of the scheduler.
    boolean isObserved() {
        boolean[] is = new boolean[1];
        engine.exclusively(() -> is[0] = engine.publisher.isObserved());
        return is[0];
    }

    @Override
    public void close() {
        client.close();
        endScheduler();
        cut();
        code.close();
        accountant.close();
    }
}
