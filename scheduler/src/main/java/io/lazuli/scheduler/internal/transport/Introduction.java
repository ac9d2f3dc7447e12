package io.lazuli.scheduler.internal.transport;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/// What each side says of itself before it proves anything: role (1 byte), length of the name (1 byte), name, and a nonce, which makes each
/// handshake another one.
///
/// @param bytes as it went over the wire: the proofs are about these
record Introduction(PeerRole role, String name, byte[] bytes) {
    static final int HEAD_BYTES = 2;
    static final int NONCE_BYTES = 32;
    private static final int LONGEST_NAME = 255;
    private static final SecureRandom RANDOM = new SecureRandom();

    /// One of this process. Errors: [IllegalArgumentException] if the name is empty or longer than 255 bytes.
    static Introduction of(PeerRole role, String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        if (text.length == 0 || text.length > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "a peer's name has 1 to " + LONGEST_NAME + " bytes, found " + text.length);
        }
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] bytes = ByteBuffer.allocate(HEAD_BYTES + text.length + NONCE_BYTES)
                .put((byte) role.ordinal())
                .put((byte) text.length)
                .put(text)
                .put(nonce)
                .array();
        return new Introduction(role, name, bytes);
    }

    /// How many bytes follow these two.
    static int restBytes(byte[] head) {
        return Byte.toUnsignedInt(head[1]) + NONCE_BYTES;
    }

    /// Null if this is none.
    static @Nullable Introduction parse(byte[] head, byte[] rest) {
        int role = Byte.toUnsignedInt(head[0]);
        int nameLength = rest.length - NONCE_BYTES;
        if (role >= PeerRole.values().length || nameLength == 0) {
            return null;
        }
        try {
            String name =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(rest, 0, nameLength)).toString();
            if (name.chars().anyMatch(Character::isISOControl)) {
                return null;
            }
            byte[] bytes = ByteBuffer.allocate(head.length + rest.length).put(head).put(rest).array();
            return new Introduction(PeerRole.values()[role], name, bytes);
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
