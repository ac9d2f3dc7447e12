package io.lazuli.scheduler.internal.transport;

import java.util.Locale;

/// What a process is in the cluster. The order is part of the handshake.
public enum PeerRole {
    CLIENT, WORKER, SCHEDULER,
    /// Any process at a link between members, which is not the transport's.
    MEMBER;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
