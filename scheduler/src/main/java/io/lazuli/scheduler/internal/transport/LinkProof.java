package io.lazuli.scheduler.internal.transport;

import io.lazuli.graph.error.ErrorCode;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/// One end of a link that is not the transport's, such as those between members: both ends prove by the transport's [Handshake] that they
/// know the token, before anything else is said. They introduce themselves as [PeerRole#MEMBER], so what proves something here proves
/// nothing to a transport.
///
/// Pure: bytes in, bytes out. Holds one part of the handshake, a few hundred bytes at most. For one thread at a time.
public final class LinkProof {
    /// Most bytes of the handshake that one end sends at once.
    public static final int ANSWER_BYTES =
            Handshake.HEADER_BYTES + 1 + Handshake.REFUSAL_HEAD_BYTES + Handshake.LONGEST_TEXT;

    private static final String NAME = "member";
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /// How far it is.
    public sealed interface State {}

    /// Nothing is proven yet.
    public record Open() implements State {}

    /// The other end knows the token: what follows is no part of this.
    public record Proven() implements State {}

    /// The link is to be closed once the answer is sent.
    ///
    /// @param found for a log
    public record Failed(Refusal reason, String found) implements State {}

    private final Handshake handshake;
    private final Parts parts;
    private State state = new Open();
    /// To be sent.
    private ByteBuffer answer;

    private LinkProof(Handshake handshake, byte[] opening) {
        this.handshake = handshake;
        this.parts = new Parts(handshake);
        this.answer = ByteBuffer.wrap(opening);
    }

    /// The end that was connected to.
    ///
    /// @param tls of this link, with its handshake over, if it is protected
    public static LinkProof ofServer(ClusterSecret secret, Optional<SSLEngine> tls) {
        return new LinkProof(new ServerHandshake(secret, binding(tls), self()), new byte[0]);
    }

    /// The end that has connected: it speaks first.
    ///
    /// @param tls     of this link, with its handshake over, if it is protected
    /// @param address of the other end, for messages
    public static LinkProof ofClient(ClusterSecret secret, Optional<SSLEngine> tls, SocketAddress address) {
        ClientHandshake client = new ClientHandshake(secret, binding(tls), self(), Addresses.text(address));
        return new LinkProof(client, client.opening());
    }

    private static Introduction self() {
        return Introduction.of(PeerRole.MEMBER, NAME);
    }

    private static byte[] binding(Optional<SSLEngine> tls) {
        return tls.map(Tls::binding).orElseGet(() -> new byte[0]);
    }

    public State state() {
        return state;
    }

    /// Takes what the other end has sent. Nobody says more than the handshake before it is over, so whoever does has failed.
    public void take(ByteBuffer from) {
        while (state instanceof Open && from.hasRemaining()) {
            byte @Nullable [] part = parts.next(from);
            if (part != null) {
                on(part);
            }
        }
        if (state instanceof Proven && from.hasRemaining()) {
            state = new Failed(Refusal.MALFORMED, "it did not wait for the end of the handshake");
        }
        from.position(from.limit());
    }

    private void on(byte[] part) {
        switch (handshake) {
            case ServerHandshake server -> on(server, server.on(part));
            case ClientHandshake client -> on(client.on(part));
        }
    }

    private void on(ServerHandshake server, ServerHandshake.Step step) {
        switch (step) {
            case ServerHandshake.Continue(byte[] next) -> say(next);
            case ServerHandshake.Refuse(Refusal reason, String found, byte[] why) -> {
                say(why);
                state = new Failed(reason, found);
            }
            case ServerHandshake.Proven(Introduction client) -> {
                if (client.role() == PeerRole.MEMBER) {
                    say(server.acceptance());
                    state = new Proven();
                } else {
                    say(Handshake.refusal(Refusal.NOT_ACCEPTED, ErrorCode.USER, TransportErrors.MEMBERS_MEET_HERE));
                    state = new Failed(Refusal.NOT_ACCEPTED, client.role() + " '" + client.name() + "' is no member");
                }
            }
        }
    }

    private void on(ClientHandshake.Step step) {
        switch (step) {
            case ClientHandshake.Continue(byte[] next) -> say(next);
            case ClientHandshake.Failed(var error) -> state =
                    new Failed(Refusal.NOT_ACCEPTED, Objects.requireNonNullElse(error.getMessage(), error.toString()));
            case ClientHandshake.Accepted(Introduction server) -> state = server.role() == PeerRole.MEMBER
                    ? new Proven()
                    : new Failed(Refusal.NOT_ACCEPTED, "a " + server.role() + " answers there, and no member");
        }
    }

    /// What was to be said before was answered, so it has gone.
    private void say(byte[] next) {
        if (next.length > 0) {
            answer = ByteBuffer.wrap(Handshake.concat(rest(), next));
        }
    }

    private byte[] rest() {
        byte[] rest = new byte[answer.remaining()];
        answer.get(rest);
        return rest;
    }

    /// Whether there is something to be sent.
    public boolean hasAnswer() {
        return answer.hasRemaining();
    }

    /// Puts what is to be sent into `out`, as much as it has room for.
    public void answer(ByteBuffer out) {
        int count = Math.min(answer.remaining(), out.remaining());
        out.put(out.position(), answer, answer.position(), count).position(out.position() + count);
        answer.position(answer.position() + count);
        if (!answer.hasRemaining()) {
            answer = NOTHING;
        }
    }
}
