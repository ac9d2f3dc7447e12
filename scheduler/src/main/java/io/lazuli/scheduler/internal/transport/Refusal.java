package io.lazuli.scheduler.internal.transport;

/// Why an endpoint closed a connection before it was one. The order is part of the handshake.
public enum Refusal {
    /// It speaks something else: HTTP, TLS to a plain port, Java serialization, noise.
    NOT_LAZULI,
    /// Another version of the protocol.
    OTHER_VERSION,
    /// It starts as Lazuli does, and goes on with nonsense.
    MALFORMED,
    /// It does not know the token.
    WRONG_TOKEN,
    /// It took too long, or said nothing.
    TIMED_OUT,
    /// It went away.
    CLOSED_EARLY,
    /// Too many connections were waiting to be authenticated.
    TOO_MANY,
    /// TLS did not come up: no certificate, another one, or no TLS.
    TLS_FAILED,
    /// It knows the token and is not wanted.
    NOT_ACCEPTED,
    /// A defect on this side.
    FAILED
}
