package io.lazuli.scheduler.internal.membership;

import com.hazelcast.internal.networking.Channel;
import com.hazelcast.internal.server.ServerConnection;
import io.lazuli.scheduler.internal.transport.LinkProof;
import io.lazuli.scheduler.internal.transport.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// One link, until both its ends have proved that they know the cluster's token. Its [ProofDecoder] and [ProofEncoder] stand between the
/// socket, or TLS, and Hazelcast, and go when it is over.
final class LinkGuard {
    /// Of an engine's session before the handshake has begun.
    private static final String NO_PROTOCOL = "NONE";

    private final Gate gate;
    private final Channel channel;
    private final Optional<SSLEngine> tls;
    /// Null until TLS is up. Guarded by this, as what follows.
    private @Nullable LinkProof proof;
    /// It has proven itself, was refused, or is gone.
    private boolean isOver;
    /// Completed when it is over.
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    private LinkGuard(Gate gate, Channel channel, Optional<SSLEngine> tls) {
        this.gate = gate;
        this.channel = channel;
        this.tls = tls;
    }

    /// Of a channel that was not started yet. Empty if it has no time for this one: the channel is closed then.
    static Optional<LinkGuard> of(Gate gate, Channel channel, Optional<SSLEngine> tls) throws IOException {
        if (!channel.isClientMode() && !gate.enter(channel.remoteSocketAddress())) {
            gate.leave();
            channel.close();
            return Optional.empty();
        }
        LinkGuard guard = new LinkGuard(gate, channel, tls);
        channel.addCloseListener(
                _ -> guard.end(Refusal.CLOSED_EARLY, "it went away before the handshake was over"));
        guard.end.orTimeout(gate.limit().toNanos(), TimeUnit.NANOSECONDS).exceptionally(_ -> guard.expire());
        return Optional.of(guard);
    }

    /// Takes what has come; nothing is left. Wakes the encoder if there is something to be said. Errors: [IOException] if the link is to
    /// be closed and there is nothing to be said.
    void take(ByteBuffer from) throws IOException {
        synchronized (this) {
            if (!begin()) {
                return;
            }
            LinkProof begun = Objects.requireNonNull(proof, "it has begun");
            begun.take(from);
            if (begun.state() instanceof LinkProof.Failed failed) {
                end(failed.reason(), failed.found());
                if (!begun.hasAnswer()) {
                    hangUp(channel);
                    throw new IOException(failed.found());
                }
            }
            if (begun.state() instanceof LinkProof.Proven) {
                succeed();
            }
        }
        channel.outboundPipeline().wakeup();
    }

    /// True from when TLS is up, if there is any.
    private boolean begin() {
        if (proof == null && tls.map(LinkGuard::isUp).orElse(true)) {
            proof = channel.isClientMode()
                    ? LinkProof.ofClient(gate.secret(), tls, channel.remoteSocketAddress())
                    : LinkProof.ofServer(gate.secret(), tls);
        }
        return proof != null;
    }

    private static boolean isUp(SSLEngine engine) {
        synchronized (engine) {
            return engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING
                    && !engine.getSession().getProtocol().equals(NO_PROTOCOL);
        }
    }

    /// Puts what is to be said into `out`, as much as fits. Errors: [IOException] if all is said and the link is to be closed.
    ///
    /// @return true if there was something
    synchronized boolean answer(ByteBuffer out) throws IOException {
        if (!begin()) {
            return false;
        }
        LinkProof begun = Objects.requireNonNull(proof, "it has begun");
        if (begun.hasAnswer()) {
            begun.answer(out);
            return true;
        }
        if (begun.state() instanceof LinkProof.Failed failed) {
            hangUp(channel);
            throw new IOException(failed.found());
        }
        return false;
    }

    synchronized boolean isProven() {
        return proof != null && proof.state() instanceof LinkProof.Proven;
    }

    private synchronized void succeed() {
        if (!isOver) {
            isOver = true;
            if (!channel.isClientMode()) {
                gate.leave();
            }
            end.complete(null);
        }
    }

    /// The link comes to nothing, unless it is proven.
    ///
    /// @return false if it was over before
    private boolean end(Refusal reason, String found) {
        synchronized (this) {
            if (isOver) {
                return false;
            }
            isOver = true;
        }
        end.complete(null);
        if (channel.isClientMode()) {
            if (reason != Refusal.CLOSED_EARLY) {
                gate.fail(found);
            }
        } else {
            gate.leave();
            gate.refuse(channel.remoteSocketAddress(), reason, found);
        }
        return true;
    }

    /// TLS has failed. Returns what to throw: of a link that was not proven Hazelcast says nothing, as that is counted here.
    IOException broken(IOException cause) {
        boolean isNews = end(
                cause instanceof SSLException ? Refusal.TLS_FAILED : Refusal.CLOSED_EARLY,
                "TLS did not come up: " + cause.getMessage());
        hangUp(channel);
        return isNews ? new IOException(cause) : cause;
    }

    private @Nullable Void expire() {
        boolean isLate = end(Refusal.TIMED_OUT, "no handshake within " + gate.limit());
        if (isLate) {
            hangUp(channel);
        }
        if (isLate && channel.attributeMap().get(ServerConnection.class) instanceof ServerConnection connection) {
            connection.close("it did not prove in time that it knows the token", null);
        }
        return null;
    }

    /// Lets the peer hear at once that this is over. Hazelcast closes the socket when its threads look at it next, which may be seconds
    /// later.
    private static void hangUp(Channel channel) {
        try {
            channel.socket().shutdownOutput();
        } catch (IOException e) {
            return; // it is gone already
        }
    }
}
