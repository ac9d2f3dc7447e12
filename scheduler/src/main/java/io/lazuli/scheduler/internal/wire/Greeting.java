package io.lazuli.scheduler.internal.wire;

import io.lazuli.scheduler.internal.session.SessionId;
import java.util.Optional;

/// What is said on a connection before packets of a session.
public sealed interface Greeting {
    /// Who connects.
    ///
    /// @param session that it had on an earlier connection
    /// @param fence   of the leader who gave it that
    /// @param goesOn  whether it still has what it had then, and goes on; else it begins anew in the same place
    record Hello(Optional<SessionId> session, Optional<Fence> fence, boolean goesOn) implements Greeting {}

    /// Go on with that session, or begin it.
    ///
    /// @param fence  of this leader: who has seen a higher one does not stay
    /// @param member where the cluster's members can be joined, as `host:port`; empty if there are none but this scheduler
    record Welcome(SessionId session, Fence fence, Optional<String> member) implements Greeting {}

    /// The session to go on with is over: the scheduler has forgotten it.
    record Over() implements Greeting {}

    /// This scheduler does not lead.
    ///
    /// @param leader where the one listens that does, as `host:port`, as far as is known
    record Elsewhere(Optional<String> leader) implements Greeting {}
}
