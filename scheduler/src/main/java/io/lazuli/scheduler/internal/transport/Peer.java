package io.lazuli.scheduler.internal.transport;

import java.net.InetSocketAddress;
import java.util.Objects;

/// The other end of a connection. That it knows the token is proved; role and name are what it says of itself.
///
/// @param address where it connects from, or where it was connected to
public record Peer(PeerRole role, String name, InetSocketAddress address) {
    public Peer {
        Objects.requireNonNull(role, "role is null");
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(address, "address is null");
    }

    @Override
    public String toString() {
        return role + " '" + name + "' at " + Addresses.text(address);
    }
}
