package io.lazuli.scheduler.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// One keystore for all, made by the command that the messages print.
@ExtendWith(Leaks.class)
class TlsTest {
    private static final String PASSWORD = "not-so-secret";

    @TempDir
    static Path directory;
    private static TlsKeystore keystore;
    private static TlsKeystore another;

    private final RecordingHandler left = new RecordingHandler();
    private final RecordingHandler right = new RecordingHandler(
            (connection, frame) -> connection.send(ByteBuffer.wrap(frame)));
    private Transport server;
    private Endpoint endpoint;

    @BeforeAll
    static void makeKeystores() throws IOException, InterruptedException {
        keystore = make("cluster");
        another = make("another");
    }

    private static TlsKeystore make(String name) throws IOException, InterruptedException {
        Path place = Files.createDirectory(directory.resolve(name));
        ProcessBuilder keytool = new ProcessBuilder(TransportErrors.MAKE_KEYSTORE.split(" "));
        keytool.command().set(0, Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        keytool.environment().put("LAZULI_TLS_PASSWORD", PASSWORD);
        Process process = keytool.directory(place.toFile()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return TlsKeystore.from(
                Map.of("lazuli.tls-keystore", place.resolve("lazuli.p12").toString())::get,
                Map.of("LAZULI_TLS_PASSWORD", PASSWORD)::get).orElseThrow();
    }

    private static TransportOptions with(TlsKeystore keystore) {
        return Sockets.options().withTls(Optional.of(keystore)).withHandshakeTime(Duration.ofSeconds(2));
    }

    @BeforeEach
    void listen() {
        server = Transport.open(with(keystore));
        endpoint = server.listen(
                Sockets.ANY_PORT, PeerRole.SCHEDULER, "s1", _ -> new Acceptor.Accept(right));
    }

    @AfterEach
    void close() {
        server.close();
        assertThat(left.disorder).isEmpty();
        assertThat(right.disorder).isEmpty();
    }

    @Test
    void sameKeystore_carriesFramesAndFiles() throws IOException {
        byte[] large = new byte[3 << 20];
        new Random(1).nextBytes(large);
        Path path = Files.write(directory.resolve("large"), large);
        try (Transport client = Transport.open(with(keystore));
                FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            Connection connection =
                    Sockets.get(client.connect(endpoint.address(), PeerRole.WORKER, "w1", left));
            connection.send(ByteBuffer.wrap(large));
            assertThat(left.awaitFrames(1).getFirst()).isEqualTo(large);
            Sockets.get(connection.sendFile(ByteBuffer.wrap(new byte[] {1}), file, 0, large.length));
            byte[] piece = left.awaitFrames(4).get(1);
            assertThat(piece).hasSize((1 << 20) + 1);
            assertThat(ByteBuffer.wrap(piece, 1, 1000)).isEqualTo(ByteBuffer.wrap(large, 0, 1000));
            connection.close();
            assertThat(right.reason().kind()).isEqualTo(CloseReason.Kind.CLOSED_BY_PEER);
            assertThat(left.reason().kind()).isEqualTo(CloseReason.Kind.CLOSED_HERE);
        }
        assertThat(endpoint.refusals().values()).containsOnly(0L);
    }

    /// With TLS, every address may listen.
    @Test
    void wildcard_isAllowed() {
        try (Endpoint open = server.listen(new InetSocketAddress(0), PeerRole.SCHEDULER, "s2",
                _ -> new Acceptor.Accept(right));
                Transport client = Transport.open(with(keystore))) {
            Connection connection = Sockets.get(client.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), open.address().getPort()), PeerRole.CLIENT,
                    "c", left));
            connection.send(ByteBuffer.wrap(new byte[] {1}));
            left.awaitFrames(1);
        }
    }

    @Test
    void anotherKeystore_isRefused() {
        try (LoggedLines log = new LoggedLines(); Transport client = Transport.open(with(another))) {
            LazuliException error =
                    Sockets.failure(client.connect(endpoint.address(), PeerRole.WORKER, "w1", left));
            assertThat(error.code()).isEqualTo(ErrorCode.USER);
            assertThat(error).hasMessageContaining("by TLS").hasMessageContaining("another certificate")
                    .hasMessageEndingWith("Check that it uses TLS, with the same keystore as this process.");
            Sockets.until("it is counted", () -> endpoint.refusals().get(Refusal.TLS_FAILED) == 1);
            assertThat(log.lines()).singleElement().asString().contains("TLS_FAILED");
        }
    }

    /// A certificate is not enough.
    @Test
    void sameKeystoreAndAnotherToken_isRefused() {
        try (LoggedLines log = new LoggedLines();
                Transport client = Transport.open(
                        TransportOptions.of(ClusterSecret.random()).withTls(Optional.of(keystore)))) {
            assertThat(Sockets.failure(client.connect(endpoint.address(), PeerRole.WORKER, "w1", left)))
                    .hasMessageContaining("the tokens differ");
            Sockets.until("it is counted", () -> endpoint.refusals().get(Refusal.WRONG_TOKEN) == 1);
            assertThat(log.lines()).hasSize(1);
        }
    }

    @Test
    void plainClient_isRefused() {
        try (LoggedLines log = new LoggedLines(); Transport client = Transport.open(Sockets.options())) {
            LazuliException error =
                    Sockets.failure(client.connect(endpoint.address(), PeerRole.WORKER, "w1", left));
            assertThat(error.code()).isIn(ErrorCode.USER, ErrorCode.RESOURCE);
            Sockets.until("it is counted", () -> endpoint.refusals().get(Refusal.TLS_FAILED) == 1);
            assertThat(log.lines()).singleElement().asString().contains("TLS_FAILED");
        }
    }

    @Test
    void plainServer_isRefused() {
        try (LoggedLines log = new LoggedLines(); Transport plain = Transport.open(Sockets.options())) {
            Endpoint open = plain.listen(Sockets.ANY_PORT, PeerRole.SCHEDULER, "s2",
                    _ -> new Acceptor.Accept(right));
            Sockets.failure(server.connect(open.address(), PeerRole.WORKER, "w1", left));
            Sockets.until("it is counted", () -> open.refusals().get(Refusal.NOT_LAZULI) == 1);
            assertThat(log.lines()).singleElement().asString().contains("it speaks TLS, which this port does not");
        }
    }

    @Test
    void offLoopbackWithoutTls_isRefusedWithTheCommand() {
        try (Transport plain = Transport.open(Sockets.options())) {
            String command = "keytool -genkeypair -alias lazuli -keyalg EC";
            assertThatThrownBy(() -> plain.listen(new InetSocketAddress("0.0.0.0", 0), PeerRole.SCHEDULER, "s",
                    _ -> new Acceptor.Accept(right)))
                    .isInstanceOfSatisfying(LazuliException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
                    .hasMessageStartingWith("Not listening at 0.0.0.0:0 without TLS")
                    .hasMessageContainingAll(command, TransportErrors.MAKE_KEYSTORE, "LAZULI_TLS_KEYSTORE",
                            "LAZULI_TLS_PASSWORD", "lazuli.tls-keystore", "lazuli.tls-password");
            LazuliException error = Sockets.failure(plain.connect(
                    new InetSocketAddress("192.0.2.1", 8786), PeerRole.WORKER, "w", left));
            assertThat(error.code()).isEqualTo(ErrorCode.USER);
            assertThat(error).hasMessageStartingWith("Not connecting to 192.0.2.1:8786 without TLS")
                    .hasMessageContaining(command);
        }
    }

    @Test
    void keystoresThatAreNone_areRefusedWhenTheTransportOpens() throws IOException {
        Path noise = Files.write(directory.resolve("noise"), new byte[100]);
        for (TlsKeystore bad : new TlsKeystore[] {new TlsKeystore(keystore.file(), "wrong"),
            new TlsKeystore(noise, PASSWORD), new TlsKeystore(directory.resolve("none"), PASSWORD)}) {
            assertThatThrownBy(() -> Transport.open(with(bad)))
                    .isInstanceOfSatisfying(LazuliException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
                    .hasMessageStartingWith("Cannot use keystore " + bad.file())
                    .hasMessageNotContaining(PASSWORD);
        }
        assertThatThrownBy(() -> TlsKeystore.from(Map.of("lazuli.tls-keystore", "a.p12")::get, _ -> null))
                .hasMessageContaining("Set LAZULI_TLS_PASSWORD");
    }
}
