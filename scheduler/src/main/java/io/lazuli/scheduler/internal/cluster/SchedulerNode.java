package io.lazuli.scheduler.internal.cluster;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.event.EventStream;
import io.lazuli.scheduler.event.RefusalCount;
import io.lazuli.scheduler.internal.code.CodeStore;
import io.lazuli.scheduler.internal.code.Distribution;
import io.lazuli.scheduler.internal.core.CoreOptions;
import io.lazuli.scheduler.internal.membership.ClusterMember;
import io.lazuli.scheduler.internal.membership.ClusterMembership;
import io.lazuli.scheduler.internal.membership.Journal;
import io.lazuli.scheduler.internal.membership.Leader;
import io.lazuli.scheduler.internal.membership.LeadershipListener;
import io.lazuli.scheduler.internal.membership.MembershipListener;
import io.lazuli.scheduler.internal.membership.Role;
import io.lazuli.scheduler.internal.session.Packet;
import io.lazuli.scheduler.internal.session.SessionId;
import io.lazuli.scheduler.internal.transport.Acceptor;
import io.lazuli.scheduler.internal.transport.CloseReason;
import io.lazuli.scheduler.internal.transport.Endpoint;
import io.lazuli.scheduler.internal.transport.PeerRole;
import io.lazuli.scheduler.internal.transport.Refusal;
import io.lazuli.scheduler.internal.transport.Transport;
import io.lazuli.scheduler.internal.transport.TransportOptions;
import io.lazuli.scheduler.internal.wire.Fence;
import io.lazuli.scheduler.internal.wire.Greeting;
import io.lazuli.scheduler.internal.wire.Wire;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A scheduler as a process has it: where it listens, its clock, and one term after another.
///
/// ```
///   standing by --elected--> a term, with a shell of its own --lost--> standing by
/// ```
///
/// One that stands by says to all who connect where the leader is. Without membership it leads from the first moment to the last.
public final class SchedulerNode implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SchedulerNode.class.getName());
    private static final long TICK_MILLIS = 100;
    /// Code of programs.
    private static final long MOST_CODE_BYTES = 2L << 30;
    /// Of jobs and their code in the journal, which a scheduler that stands by has too.
    private static final long MOST_JOURNAL_BYTES = Runtime.getRuntime().maxMemory() / 4;
    private static final long CLIENT_LEASE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final CodeStore code;
    private final Transport transport;
    private final Observing observing;
    private final Endpoint endpoint;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("lazuli-clock").factory());
    /// Null while it has not joined, or if it never does.
    private volatile @Nullable ClusterMembership membership;
    /// Null while it stands by.
    private volatile @Nullable Term term;

    /// Has somebody hear the events of a term.
    @FunctionalInterface
    public interface Observing {
        /// For whoever hears nothing.
        Observing NOBODY = _ -> () -> {
        };

        /// Ownership: what it returns is run once the term is over.
        Runnable of(EventStream events);
    }

    private SchedulerNode(CodeStore code, Transport transport, InetSocketAddress address, Observing observing) {
        this.code = code;
        this.transport = transport;
        this.observing = observing;
        this.endpoint = transport.listen(address, PeerRole.SCHEDULER, "scheduler", peer -> switch (peer.role()) {
            case WORKER -> new Acceptor.Accept(new PeerHandler(new OfWorker()));
            case CLIENT -> new Acceptor.Accept(new PeerHandler(new OfClient()));
            case SCHEDULER, MEMBER -> new Acceptor.Refuse(
                    ErrorCode.USER, "a scheduler has nothing to say to another one here");
        });
        clock.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /// The only scheduler of its cluster. Listens. Errors: USER if the address may not be used; RESOURCE if the port is taken.
    public static SchedulerNode open(InetSocketAddress address, TransportOptions options) {
        SchedulerNode node = listen(address, options, Observing.NOBODY);
        node.begin(
                new Fence(Leader.firstEpoch(Instant.now()), UUID.randomUUID()), JobJournal.NONE,
                Inheritance.nothing(node.code));
        return node;
    }

    /// One of several schedulers. Listens, joins the others, and leads as soon as it is elected. Errors: as for
    /// [#open(InetSocketAddress, TransportOptions)]; RESOURCE if it cannot join.
    public static SchedulerNode open(InetSocketAddress address, TransportOptions options, MemberSettings members,
            Observing observing) {
        SchedulerNode node = listen(address, options, observing);
        try {
            node.join(members);
            return node;
        } catch (Throwable e) {
            node.close();
            throw e;
        }
    }

    private static SchedulerNode listen(InetSocketAddress address, TransportOptions options, Observing observing) {
        Transport transport = Transport.open(options);
        try {
            CodeStore code = CodeStore.under(
                    Path.of(System.getProperty("java.io.tmpdir")), MOST_CODE_BYTES, Distribution.ofThisProcess());
            return new SchedulerNode(code, transport, address, observing);
        } catch (Throwable e) {
            transport.close();
            throw e;
        }
    }

    private void join(MemberSettings settings) {
        ClusterMembership joined = ClusterMembership.open(settings.options(Role.SCHEDULER, address()));
        membership = joined;
        joined.listen(new Terms(joined.journal()));
        joined.listen(new Hints());
    }

    private void begin(Fence fence, JobJournal journal, Inheritance found) {
        SchedulerShell shell = new SchedulerShell(
                CoreOptions.CLUSTER.withEpoch(fence.epoch()), CLIENT_LEASE_NANOS, code, journal, System::nanoTime);
        shell.inherit(found);
        shell.countRefusals(this::refusalCounts);
        term = new Term(fence, shell, journal, observers(shell));
    }

    private List<RefusalCount> refusalCounts() {
        ClusterMembership joined = membership;
        List<RefusalCount> all = new ArrayList<>(
                RefusalCounts.of(RefusalCounts.SCHEDULER, RefusalCounts.SCHEDULER, endpoint.refusals()));
        if (joined != null) {
            all.addAll(RefusalCounts.of(RefusalCounts.SCHEDULER, RefusalCounts.MEMBERS, joined.refusals()));
        }
        return all;
    }

    /// Jobs do not depend on who looks on.
    private Runnable observers(SchedulerShell shell) {
        try {
            return observing.of(shell.events());
        } catch (LazuliException e) {
            LOG.log(System.Logger.Level.ERROR, "nobody hears of this term: {0}", e.getMessage());
            return () -> {
            };
        }
    }

    private void end() {
        Term over = term;
        term = null;
        if (over != null) {
            over.shell().close();
            over.journal().close();
            over.endOfObservers().run();
        }
    }

    /// Where event loops are behind, time waits for them: who has spoken is heard before he is taken for silent.
    private void tick() {
        boolean hasHeardAll = transport.awaitRound();
        Term now = term;
        if (hasHeardAll && now != null) {
            now.shell().tick();
        }
    }

    public InetSocketAddress address() {
        return endpoint.address();
    }

    /// Where other members join it, as `host:port`; empty if nobody can.
    public Optional<String> memberAddress() {
        return Optional.ofNullable(membership).map(joined -> joined.link().toString());
    }

    /// How many connections were closed before they were one, by reason.
    public Map<Refusal, Long> refusals() {
        return endpoint.refusals();
    }

    /// Results that were lost and made again in this term.
    long recomputedCount() {
        Term now = term;
        return now == null ? 0 : now.shell().recomputedCount();
    }

    @Override
    public void close() {
        endpoint.close();
        clock.shutdownNow();
        Term last = term;
        if (last != null) {
            last.journal().close(); // while what it writes to is there
        }
        ClusterMembership joined = membership;
        if (joined != null) {
            joined.close();
        }
        end();
        transport.close();
        code.close();
    }

    /// Hears which processes come and go.
    private final class Hints implements MembershipListener {
        @Override
        public void joined(ClusterMember member) {
            note(member, true);
        }

        @Override
        public void left(ClusterMember member) {
            note(member, false);
        }

        private void note(ClusterMember member, boolean isPresent) {
            Term now = term;
            if (now != null && member.role() == Role.WORKER) {
                now.shell().noteMember(member.processId(), member.endpoint().port(), isPresent);
            }
        }
    }

    /// Called by the one thread that knows who leads.
    private final class Terms implements LeadershipListener {
        private final Journal journal;

        Terms(Journal journal) {
            this.journal = journal;
        }

        @Override
        public void elected(Leader self) {
            LOG.log(System.Logger.Level.DEBUG, "leads from now on, as epoch {0}", Integer.toString(self.epoch()));
            Inheritance found = Inheritance.of(journal, code);
            begin(
                    new Fence(self.epoch(), self.id()),
                    new BackgroundJournal(journal.writer(self.epoch()), code, MOST_JOURNAL_BYTES, found), found);
        }

        @Override
        public void following(Leader leader) {
            LOG.log(System.Logger.Level.DEBUG, "stands by: {0} leads", leader.endpoint());
        }

        @Override
        public void lost() {
            LOG.log(System.Logger.Level.WARNING, "leads no more: another scheduler does; its own jobs go on there");
            end();
        }
    }

    /// The term to which somebody who says hello belongs; null if that is another scheduler's.
    private @Nullable Term termFor(Greeting.Hello hello) {
        Term now = term;
        boolean isPassed =
                now != null && hello.fence().filter(seen -> seen.compareTo(now.fence()) > 0).isPresent();
        return isPassed ? null : now;
    }

    private Greeting elsewhere() {
        ClusterMembership joined = membership;
        return new Greeting.Elsewhere(
                joined == null
                        ? Optional.empty()
                        : joined.leader().filter(leader -> !leader.id().equals(joined.self().id()))
                                .map(leader -> leader.endpoint().toString()));
    }

    private Greeting welcome(Term in, SessionId session) {
        return new Greeting.Welcome(session, in.fence(), memberAddress());
    }

    /// The session that a peer had in this term.
    private static Optional<SessionId> sessionIn(Term of, Greeting.Hello hello) {
        return hello.session().filter(_ -> hello.fence().equals(Optional.of(of.fence())));
    }

    /// One connection of a worker or a client.
    private abstract class OfPeer implements PeerHandler.Peer {
        /// In which it was welcomed. Only the connection's thread looks.
        private @Nullable Term mine;

        @Override
        public void opened(Link link) {
            // The peer speaks first.
        }

        @Override
        public void greeted(Link link, Greeting greeting) {
            if (greeting instanceof Greeting.Hello hello) {
                Term now = termFor(hello);
                if (now == null) {
                    link.send(Wire.encode(elsewhere()));
                } else {
                    mine = now;
                    greet(now, link, hello);
                }
            }
        }

        abstract void greet(Term now, Link link, Greeting.Hello hello);

        @Override
        public void received(Packet<?> packet) {
            if (mine != null) {
                receive(mine.shell(), packet);
            }
        }

        abstract void receive(SchedulerShell shell, Packet<?> packet);

        @Override
        public void closed(Link link, CloseReason reason) {
            if (mine != null) {
                mine.shell().disconnected(link);
            }
        }
    }

    private final class OfWorker extends OfPeer {
        @Override
        void greet(Term now, Link link, Greeting.Hello hello) {
            SessionId session = now.shell().greetWorker(sessionIn(now, hello), hello.goesOn());
            link.send(Wire.encode(welcome(now, session)));
            now.shell().attachWorker(session, link);
        }

        @Override
        void receive(SchedulerShell shell, Packet<?> packet) {
            shell.receiveFromWorker(packet);
        }
    }

    private final class OfClient extends OfPeer {
        @Override
        void greet(Term now, Link link, Greeting.Hello hello) {
            Optional<SessionId> session = now.shell().greetClient(sessionIn(now, hello));
            link.send(
                    Wire.encode(session.map(id -> welcome(now, id)).orElseGet(Greeting.Over::new)));
            session.ifPresent(id -> now.shell().attachClient(id, link));
        }

        @Override
        void receive(SchedulerShell shell, Packet<?> packet) {
            shell.receiveFromClient(packet);
        }
    }
}
