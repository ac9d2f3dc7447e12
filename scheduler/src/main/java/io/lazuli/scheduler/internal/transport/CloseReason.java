package io.lazuli.scheduler.internal.transport;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Why a connection ended.
///
/// @param text  what happened, with the peer's name
/// @param cause what was thrown, if anything was
public record CloseReason(Kind kind, String text, @Nullable Throwable cause) {
    public enum Kind {
        /// This process closed it.
        CLOSED_HERE,
        /// The peer closed it, or is gone, after a whole frame.
        CLOSED_BY_PEER,
        /// The peer is gone in the middle of a frame.
        CUT_OFF,
        /// The peer sent what is no frame.
        PROTOCOL_ERROR,
        /// The handler of this side threw, or memory ran out.
        FAILED_HERE,
        /// The network failed: reset, timed out, TLS damaged.
        NETWORK_FAILED
    }

    public CloseReason {
        Objects.requireNonNull(kind, "kind is null");
        Objects.requireNonNull(text, "text is null");
    }

    @Override
    public String toString() {
        return kind + ": " + text;
    }
}
