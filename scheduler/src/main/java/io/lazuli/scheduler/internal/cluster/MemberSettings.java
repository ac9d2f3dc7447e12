package io.lazuli.scheduler.internal.cluster;

import io.lazuli.scheduler.internal.membership.Endpoint;
import io.lazuli.scheduler.internal.membership.MembershipOptions;
import io.lazuli.scheduler.internal.membership.Role;
import io.lazuli.scheduler.internal.membership.TlsOptions;
import io.lazuli.scheduler.internal.transport.TransportOptions;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/// How a process of a cluster becomes a member of it, and so hears who leads.
///
/// @param link      where it listens for other members; port 0 takes any that is free
/// @param peers     links of members, of which one must be there to be joined
/// @param transport whose secret and certificate members share too
public record MemberSettings(Endpoint link, List<Endpoint> peers, TransportOptions transport) {
    private static final String VERSION =
            Optional.ofNullable(MemberSettings.class.getPackage().getImplementationVersion()).orElse("development");

    public MemberSettings {
        peers = List.copyOf(peers);
    }

    /// Errors: USER, if the link can be reached from elsewhere and there is no certificate.
    ///
    /// @param endpoint where its transport listens, for others to know
    MembershipOptions options(Role role, InetSocketAddress endpoint) {
        Endpoint transportAt = new Endpoint(endpoint.getAddress().getHostAddress(), endpoint.getPort());
        MembershipOptions open =
                MembershipOptions.of(role, transport.secret(), transportAt, VERSION).withSeeds(peers)
                        .withProofTime(transport.handshakeTime());
        return transport.tls()
                .map(keystore -> open.withTls(
                        new TlsOptions(keystore.file(), keystore.password().toCharArray())))
                .orElse(open)
                .withBind(link);
    }
}
