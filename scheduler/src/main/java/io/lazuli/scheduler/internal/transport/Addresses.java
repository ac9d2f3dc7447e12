package io.lazuli.scheduler.internal.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// Addresses in messages, and which of them stay within this machine.
final class Addresses {
    private Addresses() {}

    /// `127.0.0.1:8786`, `[::1]:8786`, or `an unknown address`.
    static String text(@Nullable SocketAddress address) {
        if (!(address instanceof InetSocketAddress internet)) {
            return "an unknown address";
        }
        String host = internet.isUnresolved() ? internet.getHostString() : internet.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + internet.getPort();
    }

    /// The host without its port; several connections of one machine have it in common.
    static String host(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress internet && !internet.isUnresolved()
                ? internet.getAddress().getHostAddress()
                : "an unknown address";
    }

    static boolean isLoopback(InetSocketAddress address) {
        InetAddress host = address.getAddress();
        return host != null && host.isLoopbackAddress();
    }
}
