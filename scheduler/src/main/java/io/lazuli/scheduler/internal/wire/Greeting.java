package io.lazuli.scheduler.internal.wire;

import io.lazuli.scheduler.internal.session.SessionId;
import java.util.Optional;

/// What is said on a connection before packets of a session.
public sealed interface Greeting {
    /// Who connects.
    ///
    /// @param session that it had on an earlier connection
    /// @param goesOn  whether it still has what it had then, and goes on; else it begins anew in the same place
    record Hello(Optional<SessionId> session, boolean goesOn) implements Greeting {}

    /// Go on with that session, or begin it.
    record Welcome(SessionId session) implements Greeting {}

    /// The session to go on with is over: the scheduler has forgotten it.
    record Over() implements Greeting {}
}
