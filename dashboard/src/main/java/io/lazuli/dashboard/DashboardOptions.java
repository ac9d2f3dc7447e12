package io.lazuli.dashboard;

import io.lazuli.dashboard.internal.Errors;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Optional;

/// Where a dashboard listens, and who may see it.
///
/// By default it is seen on this machine alone, and needs no token: whoever may log in here may look. Anywhere else it needs one.
/// What is sent is not encrypted: across a network that others can read, use a tunnel or a proxy.
///
/// @param host  name or address of this machine
/// @param port  if it is taken, the next that is free; 0 for any
/// @param token who shows it may look; at least 16 letters, digits, `-`, `.`, `_` and `~`
public record DashboardOptions(String host, int port, Optional<String> token) {
    public static final DashboardOptions DEFAULTS = new DashboardOptions("127.0.0.1", 8787, Optional.empty());
    private static final int SHORTEST_TOKEN = 16;

    /// Errors: USER if port or token are not as they should be.
    public DashboardOptions {
        Objects.requireNonNull(host, "host is null");
        Objects.requireNonNull(token, "token is null");
        if (port < 0 || port > 65_535) {
            throw Errors.badPort(port);
        }
        token.ifPresent(text -> {
            if (!text.matches("[A-Za-z0-9._~-]{" + SHORTEST_TOKEN + ",200}")) {
                throw Errors.tokenTooShort(text.length(), SHORTEST_TOKEN);
            }
        });
    }

    /// @param text `1` for the defaults, or `HOST:PORT`
    /// @param token from the environment, if it is set there
    static DashboardOptions parse(String text, Optional<String> token) {
        DashboardOptions options = new DashboardOptions(DEFAULTS.host, DEFAULTS.port, token);
        if (text.equals("1") || text.equals("true")) {
            return options;
        }
        int colon = text.lastIndexOf(':');
        if (colon < 1 || !text.substring(colon + 1).matches("\\d{1,5}")) {
            throw Errors.badAddress(text);
        }
        String host = text.substring(0, colon).replaceAll("^\\[|]$", "");
        return options.withHost(host).withPort(Integer.parseInt(text.substring(colon + 1)));
    }

    public DashboardOptions withHost(String host) {
        return new DashboardOptions(host, port, token);
    }

    public DashboardOptions withPort(int port) {
        return new DashboardOptions(host, port, token);
    }

    public DashboardOptions withToken(String token) {
        return new DashboardOptions(host, port, Optional.of(token));
    }

    /// Seen on this machine alone. Errors: USER if the host is not known.
    boolean isLoopback() {
        return address().isLoopbackAddress();
    }

    /// Listens at all addresses of this machine.
    boolean isEverywhere() {
        return address().isAnyLocalAddress();
    }

    private InetAddress address() {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw Errors.unknownHost(host, e);
        }
    }

    /// Without the token, which is for whom it is told.
    @Override
    public String toString() {
        return "DashboardOptions[host=%s, port=%d, token=%s]".formatted(host, port, token.isPresent() ? "set" : "none");
    }
}
