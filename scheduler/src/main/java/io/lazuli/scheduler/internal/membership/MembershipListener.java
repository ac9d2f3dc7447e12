package io.lazuli.scheduler.internal.membership;

/// Hears who comes and goes. These are hints: a frozen process leaves late, one behind a broken network may leave and return, and
/// only a lease says that a task is lost. Called by one thread, in order; must not wait for the cluster.
public interface MembershipListener {
    void joined(ClusterMember member);

    void left(ClusterMember member);
}
