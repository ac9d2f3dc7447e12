package io.lazuli.scheduler.internal.transport;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Every message of the transport.
final class TransportErrors {
    static final String TOKENS_DIFFER = "the tokens differ";
    static final String MEMBERS_MEET_HERE =
            "members of the cluster meet at this port. Use the one at which the scheduler listens";

    /// Makes a keystore that is good for [TlsKeystore]; takes its password from the variable that names it.
    static final String MAKE_KEYSTORE =
            "keytool -genkeypair -alias lazuli -keyalg EC -groupname secp256r1 -dname CN=lazuli -validity 3650"
                    + " -storetype PKCS12 -keystore lazuli.p12 -storepass:env LAZULI_TLS_PASSWORD";

    private static final String USE_KEYSTORE =
            "Choose a password of at least 6 characters, export it as LAZULI_TLS_PASSWORD, make one keystore for all processes of the cluster, %n  "
                    + MAKE_KEYSTORE
                    + "%ncopy it to each machine, and set for each process LAZULI_TLS_KEYSTORE to that file and LAZULI_TLS_PASSWORD to its password (or the properties lazuli.tls-keystore and lazuli.tls-password).";

    private TransportErrors() {}

    static LazuliException tokenLength(String source, int found, int least, int largest) {
        return user(
                "The token in %s has %d characters, expected %d to %d. Make one with: openssl rand -hex 32"
                        .formatted(source, found, least, largest));
    }

    static LazuliException tokenNotPrintable(String source) {
        return user(
                "The token in %s has spaces or other characters that do not print in ASCII. Make one with: openssl rand -hex 32"
                        .formatted(source));
    }

    static LazuliException noTokenFile(Path file) {
        return user(
                "Token file %s does not exist. Copy it from a process of the cluster, or set LAZULI_TOKEN_FILE (lazuli.token-file) to where it is."
                        .formatted(file));
    }

    static LazuliException tokenFileTooLarge(Path file, long found, long largest) {
        return user("Token file %s has %,d bytes, and a token at most %,d. Name the file that holds the token alone."
                .formatted(file, found, largest));
    }

    static LazuliException tokenReadable(Path file, String permissions) {
        return user(
                "Token file %s is open to others (%s), and whoever reads it may run code in the cluster. If nobody has, run: chmod 600 %s; else remove it, so that a new one is made."
                        .formatted(file, permissions, file));
    }

    static LazuliException cannotReadToken(Path file, Throwable cause) {
        return resource("Cannot read token file %s: %s. Check who owns it.".formatted(file, cause), cause);
    }

    static LazuliException cannotMakeToken(Path file, Throwable cause) {
        return resource(
                "Cannot make token file %s: %s. Make that directory writable, or set LAZULI_TOKEN or LAZULI_TOKEN_FILE."
                        .formatted(file, cause),
                cause);
    }

    static LazuliException noTlsPassword(String keystore) {
        return user(
                "Keystore %s is set without its password. Set LAZULI_TLS_PASSWORD (or lazuli.tls-password)."
                        .formatted(keystore));
    }

    static LazuliException badKeystore(Path file, Throwable cause) {
        return new LazuliException(
                ErrorCode.USER,
                "Cannot use keystore %s: %s. Check LAZULI_TLS_KEYSTORE and LAZULI_TLS_PASSWORD.".formatted(file, cause),
                cause);
    }

    static LazuliException emptyKeystore(Path file) {
        return user(
                "Keystore %s holds no key with its certificate. Make it with: %s".formatted(file, MAKE_KEYSTORE));
    }

    static LazuliException badOption(String name, Object value, String expected) {
        return user("Transport option %s is %s, expected %s.".formatted(name, value, expected));
    }

    static LazuliException listenNeedsTls(String address) {
        return user(
                ("Not listening at %s without TLS: whoever is on that network could read and change all that is sent. "
                        + USE_KEYSTORE + " Or listen at 127.0.0.1.").formatted(address));
    }

    static LazuliException connectNeedsTls(String address) {
        return user(
                ("Not connecting to %s without TLS: whoever is on that network could read and change all that is sent. "
                        + USE_KEYSTORE).formatted(address));
    }

    static LazuliException unknownHost(String address) {
        return user("Host of %s is not known. Check its name.".formatted(address));
    }

    static LazuliException cannotListen(String address, Throwable cause) {
        return resource(
                "Cannot listen at %s: %s. Choose a free port, or 0, of an address of this machine."
                        .formatted(address, cause.getMessage()),
                cause);
    }

    static LazuliException cannotConnect(String address, Throwable cause) {
        return resource(
                "Cannot connect to %s: %s. Check that it runs, and that host and port are right."
                        .formatted(address, cause.getMessage()),
                cause);
    }

    static LazuliException closed() {
        return user("The transport is closed. Open a new one.");
    }

    static String otherVersion(int found, int expected) {
        return "it speaks version %d of the protocol, and this process version %d".formatted(found, expected);
    }

    static LazuliException serverOfOtherVersion(String address, int found, int expected) {
        return user(
                "Cannot connect to %s: %s. Use the same release of Lazuli for all processes of a cluster."
                        .formatted(address, otherVersion(found, expected)));
    }

    static LazuliException notLazuli(String address, String found) {
        return user(
                "Cannot connect to %s: no Lazuli answers there, %s. Check the port, and that both sides or none use TLS."
                        .formatted(address, found));
    }

    static LazuliException badAnswer(String address, String found) {
        return user(
                "Cannot connect to %s: it answered with %s. Check that Lazuli runs there, of the same release."
                        .formatted(address, found));
    }

    static LazuliException wrongToken(String address) {
        return user(
                "Cannot connect to %s: %s. Give both processes the same LAZULI_TOKEN, or LAZULI_TOKEN_FILE with the same content."
                        .formatted(address, TOKENS_DIFFER));
    }

    static LazuliException refused(String address, ErrorCode code, String text) {
        return new LazuliException(code, "%s refused the connection: %s".formatted(address, text));
    }

    static LazuliException tlsFailed(String address, @Nullable Throwable cause) {
        return new LazuliException(
                ErrorCode.USER,
                "Cannot connect to %s by TLS: %s. Check that it uses TLS, with the same keystore as this process."
                        .formatted(address, cause == null ? "no reason given" : cause.getMessage()),
                cause);
    }

    static LazuliException closedEarly(String address, @Nullable Throwable cause) {
        return resource(
                "Cannot connect to %s: it closed the connection before both trusted each other. Its log says why."
                        .formatted(address),
                cause);
    }

    static LazuliException handshakeTimedOut(String address, Duration limit) {
        return resource(
                "Cannot connect to %s: it accepts connections, but did not answer within %s. Check that Lazuli runs there, that it is not overloaded, and that both sides or none use TLS."
                        .formatted(address, limit),
                null);
    }

    static LazuliException defect(String address, Throwable cause) {
        return new LazuliException(
                ErrorCode.INTERNAL, "Connecting to %s failed: %s. Please report this.".formatted(address, cause),
                cause);
    }

    static String badFrameLength(long found, long largest) {
        return "it sent a frame of %,d bytes, and frames have 1 to %,d".formatted(found, largest);
    }

    private static LazuliException user(String message) {
        return new LazuliException(ErrorCode.USER, message);
    }

    private static LazuliException resource(String message, @Nullable Throwable cause) {
        return new LazuliException(ErrorCode.RESOURCE, message, cause);
    }
}
