package io.lazuli.scheduler.internal.membership;

import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.transport.ClusterSecret;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a process takes part in a cluster.
///
/// @param bind        where the link to other members listens; port 0 takes the first free one from 5701 on
/// @param seeds       where members may be found that are there already: the `host:port` of their links
/// @param secret      only members with the same one meet
/// @param endpoint    where this process's transport listens, for the others to know
/// @param version     of Lazuli
/// @param silence     how long a member that says nothing still counts as one, and how long one that takes connections and does not
///                    answer is asked to let this process join; in whole seconds
/// @param proofTime   how long a link may take until both ends have proved that they know the secret
/// @param tls         protects links between members; null leaves them open, which is refused off loopback
public record MembershipOptions(
        Role role, Endpoint bind, List<Endpoint> seeds, ClusterSecret secret, Endpoint endpoint, String version,
        Duration silence, Duration proofTime, @Nullable TlsOptions tls) {
    private static final Endpoint LOOPBACK = new Endpoint("127.0.0.1", 0);
    private static final Duration SILENCE = Duration.ofSeconds(15);
    private static final Duration PROOF_TIME = Duration.ofSeconds(10);

    public MembershipOptions {
        seeds = List.copyOf(seeds);
        if (silence.toSeconds() < 2) {
            throw Errors.badSetting("silence", silence.toString(), "at least 2 seconds");
        }
        if (tls == null && !bind.isLoopback()) {
            throw Errors.openMemberLinks(bind.toString());
        }
        if (bind.isWildcard()) {
            throw Errors.badSetting("bind", bind.toString(), "an address at which the others can reach this process");
        }
    }

    /// On loopback, at any free port, knowing of nobody else.
    public static MembershipOptions of(Role role, ClusterSecret secret, Endpoint endpoint, String version) {
        return new MembershipOptions(role, LOOPBACK, List.of(), secret, endpoint, version, SILENCE, PROOF_TIME, null);
    }

    /// Errors: USER, if it is off loopback and links are not protected: set those first.
    public MembershipOptions withBind(Endpoint bind) {
        return new MembershipOptions(role, bind, seeds, secret, endpoint, version, silence, proofTime, tls);
    }

    public MembershipOptions withSeeds(List<Endpoint> seeds) {
        return new MembershipOptions(role, bind, seeds, secret, endpoint, version, silence, proofTime, tls);
    }

    public MembershipOptions withSilence(Duration silence) {
        return new MembershipOptions(role, bind, seeds, secret, endpoint, version, silence, proofTime, tls);
    }

    public MembershipOptions withProofTime(Duration proofTime) {
        return new MembershipOptions(role, bind, seeds, secret, endpoint, version, silence, proofTime, tls);
    }

    public MembershipOptions withTls(TlsOptions tls) {
        return new MembershipOptions(role, bind, seeds, secret, endpoint, version, silence, proofTime, tls);
    }

    @Override
    public String toString() {
        return "MembershipOptions[%s, bind %s, seeds %s, endpoint %s, version %s%s]"
                .formatted(role, bind, seeds, endpoint, version, tls == null ? "" : ", TLS");
    }
}
