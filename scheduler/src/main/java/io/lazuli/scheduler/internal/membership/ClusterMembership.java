package io.lazuli.scheduler.internal.membership;

import com.hazelcast.cluster.Address;
import com.hazelcast.cluster.InitialMembershipEvent;
import com.hazelcast.cluster.InitialMembershipListener;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.config.Config;
import com.hazelcast.core.EntryEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.HazelcastInstanceFactory;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.transport.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// This process as a member of the cluster: who else is there, who leads, and the journal. Schedulers keep the journal among them;
/// workers only ask.
///
/// ```
///   scheduler A (oldest: leads) ◀──▶ scheduler B (stands by, holds the backup of the journal)
///           ▲        ▲                    ▲
///        worker    worker              worker            lite members: no data
/// ```
///
/// All it says about others are hints. What is decided by it rests on the leader's fence and on leases. A cluster that is split goes on
/// in halves, each with a leader; halves that find each other again become one: the higher fence stays on record, and segments of
/// both journals are kept side by side, under their epochs.
public final class ClusterMembership implements AutoCloseable {
    /// Links that strangers may hold open at once.
    private static final int MOST_UNPROVEN = 64;

    private final HazelcastInstance hazelcast;
    private final ClusterMember self;
    private final Gate gate;
    private final Leadership leadership;
    private final Journal journal;
    private final List<MembershipListener> listeners = new CopyOnWriteArrayList<>();

    private ClusterMembership(HazelcastInstance hazelcast, ClusterMember self, Gate gate) {
        this.hazelcast = hazelcast;
        this.self = self;
        this.gate = gate;
        this.leadership = new Leadership(new View(), new Register(hazelcast.getMap(MemberConfig.LEADER)));
        this.journal = new Journal(hazelcast.getMap(MemberConfig.JOURNAL));
    }

    /// Joins the cluster that one of the seeds belongs to, or begins one. Takes a second or two, most of it for the first member of
    /// a process.
    ///
    /// Errors: USER, when the address cannot be used or the certificate cannot be read; RESOURCE, when the cluster does not take it.
    public static ClusterMembership open(MembershipOptions options) {
        SystemLogging.install();
        ClusterMember self = new ClusterMember(UUID.randomUUID(), options.role(), options.endpoint(),
                ProcessHandle.current().pid(), options.version(), true);
        Config config = MemberConfig.of(options, self);
        Gate gate = new Gate(options.secret(), options.proofTime(), MOST_UNPROVEN);
        HazelcastInstance hazelcast;
        try {
            TlsIdentity identity = options.tls() == null ? null : TlsIdentity.load(options.tls());
            hazelcast = HazelcastInstanceFactory
                    .newHazelcastInstance(config, config.getInstanceName(), new GuardedLinks(gate, identity));
        } catch (LazuliException e) {
            throw e;
        } catch (RuntimeException e) {
            throw Errors.cannotJoin(options.bind().toString(), options.seeds().toString(), e);
        }
        ClusterMembership membership = new ClusterMembership(hazelcast, self, gate);
        membership.watch();
        return membership;
    }

    private void watch() {
        hazelcast.getCluster().addMembershipListener(new Watch());
        IMap<String, byte[]> register = hazelcast.getMap(MemberConfig.LEADER);
        register.addEntryListener((EntryAddedListener<String, byte[]>) (EntryEvent<String, byte[]> _) -> leadership
                .hint(), false);
        register.addEntryListener((EntryUpdatedListener<String, byte[]>) (EntryEvent<String, byte[]> _) -> leadership
                .hint(), false);
        hazelcast.getLifecycleService().addLifecycleListener((LifecycleEvent _) -> leadership.hint());
        leadership.start();
    }

    public ClusterMember self() {
        return self;
    }

    /// Where the link to other members listens: what others give as a seed.
    public Endpoint link() {
        Address address = Objects.requireNonNull(
                hazelcast.getCluster().getLocalMember().getAddressMap().get(EndpointQualifier.MEMBER),
                "it is the one address that is configured");
        return new Endpoint(address.getHost(), address.getPort());
    }

    /// How many links were closed before they were proven, by reason, zeros included.
    public Map<Refusal, Long> refusals() {
        return gate.counts();
    }

    /// All members, the oldest first, this process among them.
    public List<ClusterMember> members() {
        return hazelcast.getCluster().getMembers().stream()
                .map(ClusterMember::from)
                .flatMap(Optional::stream)
                .toList();
    }

    /// Tells `listener` of all who come and go from now on.
    public void listen(MembershipListener listener) {
        listeners.add(listener);
    }

    /// Tells `listener` who leads, as soon as that is known, and every change.
    public void listen(LeadershipListener listener) {
        leadership.listen(listener);
    }

    /// Who leads as far as is known here.
    public Optional<Leader> leader() {
        return leadership.leader();
    }

    /// Waits until somebody leads. Errors: RESOURCE, when nobody does within `limit`.
    public Leader awaitLeader(Duration limit) {
        return leadership.awaitLeader(limit);
    }

    public Journal journal() {
        return journal;
    }

    /// Whether the journal and who leads are kept by two schedulers, so that one may die. False for a moment whenever a scheduler comes or
    /// goes, while what is there is copied.
    public boolean isBackedUp() {
        return members().stream().filter(member -> member.role() == Role.SCHEDULER).count() > 1
                && hazelcast.getPartitionService().isClusterSafe();
    }

    /// Leaves the cluster, within a few seconds: a scheduler hands its part of the journal to those that stay, if there are some. A worker
    /// has no part of it, and waits for nobody.
    @Override
    public void close() {
        leadership.close();
        journal.close();
        if (self.role() == Role.WORKER) {
            hazelcast.getLifecycleService().terminate();
        } else {
            hazelcast.shutdown();
        }
    }

    private final class View implements Leadership.ClusterView {
        @Override
        public ClusterMember self() {
            return self;
        }

        @Override
        public List<ClusterMember> schedulers() {
            return members().stream().filter(member -> member.role() == Role.SCHEDULER).toList();
        }
    }

    private record Register(IMap<String, byte[]> map) implements Leadership.LeaderRecord {
        private static final String KEY = "leader";

        @Override
        public @Nullable Leader read() {
            return Leader.decode(map.get(KEY));
        }

        @Override
        public boolean replace(@Nullable Leader last, Leader next) {
            return last == null
                    ? map.putIfAbsent(KEY, next.encode()) == null
                    : map.replace(KEY, last.encode(), next.encode());
        }
    }

    private final class Watch implements InitialMembershipListener {
        @Override
        public void init(InitialMembershipEvent event) {
            leadership.hint();
        }

        @Override
        public void memberAdded(MembershipEvent event) {
            leadership.hint();
            ClusterMember.from(event.getMember())
                    .ifPresent(member -> listeners.forEach(listener -> listener.joined(member)));
        }

        @Override
        public void memberRemoved(MembershipEvent event) {
            leadership.hint();
            ClusterMember.from(event.getMember())
                    .ifPresent(member -> listeners.forEach(listener -> listener.left(member)));
        }
    }
}
