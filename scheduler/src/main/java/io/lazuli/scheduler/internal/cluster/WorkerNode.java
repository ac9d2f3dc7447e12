package io.lazuli.scheduler.internal.cluster;

import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.scheduler.event.RefusalCount;
import io.lazuli.scheduler.internal.code.CodeStore;
import io.lazuli.scheduler.internal.code.Distribution;
import io.lazuli.scheduler.internal.session.Packet;
import io.lazuli.scheduler.internal.session.SessionId;
import io.lazuli.scheduler.internal.store.ExportedResult;
import io.lazuli.scheduler.internal.store.ResultStore;
import io.lazuli.scheduler.internal.store.StoredResult;
import io.lazuli.scheduler.internal.transport.Acceptor;
import io.lazuli.scheduler.internal.transport.CloseReason;
import io.lazuli.scheduler.internal.transport.Endpoint;
import io.lazuli.scheduler.internal.transport.PeerRole;
import io.lazuli.scheduler.internal.transport.Transport;
import io.lazuli.scheduler.internal.wire.Fence;
import io.lazuli.scheduler.internal.wire.Greeting;
import io.lazuli.scheduler.internal.wire.Ticket;
import io.lazuli.scheduler.internal.wire.Wire;
import io.lazuli.scheduler.internal.wire.WorkerFacts;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A worker as a process has it: where it listens, its connection to the scheduler, and one life after another.
///
/// A life is one incarnation, with a store and a memory of its own. It ends when the scheduler has given it up, or has forgotten it.
///
/// The connector calls with its own lock, in which this node's may be taken: so with this node's lock nobody calls the connector.
public final class WorkerNode implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(WorkerNode.class.getName());
    /// Results that are read, written or mapped at the same time.
    private static final int MOVERS = 4;
    /// A little longer than the scheduler gives a worker that leaves.
    private static final long LEAVING_SECONDS = 35;
    /// How long a worker that leaves waits for a scheduler that is gone.
    private static final long ABSENCE_SECONDS = 2;
    /// Code of programs.
    private static final long MOST_CODE_BYTES = 2L << 30;

    private final WorkerSettings settings;
    private final CodeStore code;
    private final Transport control;
    /// Apart, so that moving data does not make the worker silent.
    private final Transport data;
    private final Endpoint endpoint;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(daemon("lazuli-clock"));
    private final ExecutorService movers = Executors.newFixedThreadPool(MOVERS, daemon("lazuli-mover"));
    /// Ends lives: that waits for their threads.
    private final ExecutorService undertaker = Executors.newSingleThreadExecutor(daemon("lazuli-undertaker"));
    private final Connector connector;
    private final Optional<WorkerMembership> membership;
    /// Null before the first, and after the end. Guarded by this.
    private @Nullable Life life;
    /// Connection to the scheduler; null while there is none. Guarded by this.
    private @Nullable Link scheduler;
    /// Open from when it is asked to leave until it may go. Guarded by this; null before.
    private @Nullable CountDownLatch leaving;
    /// Session of the life before, so that the next one gets its index. Guarded by this.
    private @Nullable SessionId last;
    /// Of the leader who gave it that. Guarded by this.
    private @Nullable Fence lastFence;
    private boolean closed;

    private WorkerNode(WorkerSettings settings) {
        this.settings = settings;
        this.code = CodeStore.under(
                settings.store().spillParent(), MOST_CODE_BYTES, Distribution.ofThisProcess());
        this.control = Transport.open(settings.transport());
        this.data = Transport.open(settings.transport());
        this.endpoint = data.listen(
                new InetSocketAddress(settings.host(), 0), PeerRole.WORKER, settings.name(),
                _ -> new Acceptor.Accept(new ResultServer(new OfCurrentLife(), movers)));
        this.connector = new Connector(
                control, settings.schedulers(), PeerRole.WORKER, settings.name(), new OfScheduler(), clock);
        this.membership = settings.members()
                .map(members -> new WorkerMembership(members, endpoint.address(), connector));
    }

    private static ThreadFactory daemon(String name) {
        return Thread.ofPlatform().daemon().name(name).factory();
    }

    /// Listens, and connects to the scheduler as soon as it can.
    public static WorkerNode open(WorkerSettings settings) {
        WorkerNode node = new WorkerNode(settings);
        node.connector.connectLasting();
        return node;
    }

    /// Where it gives results to others.
    public InetSocketAddress address() {
        return endpoint.address();
    }

    private List<RefusalCount> refusalCounts() {
        List<RefusalCount> all = new ArrayList<>(
                RefusalCounts.of(settings.name(), RefusalCounts.RESULTS, endpoint.refusals()));
        membership.ifPresent(
                joined -> all.addAll(RefusalCounts.of(settings.name(), RefusalCounts.MEMBERS, joined.refusals())));
        return all;
    }

    /// One incarnation.
    private final class Life implements WorkerShell.Peers {
        final MemoryAccountant accountant = MemoryAccountant.create(settings.bufferBytes());
        final ResultStore store = ResultStore.open(accountant, settings.store());
        final ResultClient client;
        final WorkerShell shell;
        /// Of the leader that it works for.
        final Fence fence;

        Life(SessionId session, Fence fence) {
            this.fence = fence;
            WorkerFacts facts = new WorkerFacts(
                    settings.name(), settings.host(), endpoint.address().getPort(), ProcessHandle.current().pid(),
                    settings.bufferBytes(), settings.profile(), store.identity());
            client = new ResultClient(data, PeerRole.WORKER, settings.name(), store.copies(), movers);
            shell = new WorkerShell(
                    session, fence, facts, accountant, store, code, this, () -> undertaker.execute(() -> end(session)));
            shell.countRefusals(WorkerNode.this::refusalCounts);
        }

        @Override
        public void fetch(
                WorkerShell.Peer holder, TaskResult result, boolean sliced,
                BiConsumer<TaskResult, Optional<StoredResult>> done) {
            client.fetch(holder, result.task(), result.attempt(), result.job().wanted(result.task()), sliced)
                    .whenComplete((arrival, failure) -> done.accept(
                            result, failure == null && arrival.isPresent()
                                    ? accepted(result, arrival.get())
                                    : missed(result, failure)));
        }

        private static Optional<StoredResult> accepted(TaskResult result, ResultClient.Arrival arrival) {
            try {
                result.job().countSlices(result.task(), arrival.sliceRows());
                return Optional.of(arrival.result());
            } catch (RuntimeException e) {
                arrival.result().release();
                return missed(result, e);
            }
        }

        /// @param why null if its holder had not got it
        private static Optional<StoredResult> missed(TaskResult result, @Nullable Throwable why) {
            result.job().recordMiss(why);
            return Optional.empty();
        }

        void close() {
            // First, so that what arrives is in the store when that is emptied.
            client.close();
            shell.close();
            store.close();
            if (shell.abandonedCount() == 0) {
                accountant.close();
            }
        }
    }

    /// Has the scheduler give the results of this worker to others, before it is closed. Waits, for half a minute at most, until the
    /// tasks that run here have ended and nobody needs it any more; not for a scheduler that is not there.
    public void leave() {
        Life now;
        CountDownLatch left;
        synchronized (this) {
            if (closed || life == null || scheduler == null || leaving != null) {
                return;
            }
            now = life;
            left = new CountDownLatch(1);
            leaving = left;
        }
        now.shell.leave();
        try {
            if (!left.await(LEAVING_SECONDS, TimeUnit.SECONDS)) {
                LOG.log(System.Logger.Level.WARNING,
                        "{0} ends before others have all of its results: they are made again",
                        settings.name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void mayGo() {
        if (leaving != null) {
            leaving.countDown();
        }
    }

    private synchronized void mayGoUnlessConnected() {
        if (scheduler == null) {
            mayGo();
        }
    }

    /// The scheduler does not want that life any more.
    private void end(SessionId session) {
        Life over;
        boolean isLast;
        synchronized (this) {
            over = life;
            if (over == null || !over.shell.session().equals(session)) {
                return;
            }
            last = session;
            lastFence = over.fence;
            life = null;
            isLast = leaving != null;
        }
        if (isLast) {
            connector.close();
        }
        // With it goes the connection; the next one, if there is to be one, asks for a new life.
        over.close();
        mayGo();
    }

    private synchronized @Nullable Life life() {
        return life;
    }

    @Override
    public void close() {
        Life over;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            over = life;
            life = null;
            mayGo();
        }
        connector.close();
        membership.ifPresent(WorkerMembership::close);
        endpoint.close();
        if (over != null) {
            over.close();
        }
        control.close();
        data.close();
        code.close();
        clock.shutdownNow();
        movers.shutdown();
        undertaker.shutdown();
    }

    private final class OfScheduler implements PeerHandler.Peer {
        @Override
        public void opened(Link link) {
            link.send(Wire.encode(hello()));
        }

        @Override
        public void greeted(Link link, Greeting greeting) {
            if (greeting instanceof Greeting.Welcome welcome) {
                welcomed(link, welcome.session(), welcome.fence());
                welcome.member().ifPresent(member -> membership.ifPresent(joining -> joining.join(member)));
            }
        }

        @Override
        public void received(Packet<?> packet) {
            Life now = life();
            if (now != null) {
                now.shell.receive(packet);
            }
        }

        @Override
        public void closed(Link link, CloseReason reason) {
            Life now = life();
            if (now != null) {
                now.shell.detach(link);
            }
            disconnected(link);
        }
    }

    private synchronized void disconnected(Link link) {
        if (scheduler == link) {
            scheduler = null;
            if (leaving != null && !closed) {
                clock.schedule(this::mayGoUnlessConnected, ABSENCE_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    private synchronized Greeting.Hello hello() {
        return life == null
                ? new Greeting.Hello(Optional.ofNullable(last), Optional.ofNullable(lastFence), false)
                : new Greeting.Hello(Optional.of(life.shell.session()), Optional.of(life.fence), true);
    }

    private void welcomed(Link link, SessionId session, Fence fence) {
        Life before;
        Life now;
        boolean isNew;
        synchronized (this) {
            before = life;
            if (closed || before != null && fence.compareTo(before.fence) < 0) {
                link.close();
                return;
            }
            isNew = before == null || !before.fence.equals(fence) || !before.shell.session().equals(session);
            if (leaving != null && isNew) {
                link.close();
                mayGo();
                return;
            }
            now = before == null || isNew ? new Life(session, fence) : before;
            life = now;
            scheduler = link;
        }
        if (isNew && before != null) {
            undertaker.execute(before::close);
        }
        now.shell.attach(link);
        if (isNew) {
            now.shell.start();
        }
    }

    /// Gives what the current life has.
    private final class OfCurrentLife implements ResultServer.Holder {
        private Optional<WorkerShell> shell(Ticket ticket) {
            return Optional.ofNullable(life()).filter(now -> now.fence.equals(ticket.fence())).map(now -> now.shell);
        }

        @Override
        public Optional<ExportedResult> export(Ticket ticket) {
            return shell(ticket).flatMap(now -> now.export(ticket.task(), ticket.attempt()));
        }

        @Override
        public Optional<RemoteEngine.ResultSize> measure(Ticket ticket) {
            return shell(ticket).flatMap(now -> now.lend(ticket.task(), ticket.attempt())).map(result -> {
                RemoteEngine.ResultSize size = new RemoteEngine.ResultSize(result.rowCount(), result.byteSize());
                result.release();
                return size;
            });
        }
    }
}
