package io.lazuli.scheduler.internal.transport;

import io.lazuli.graph.error.ErrorCode;
import java.util.Objects;

/// Decides about peers that connect to an [Endpoint] and know the token. Called on an event loop: it must not wait.
@FunctionalInterface
public interface Acceptor {
    Decision decide(Peer peer);

    /// Whether a peer is wanted.
    sealed interface Decision {}

    /// @param handler hears of the connection from now on
    record Accept(ConnectionHandler handler) implements Decision {
        public Accept {
            Objects.requireNonNull(handler, "handler is null");
        }
    }

    /// The peer gets a [io.lazuli.graph.error.LazuliException] of this code, which says where it was refused and why.
    ///
    /// @param code   RESOURCE if it may try again later
    /// @param reason what was found and what to do; the first thousand bytes of it
    record Refuse(ErrorCode code, String reason) implements Decision {
        public Refuse {
            Objects.requireNonNull(code, "code is null");
            Objects.requireNonNull(reason, "reason is null");
        }
    }
}
