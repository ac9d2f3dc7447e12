package io.lazuli.scheduler.internal.cluster;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.internal.membership.Endpoint;
import io.lazuli.scheduler.internal.session.Packet;
import io.lazuli.scheduler.internal.transport.CloseReason;
import io.lazuli.scheduler.internal.transport.PeerRole;
import io.lazuli.scheduler.internal.transport.Transport;
import io.lazuli.scheduler.internal.wire.Fence;
import io.lazuli.scheduler.internal.wire.Greeting;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Keeps a connection to the scheduler that leads: whenever it is gone, tries one address after the other, again and again.
///
/// ```
///   connect, Hello --> Welcome: stays until it breaks or falls silent
///                  '-> Elsewhere, or Welcome of a leader lower than one seen before: the address that was named, or the next
/// ```
///
/// There is one connection at a time. One that it has turned away from says nothing more to its peer, whoever speaks there.
final class Connector implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Connector.class.getName());
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 3_000;
    /// While a scheduler answers that does not lead: soon one will.
    private static final long LONGEST_STANDBY_PAUSE_MILLIS = 200;
    private static final long LOOK_MILLIS = 1_000;
    /// A scheduler says something every second. One that does not stands still, or is far behind.
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Transport transport;
    private final List<InetSocketAddress> schedulers;
    private final PeerRole role;
    private final String name;
    private final PeerHandler.Peer peer;
    private final ScheduledExecutorService clock;
    /// Fails if nobody answers at the first round of all addresses; else says nothing.
    private final CompletableFuture<Void> refused = new CompletableFuture<>();
    /// Guarded by this, as all below: the one connection that is there, or is being made.
    private @Nullable Attempt current;
    /// Index of the address that is tried next.
    private int next;
    /// Where the leader is said to be, to be tried before.
    private @Nullable InetSocketAddress hint;
    /// Tries since the last connection that stayed.
    private int tries;
    /// Whether a scheduler that does not lead answered one of these.
    private boolean isStandbyThere;
    /// Of all leaders that were met.
    private @Nullable Fence highest;
    /// It was connected once, or need not be soon.
    private boolean isPatient;
    private boolean closed;
    /// What was logged last of why there is no connection; empty while there is one.
    private String told = "";

    /// @param schedulers at least one
    Connector(Transport transport, List<InetSocketAddress> schedulers, PeerRole role, String name,
            PeerHandler.Peer peer, ScheduledExecutorService clock) {
        this.transport = transport;
        this.schedulers = List.copyOf(schedulers);
        this.role = role;
        this.name = name;
        this.peer = peer;
        this.clock = clock;
    }

    /// Connects now. The stage fails if no address answers; then no other try is made.
    CompletionStage<Void> connect() {
        begin();
        return refused;
    }

    /// Connects now, or as soon as it can.
    void connectLasting() {
        synchronized (this) {
            isPatient = true;
        }
        begin();
    }

    private void begin() {
        if (schedulers.size() > 1) {
            clock.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
        attempt();
    }

    /// Another process is said to lead: it is tried at once, unless it is no news.
    void suggest(Fence leader, InetSocketAddress address) {
        Attempt before;
        synchronized (this) {
            if (closed || highest != null && leader.compareTo(highest) <= 0) {
                return;
            }
            before = current;
            current = null;
            hint = address;
            tries = 0;
        }
        leave(before);
        attempt();
    }

    /// Turns away from one that stands still.
    private void look() {
        boolean hasHeardAll = transport.awaitRound();
        Attempt now;
        synchronized (this) {
            now = current;
        }
        if (hasHeardAll && now != null && System.nanoTime() - now.heardNanos > SILENCE_NANOS) {
            LOG.log(System.Logger.Level.DEBUG, "{0} hears nothing from the scheduler at {1}", name, now.address);
            turnAway(now, Optional.empty());
        }
    }

    private void attempt() {
        Attempt attempt;
        synchronized (this) {
            if (closed || current != null) {
                return;
            }
            InetSocketAddress address = hint == null ? schedulers.get(next) : hint;
            next = hint == null ? (next + 1) % schedulers.size() : next;
            hint = null;
            tries++;
            attempt = new Attempt(address);
            current = attempt;
        }
        transport.connect(attempt.address, role, name, new PeerHandler(attempt)).whenComplete((_, failure) -> {
            if (failure != null) {
                failed(attempt, failure);
            }
        });
    }

    private void failed(Attempt attempt, Throwable failure) {
        Throwable why = failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
        boolean isHopeless;
        synchronized (this) {
            boolean cannotChange = why instanceof LazuliException typed && typed.code() == ErrorCode.USER;
            isHopeless = !isPatient && !isStandbyThere && current == attempt
                    && (cannotChange || tries >= schedulers.size());
            closed |= isHopeless;
        }
        if (isHopeless) {
            refused.completeExceptionally(why);
        } else {
            tell(why);
            turnAway(attempt, Optional.empty());
        }
    }

    /// Once, until there has been a connection, or the reason is another one.
    private synchronized void tell(Throwable why) {
        String reason = String.valueOf(why.getMessage());
        if (!closed && !reason.equals(told)) {
            told = reason;
            LOG.log(System.Logger.Level.WARNING, "{0} is without a scheduler, and tries again: {1}", name, reason);
        }
    }

    /// Tries another address, if `attempt` is still the one that counts.
    private void turnAway(Attempt attempt, Optional<InetSocketAddress> leader) {
        long pauseMillis;
        synchronized (this) {
            if (current != attempt) {
                return;
            }
            current = null;
            hint = leader.orElse(null);
            pauseMillis = pauseMillis();
        }
        leave(attempt);
        again(pauseMillis);
    }

    /// None within a round of all addresses.
    private long pauseMillis() {
        int rounds = tries / schedulers.size();
        if (tries % schedulers.size() != 0) {
            return 0;
        }
        long longest = isStandbyThere ? LONGEST_STANDBY_PAUSE_MILLIS : LONGEST_PAUSE_MILLIS;
        return Math.min(FIRST_PAUSE_MILLIS << Math.clamp(rounds - 1L, 0, 10), longest);
    }

    private static void leave(@Nullable Attempt attempt) {
        Link link = attempt == null ? null : attempt.link;
        if (link != null) {
            link.close();
        }
    }

    private void again(long pauseMillis) {
        synchronized (this) {
            if (closed) {
                return;
            }
        }
        clock.schedule(this::attempt, pauseMillis, TimeUnit.MILLISECONDS);
    }

    /// Tries for no other connection.
    @Override
    public synchronized void close() {
        closed = true;
    }

    private static Optional<InetSocketAddress> address(Optional<String> text) {
        return text.map(Endpoint::parse).map(at -> new InetSocketAddress(at.host(), at.port()));
    }

    /// One connection, from the first packet of TCP on.
    private final class Attempt implements PeerHandler.Peer {
        private final InetSocketAddress address;
        private volatile long heardNanos = System.nanoTime();
        private volatile @Nullable Link link;
        /// The scheduler at the other end leads, as far as is known.
        private boolean isWelcome;

        Attempt(InetSocketAddress address) {
            this.address = address;
        }

        @Override
        public void opened(Link opened) {
            link = opened;
            heardNanos = System.nanoTime();
            if (isCurrent()) {
                peer.opened(opened);
            } else {
                opened.close();
            }
        }

        private boolean isCurrent() {
            synchronized (Connector.this) {
                return current == this && !closed;
            }
        }

        @Override
        public void greeted(Link from, Greeting greeting) {
            heardNanos = System.nanoTime();
            switch (greeting) {
                case Greeting.Elsewhere(Optional<String> leader) -> {
                    synchronized (Connector.this) {
                        isStandbyThere = true;
                    }
                    turnAway(this, address(leader));
                }
                case Greeting.Welcome welcome -> {
                    if (stays(welcome.fence())) {
                        peer.greeted(from, greeting);
                        isWelcome = true;
                    } else {
                        turnAway(this, Optional.empty());
                    }
                }
                case Greeting.Over _, Greeting.Hello _ -> peer.greeted(from, greeting);
            }
        }

        /// Whether this is the connection to stay with.
        private boolean stays(Fence fence) {
            synchronized (Connector.this) {
                if (current != this || closed) {
                    return false;
                }
                if (highest != null && fence.compareTo(highest) < 0) {
                    LOG.log(
                            System.Logger.Level.INFO, "{0} refuses the scheduler at {1}: it leads no more", name,
                            address);
                    return false;
                }
                highest = fence;
                tries = 0;
                told = "";
                isStandbyThere = false;
                isPatient = true;
                return true;
            }
        }

        @Override
        public void received(Packet<?> packet) {
            heardNanos = System.nanoTime();
            // With the lock: what an older leader says must not arrive after the welcome of a later one.
            synchronized (Connector.this) {
                if (current == this && isWelcome) {
                    peer.received(packet);
                }
            }
        }

        @Override
        public void closed(Link gone, CloseReason reason) {
            peer.closed(gone, reason);
            boolean isLoss;
            synchronized (Connector.this) {
                isLoss = current == this;
                if (isLoss) {
                    current = null;
                }
            }
            if (isLoss) {
                again(FIRST_PAUSE_MILLIS);
            }
        }
    }
}
