package io.lazuli.scheduler.internal.cluster;

import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.internal.membership.ClusterMembership;
import io.lazuli.scheduler.internal.membership.Endpoint;
import io.lazuli.scheduler.internal.membership.Leader;
import io.lazuli.scheduler.internal.membership.LeadershipListener;
import io.lazuli.scheduler.internal.membership.Role;
import io.lazuli.scheduler.internal.transport.Refusal;
import io.lazuli.scheduler.internal.wire.Fence;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A worker as a member of its cluster, so that it hears of a new leader at once. It joins beside its work: that takes a second or
/// two. All of it is hints, so that a worker which cannot join works too.
final class WorkerMembership implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(WorkerMembership.class.getName());

    private final MemberSettings settings;
    private final InetSocketAddress endpoint;
    private final Connector connector;
    /// It joins, or has joined. Guarded by this, as all below.
    private boolean isBusy;
    private @Nullable ClusterMembership membership;
    private boolean closed;

    /// @param endpoint where the worker gives results to others
    WorkerMembership(MemberSettings settings, InetSocketAddress endpoint, Connector connector) {
        this.settings = settings;
        this.endpoint = endpoint;
        this.connector = connector;
    }

    /// Joins soon, unless it has. Does not wait.
    ///
    /// @param member link of a member that is there
    synchronized void join(String member) {
        if (!isBusy && !closed) {
            isBusy = true;
            Thread.ofPlatform().daemon().name("lazuli-join").start(() -> join(Endpoint.parse(member)));
        }
    }

    private void join(Endpoint member) {
        MemberSettings known = new MemberSettings(settings.link(), List.of(member), settings.transport());
        try {
            keep(ClusterMembership.open(known.options(Role.WORKER, endpoint)));
        } catch (LazuliException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "works without being a member of the cluster, and hears later of a new leader: {0}",
                    e.getMessage());
            synchronized (this) {
                isBusy = false;
            }
        }
    }

    private void keep(ClusterMembership joined) {
        boolean isLate;
        synchronized (this) {
            isLate = closed;
            membership = isLate ? null : joined;
        }
        if (isLate) {
            joined.close();
        } else {
            joined.listen(new Suggesting());
        }
    }

    /// How many links were closed before they were proven, by reason.
    synchronized Map<Refusal, Long> refusals() {
        return membership == null ? Map.of() : membership.refusals();
    }

    @Override
    public void close() {
        ClusterMembership joined;
        synchronized (this) {
            closed = true;
            joined = membership;
            membership = null;
        }
        if (joined != null) {
            joined.close();
        }
    }

    private final class Suggesting implements LeadershipListener {
        @Override
        public void elected(Leader self) {
            throw new IllegalStateException("a worker was elected");
        }

        @Override
        public void following(Leader leader) {
            connector.suggest(
                    new Fence(leader.epoch(), leader.id()),
                    new InetSocketAddress(leader.endpoint().host(), leader.endpoint().port()));
        }

        @Override
        public void lost() {
            throw new IllegalStateException("a worker led");
        }
    }
}
