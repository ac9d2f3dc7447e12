package io.lazuli.scheduler.internal.membership;

import io.lazuli.scheduler.internal.Errors;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/// Where a process listens: `host:port`, an IPv6 address in brackets.
public record Endpoint(String host, int port) {
    private static final int MOST = 65_535;

    public Endpoint {
        if (host.isBlank() || port < 0 || port > MOST) {
            throw Errors.badEndpoint(host + ":" + port);
        }
    }

    /// Reads what [#toString] writes. Errors: USER, if `text` is no host and port.
    public static Endpoint parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw Errors.badEndpoint(text);
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw Errors.badEndpoint(text);
        }
        try {
            return new Endpoint(host, Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException _) {
            throw Errors.badEndpoint(text);
        }
    }

    /// Only this machine can reach it. A name is looked up; one that is not found is not loopback.
    boolean isLoopback() {
        return address().filter(InetAddress::isLoopbackAddress).isPresent();
    }

    /// All addresses of this machine.
    boolean isWildcard() {
        return address().filter(InetAddress::isAnyLocalAddress).isPresent();
    }

    /// Empty for a name that is not found.
    Optional<InetAddress> address() {
        try {
            return Optional.of(InetAddress.getByName(host));
        } catch (UnknownHostException _) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
