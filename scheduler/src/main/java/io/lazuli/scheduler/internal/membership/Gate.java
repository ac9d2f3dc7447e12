package io.lazuli.scheduler.internal.membership;

import io.lazuli.scheduler.internal.transport.ClusterSecret;
import io.lazuli.scheduler.internal.transport.Refusal;
import io.lazuli.scheduler.internal.transport.Refusals;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// What all links of a member have in common while they prove themselves, and how many did not.
final class Gate {
    private static final System.Logger LOG = System.getLogger(Gate.class.getName());

    private final ClusterSecret secret;
    private final Duration limit;
    private final int mostUnproven;
    private final Refusals refusals = new Refusals("the port for members");
    /// Links that others have opened and not proven.
    private final AtomicInteger unproven = new AtomicInteger();
    private final LogLimit failures = new LogLimit();

    /// @param limit        how long a link may take to prove itself
    /// @param mostUnproven links that others have opened may be at it at once; more are closed
    Gate(ClusterSecret secret, Duration limit, int mostUnproven) {
        this.secret = secret;
        this.limit = limit;
        this.mostUnproven = mostUnproven;
    }

    ClusterSecret secret() {
        return secret;
    }

    Duration limit() {
        return limit;
    }

    /// Counts a link that another process has opened, and says whether it may go on. [#leave] follows in any case.
    boolean enter(SocketAddress remote) {
        boolean mayEnter = unproven.incrementAndGet() <= mostUnproven;
        if (!mayEnter) {
            refusals.add(Refusal.TOO_MANY, remote, "%d links wait already".formatted(mostUnproven));
        }
        return mayEnter;
    }

    /// A link that has entered has proven itself, or is gone.
    void leave() {
        unproven.decrementAndGet();
    }

    void refuse(SocketAddress remote, Refusal reason, String found) {
        refusals.add(reason, remote, found);
    }

    /// A link that this process has opened came to nothing: Hazelcast tries again and again.
    void fail(String found) {
        failures.pass(found, System.nanoTime())
                .ifPresent(text -> LOG.log(System.Logger.Level.WARNING, "No link to another member: {0}", text));
    }

    /// Every reason, in order.
    Map<Refusal, Long> counts() {
        return refusals.counts();
    }
}
