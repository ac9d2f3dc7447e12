package io.lazuli.dashboard.internal.web;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// By which names a browser may call the server. A page elsewhere can make its own name lead to any address (DNS rebinding), and read
/// what is served there as if it were its own: so only names count that cannot lead astray, which are addresses, `localhost` and what
/// was given.
final class Hosts {
    private final boolean isLoopback;
    private final Set<String> names;

    /// @param names given, in any case
    Hosts(boolean isLoopback, Set<String> names) {
        this.isLoopback = isLoopback;
        this.names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    /// @param header of the request, with or without a port
    boolean allows(String header) {
        String host = header.toLowerCase(Locale.ROOT).replaceFirst(":\\d{1,5}$", "");
        return Stream.of("localhost", "127.0.0.1", "[::1]").anyMatch(host::equals)
                || names.contains(host)
                || !isLoopback && isAddress(host);
    }

    private static boolean isAddress(String host) {
        return host.matches("\\d{1,3}(\\.\\d{1,3}){3}") || host.matches("\\[[0-9a-f:.]{2,45}]");
    }
}
