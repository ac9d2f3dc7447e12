package io.lazuli.scheduler.internal.transport;

import io.lazuli.graph.error.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Both ends prove that they know the token, without telling it.
///
/// ```
/// client                                                 server
///   magic, version, introduction           ──▶
///                                          ◀──           magic, version, CHALLENGE, introduction
///   proof of the client                    ──▶
///                                          ◀──           ACCEPTANCE, proof of the server; frames follow
/// ```
///
/// In place of its answers the server may send REFUSAL with a reason, a code and a text. A proof is the HMAC-SHA256, under a key that is
/// derived from the token for this alone, of: which side proves, both introductions, and what binds it to the TLS connection. The
/// nonces in the introductions make each proof good for one connection, and the side's name makes it no proof of the other.
/// Nobody who does not know the token gets a proof of the server, so nothing to guess the token by.
///
/// This class and its two subclasses are pure: parts of known size in, answers out.
abstract sealed class Handshake permits ClientHandshake, ServerHandshake {
    static final byte[] MAGIC = "LAZULI".getBytes(StandardCharsets.US_ASCII);
    static final int VERSION = 1;
    static final int HEADER_BYTES = MAGIC.length + 2;
    static final int PROOF_BYTES = 32;
    static final byte CHALLENGE = 1;
    static final byte ACCEPTANCE = 2;
    static final byte REFUSAL = 3;
    /// Reason, code, length of the text.
    static final int REFUSAL_HEAD_BYTES = 4;
    static final int LONGEST_TEXT = 1000;

    private static final String PURPOSE = "transport handshake";

    private final byte[] key;
    private final byte[] binding;

    /// @param binding bytes that both ends of the TLS connection know; none without TLS
    Handshake(ClusterSecret secret, byte[] binding) {
        this.key = secret.derive(PURPOSE);
        this.binding = binding;
    }

    /// Size of the next part that the other side sends; 0 when the handshake is over.
    abstract int wantedBytes();

    static byte[] header(int version) {
        return ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).putShort((short) version).array();
    }

    /// True if bytes that may be fewer than a header can be the start of one.
    static boolean mayBeHeader(byte[] bytes, int count) {
        int compared = Math.min(count, MAGIC.length);
        return Arrays.equals(bytes, 0, compared, MAGIC, 0, compared);
    }

    static int version(byte[] header) {
        return Short.toUnsignedInt(ByteBuffer.wrap(header).getShort(MAGIC.length));
    }

    static byte[] refusal(Refusal reason, ErrorCode code, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, LONGEST_TEXT);
        return ByteBuffer.allocate(1 + REFUSAL_HEAD_BYTES + length)
                .put(REFUSAL)
                .put((byte) reason.ordinal())
                .put((byte) code.ordinal())
                .putShort((short) length)
                .put(bytes, 0, length)
                .array();
    }

    final byte[] proof(String side, Introduction client, Introduction server) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((side + " v" + VERSION + "\n").getBytes(StandardCharsets.US_ASCII));
            mac.update(client.bytes());
            mac.update(server.bytes());
            mac.update(binding);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA256", e);
        }
    }

    /// In a time that does not tell where they differ.
    static boolean isEqual(byte[] proof, byte[] expected) {
        return MessageDigest.isEqual(proof, expected);
    }

    static byte[] concat(byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }
}
