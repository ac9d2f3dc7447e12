package io.lazuli.scheduler.internal.wire;

import io.lazuli.scheduler.internal.session.SessionId;
import java.util.Optional;

/// What is said on a connection before packets of a session.
public sealed interface Greeting {
    /// Who connects. With the session that it had on an earlier connection, which it wants to go on with.
    record Hello(Optional<SessionId> session) implements Greeting {}

    /// Go on with that session, or begin it.
    record Welcome(SessionId session) implements Greeting {}

    /// The session to go on with is over: the scheduler has forgotten it.
    record Over() implements Greeting {}
}
