package io.lazuli.scheduler.internal.transport;

import io.lazuli.graph.error.ErrorCode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The side that listens.
final class ServerHandshake extends Handshake {
    /// What to do now.
    sealed interface Step {}

    /// Send the answer, if it has bytes, and hand over the next part.
    record Continue(byte[] answer) implements Step {}

    /// The client knows the token: decide, then send [#acceptance] or a refusal.
    record Proven(Introduction client) implements Step {}

    /// Send the answer, if it has bytes, count the reason, and close.
    record Refuse(Refusal reason, String found, byte[] answer) implements Step {}

    private enum Awaited {
        HEADER, HEAD, INTRODUCTION, PROOF, NOTHING
    }

    private static final byte[] NOTHING = {};

    private final Introduction self;
    private Awaited awaited = Awaited.HEADER;
    /// The first two bytes of the client's introduction, once they came.
    private byte[] head = NOTHING;
    /// Not null when its proof is awaited, and after.
    private @Nullable Introduction client;

    ServerHandshake(ClusterSecret secret, byte[] binding, Introduction self) {
        super(secret, binding);
        this.self = self;
    }

    @Override
    int wantedBytes() {
        return switch (awaited) {
            case HEADER -> HEADER_BYTES;
            case HEAD -> Introduction.HEAD_BYTES;
            case INTRODUCTION -> Introduction.restBytes(head);
            case PROOF -> PROOF_BYTES;
            case NOTHING -> 0;
        };
    }

    /// @param part as many bytes as were wanted; of a header fewer, if these cannot be its start
    Step on(byte[] part) {
        return switch (awaited) {
            case HEADER -> header(part);
            case HEAD -> {
                head = part;
                awaited = Awaited.INTRODUCTION;
                yield new Continue(NOTHING);
            }
            case INTRODUCTION -> introduction(part);
            case PROOF -> prove(part);
            case NOTHING -> throw new IllegalStateException("the handshake is over");
        };
    }

    private Step header(byte[] part) {
        awaited = Awaited.NOTHING;
        if (!mayBeHeader(part, part.length)) {
            return new Refuse(Refusal.NOT_LAZULI, Protocols.describe(part), NOTHING);
        }
        if (version(part) != VERSION) {
            String text = TransportErrors.otherVersion(version(part), VERSION);
            return new Refuse(
                    Refusal.OTHER_VERSION, text,
                    concat(header(VERSION), refusal(Refusal.OTHER_VERSION, ErrorCode.USER, text)));
        }
        awaited = Awaited.HEAD;
        return new Continue(NOTHING);
    }

    private Step introduction(byte[] part) {
        client = Introduction.parse(head, part);
        if (client == null) {
            awaited = Awaited.NOTHING;
            return new Refuse(
                    Refusal.MALFORMED, "role %d and a name of %d bytes are no introduction"
                            .formatted(Byte.toUnsignedInt(head[0]), Byte.toUnsignedInt(head[1])),
                    NOTHING);
        }
        awaited = Awaited.PROOF;
        return new Continue(concat(header(VERSION), new byte[] {CHALLENGE}, self.bytes()));
    }

    private Step prove(byte[] part) {
        awaited = Awaited.NOTHING;
        Introduction peer = Objects.requireNonNull(client, "it has introduced itself");
        if (!isEqual(part, proof("client", peer, self))) {
            return new Refuse(
                    Refusal.WRONG_TOKEN,
                    "%s '%s' does not know this cluster's token".formatted(peer.role(), peer.name()),
                    refusal(Refusal.WRONG_TOKEN, ErrorCode.USER, TransportErrors.TOKENS_DIFFER));
        }
        return new Proven(peer);
    }

    /// What is sent to a client that is wanted.
    byte[] acceptance() {
        Introduction peer = Objects.requireNonNull(client, "it has introduced itself");
        return concat(new byte[] {ACCEPTANCE}, proof("server", peer, self));
    }
}
