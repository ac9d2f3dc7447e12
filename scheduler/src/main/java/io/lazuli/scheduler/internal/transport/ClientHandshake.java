package io.lazuli.scheduler.internal.transport;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The side that connects.
final class ClientHandshake extends Handshake {
    /// What to do now.
    sealed interface Step {}

    /// Send the answer, if it has bytes, and hand over the next part.
    record Continue(byte[] answer) implements Step {}

    /// The server knows the token, and takes us.
    record Accepted(Introduction server) implements Step {}

    /// Close, and tell who wanted to connect.
    record Failed(LazuliException error) implements Step {}

    private enum Awaited {
        HEADER, KIND, HEAD, INTRODUCTION, VERDICT, PROOF, REFUSAL_HEAD, REFUSAL_TEXT, NOTHING
    }

    private static final byte[] NOTHING = {};

    private final Introduction self;
    /// How messages name the other end.
    private final String address;
    private Awaited awaited = Awaited.HEADER;
    /// The first bytes of what is awaited, where its size is in them.
    private byte[] head = NOTHING;
    /// Not null once it has introduced itself.
    private @Nullable Introduction server;

    ClientHandshake(ClusterSecret secret, byte[] binding, Introduction self, String address) {
        super(secret, binding);
        this.self = self;
        this.address = address;
    }

    /// What to send first.
    byte[] opening() {
        return concat(header(VERSION), self.bytes());
    }

    @Override
    int wantedBytes() {
        return switch (awaited) {
            case HEADER -> HEADER_BYTES;
            case KIND, VERDICT -> 1;
            case HEAD -> Introduction.HEAD_BYTES;
            case INTRODUCTION -> Introduction.restBytes(head);
            case PROOF -> PROOF_BYTES;
            case REFUSAL_HEAD -> REFUSAL_HEAD_BYTES;
            case REFUSAL_TEXT -> textBytes();
            case NOTHING -> 0;
        };
    }

    private int textBytes() {
        return Short.toUnsignedInt(ByteBuffer.wrap(head).getShort(2));
    }

    /// @param part as many bytes as were wanted; of a header fewer, if these cannot be its start
    Step on(byte[] part) {
        return switch (awaited) {
            case HEADER -> header(part);
            case KIND -> kind(part[0], CHALLENGE, Awaited.HEAD);
            case HEAD -> {
                head = part;
                yield await(Awaited.INTRODUCTION);
            }
            case INTRODUCTION -> introduction(part);
            case VERDICT -> kind(part[0], ACCEPTANCE, Awaited.PROOF);
            case PROOF -> prove(part);
            case REFUSAL_HEAD -> refusalHead(part);
            case REFUSAL_TEXT -> refused(new String(part, StandardCharsets.UTF_8));
            case NOTHING -> throw new IllegalStateException("the handshake is over");
        };
    }

    private Step await(Awaited next) {
        awaited = next;
        return new Continue(NOTHING);
    }

    private Step fail(LazuliException error) {
        awaited = Awaited.NOTHING;
        return new Failed(error);
    }

    private Step header(byte[] part) {
        if (!mayBeHeader(part, part.length)) {
            return fail(TransportErrors.notLazuli(address, Protocols.describe(part)));
        }
        return version(part) == VERSION
                ? await(Awaited.KIND)
                : fail(TransportErrors.serverOfOtherVersion(address, version(part), VERSION));
    }

    private Step kind(byte found, byte expected, Awaited next) {
        if (found == REFUSAL) {
            return await(Awaited.REFUSAL_HEAD);
        }
        return found == expected ? await(next) : fail(TransportErrors.badAnswer(address, "message " + found));
    }

    private Step introduction(byte[] part) {
        Introduction peer = Introduction.parse(head, part);
        if (peer == null) {
            return fail(TransportErrors.badAnswer(address, "an introduction that is none"));
        }
        server = peer;
        awaited = Awaited.VERDICT;
        return new Continue(proof("client", self, peer));
    }

    private Step prove(byte[] part) {
        Introduction peer = Objects.requireNonNull(server, "it has introduced itself");
        if (!isEqual(part, proof("server", self, peer))) {
            return fail(TransportErrors.wrongToken(address));
        }
        awaited = Awaited.NOTHING;
        return new Accepted(peer);
    }

    private Step refusalHead(byte[] part) {
        head = part;
        return textBytes() == 0 || textBytes() > LONGEST_TEXT
                || Byte.toUnsignedInt(part[0]) >= Refusal.values().length
                || Byte.toUnsignedInt(part[1]) >= ErrorCode.values().length
                        ? fail(TransportErrors.badAnswer(address, "a refusal that is none"))
                        : await(Awaited.REFUSAL_TEXT);
    }

    private Step refused(String text) {
        return fail(Refusal.values()[head[0]] == Refusal.WRONG_TOKEN
                ? TransportErrors.wrongToken(address)
                : TransportErrors.refused(address, ErrorCode.values()[head[1]], text));
    }
}
