package io.lazuli.scheduler.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whoever cannot prove that it knows the token gets nothing, soon, and is counted and logged once.
@ExtendWith(Leaks.class)
class RefusalsTest {
    private static final Duration HANDSHAKE = Duration.ofMillis(500);

    private final LoggedLines log = new LoggedLines();
    private Transport transport;
    private Endpoint endpoint;

    @BeforeEach
    void listen() {
        transport = Transport.open(
                Sockets.options().withHandshakeTime(HANDSHAKE).withUnauthenticatedConnections(8));
        endpoint = transport.listen(Sockets.ANY_PORT, PeerRole.SCHEDULER, "s1", _ -> {
            throw new AssertionError("nobody gets that far");
        });
    }

    @AfterEach
    void close() {
        transport.close();
        log.close();
    }

    private void expect(Refusal reason, long count) {
        Sockets.until(count + " were refused as " + reason, () -> endpoint.refusals().get(reason) == count);
        for (Map.Entry<Refusal, Long> found : endpoint.refusals().entrySet()) {
            assertThat(found.getValue()).as(found.getKey().name()).isEqualTo(found.getKey() == reason ? count : 0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "474554202f20485454502f312e310d0a, it speaks HTTP",
        "aced000573720011, it sends serialized Java objects",
        "aced0005, it sends serialized Java objects",
        "1603010200010001fc0303, 'it speaks TLS, which this port does not'",
        "00, it starts with the bytes 00",
        "4c415a554c4a, it starts with the bytes 4c 41 5a 55 4c 4a"})
    void otherProtocols_areClosedAtOnce(String hex, String found) throws IOException {
        for (int i = 0; i < 3; i++) {
            try (Socket socket = Sockets.open(endpoint)) {
                socket.getOutputStream().write(HexFormat.of().parseHex(hex));
                assertThat(Sockets.isEnd(socket)).isTrue();
            }
        }
        expect(Refusal.NOT_LAZULI, 3);
        assertThat(log.lines()).as("once for each host").singleElement().asString()
                .startsWith("Refused a connection from 127.0.0.1:")
                .contains("to scheduler 's1' (NOT_LAZULI): " + found);
    }

    @Test
    void otherVersion_isToldSo() throws IOException {
        try (Socket socket = Sockets.open(endpoint)) {
            socket.getOutputStream().write(Handshake.header(7));
            byte[] answer = socket.getInputStream().readAllBytes();
            assertThat(new String(answer, StandardCharsets.UTF_8))
                    .contains("it speaks version 7 of the protocol, and this process version 1");
        }
        expect(Refusal.OTHER_VERSION, 1);
    }

    @Test
    void serverOfOtherVersion_isToldSo() throws IOException {
        LazuliException error = connectTo(Handshake.header(2));
        assertThat(error.code()).isEqualTo(ErrorCode.USER);
        assertThat(error).hasMessageEndingWith(
                "it speaks version 2 of the protocol, and this process version 1. Use the same release of Lazuli for all processes of a cluster.");
    }

    @Test
    void serverThatIsNoLazuli_isToldSo() throws IOException {
        assertThat(connectTo("HTTP/1.1 400 Bad Request".getBytes(StandardCharsets.US_ASCII)))
                .hasMessageContaining("no Lazuli answers there, it speaks HTTP. Check the port");
    }

    @Test
    void serverThatAnswersNonsense_isToldSo() throws IOException {
        assertThat(connectTo(Handshake.concat(Handshake.header(1), new byte[] {9})))
                .hasMessageContaining("it answered with message 9");
        assertThat(connectTo(Handshake.concat(Handshake.header(1), new byte[] {Handshake.CHALLENGE, 77, 0},
                new byte[Introduction.NONCE_BYTES]))).hasMessageContaining("an introduction that is none");
        assertThat(connectTo(Handshake.concat(Handshake.header(1), new byte[] {Handshake.REFUSAL, 99, 0, 0, 1, 65})))
                .hasMessageContaining("a refusal that is none");
    }

    @Test
    void serverThatSaysNothing_isGivenUp() throws IOException {
        LazuliException error = connectTo(new byte[0]);
        assertThat(error.code()).isEqualTo(ErrorCode.RESOURCE);
        assertThat(error).hasMessageContaining("did not answer within PT0.5S");
    }

    /// A server that takes a connection, and says this.
    private LazuliException connectTo(byte[] answer) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletionStage<Connection> stage = transport.connect(
                    (InetSocketAddress) server.getLocalSocketAddress(), PeerRole.WORKER, "w1", new RecordingHandler());
            try (Socket socket = server.accept()) {
                socket.getOutputStream().write(answer);
                return Sockets.failure(stage);
            }
        }
    }

    @Test
    void serverWithAnotherToken_isNotBelieved() {
        ClusterSecret other = ClusterSecret.random();
        try (Transport stranger = Transport.open(TransportOptions.of(other))) {
            LazuliException error = Sockets.failure(
                    stranger.connect(endpoint.address(), PeerRole.WORKER, "w1", new RecordingHandler()));
            assertThat(error.code()).isEqualTo(ErrorCode.USER);
            assertThat(error).hasMessage(
                    "Cannot connect to %s: the tokens differ. Give both processes the same LAZULI_TOKEN, or LAZULI_TOKEN_FILE with the same content."
                            .formatted(Addresses.text(endpoint.address())))
                    .hasMessageNotContaining(other.text());
        }
        expect(Refusal.WRONG_TOKEN, 1);
        assertThat(log.lines()).singleElement().asString()
                .contains("worker 'w1' does not know this cluster's token")
                .doesNotContain(Sockets.SECRET.text())
                .doesNotContain(other.text());
    }

    /// What a server sends back of what the client sent proves nothing: neither here nor there.
    @Test
    void reflectedAndReplayedProofs_areRefused() throws IOException {
        ServerHandshake server =
                new ServerHandshake(Sockets.SECRET, new byte[0], Introduction.of(PeerRole.SCHEDULER, "s"));
        Introduction self = Introduction.of(PeerRole.WORKER, "w");
        ClientHandshake client = new ClientHandshake(Sockets.SECRET, new byte[0], self, "there");
        byte[] proof = proofOf(client, server);

        ClientHandshake mirrored = new ClientHandshake(Sockets.SECRET, new byte[0], self, "there");
        ServerHandshake mirror =
                new ServerHandshake(Sockets.SECRET, new byte[0], Introduction.of(PeerRole.SCHEDULER, "s"));
        byte[] own = proofOf(mirrored, mirror);
        mirrored.on(new byte[] {Handshake.ACCEPTANCE});
        assertThat(mirrored.on(own)).isInstanceOf(ClientHandshake.Failed.class);
        assertThat(mirror.on(proof)).isInstanceOfSatisfying(ServerHandshake.Refuse.class,
                refused -> assertThat(refused.reason()).isEqualTo(Refusal.WRONG_TOKEN));
        assertThat(server.on(proof)).isInstanceOf(ServerHandshake.Proven.class);
    }

    /// The same proof over another TLS connection is none.
    @Test
    void proofs_areBoundToTls() throws IOException {
        ServerHandshake server =
                new ServerHandshake(Sockets.SECRET, new byte[] {1}, Introduction.of(PeerRole.SCHEDULER, "s"));
        ClientHandshake client = new ClientHandshake(
                Sockets.SECRET, new byte[] {2}, Introduction.of(PeerRole.WORKER, "w"), "there");
        assertThat(server.on(proofOf(client, server))).isInstanceOf(ServerHandshake.Refuse.class);
    }

    /// Goes up to the client's proof.
    private static byte[] proofOf(ClientHandshake client, ServerHandshake server) {
        byte[] toClient = {};
        ByteBuffer opening = ByteBuffer.wrap(client.opening());
        while (opening.hasRemaining()) {
            byte[] part = new byte[server.wantedBytes()];
            opening.get(part);
            toClient = ((ServerHandshake.Continue) server.on(part)).answer();
        }
        ByteBuffer answer = ByteBuffer.wrap(toClient);
        byte[] proof = {};
        while (answer.hasRemaining()) {
            byte[] part = new byte[client.wantedBytes()];
            answer.get(part);
            proof = ((ClientHandshake.Continue) client.on(part)).answer();
        }
        return proof;
    }

    @Test
    void silence_isClosedInTime() throws IOException {
        try (Socket socket = Sockets.open(endpoint)) {
            assertThat(Sockets.isEnd(socket)).isTrue();
        }
        expect(Refusal.TIMED_OUT, 1);
    }

    /// Each byte buys no more time.
    @Test
    void oneByteAtATime_isClosedInTime() throws IOException {
        byte[] opening = new ClientHandshake(Sockets.SECRET, new byte[0],
                Introduction.of(PeerRole.WORKER, "slow".repeat(60)), "there").opening();
        long start = System.nanoTime();
        try (Socket socket = Sockets.open(endpoint)) {
            OutputStream out = socket.getOutputStream();
            for (byte next : opening) {
                out.write(next);
                Thread.sleep(10);
            }
        } catch (IOException e) {
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(HANDSHAKE.dividedBy(2));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        expect(Refusal.TIMED_OUT, 1);
    }

    @Test
    void goneInTheMiddle_isCounted() throws IOException {
        try (Socket socket = Sockets.open(endpoint)) {
            socket.getOutputStream().write(Handshake.header(1));
        }
        expect(Refusal.CLOSED_EARLY, 1);
    }

    @Test
    void nonsenseAfterTheHeader_isMalformed() throws IOException {
        try (Socket socket = Sockets.open(endpoint)) {
            socket.getOutputStream().write(Handshake.concat(Handshake.header(1), new byte[] {55, 3}, new byte[35]));
            assertThat(Sockets.isEnd(socket)).isTrue();
        }
        expect(Refusal.MALFORMED, 1);
    }

    /// A flood of connections that say nothing takes a bounded number of places, and leaves them in time.
    @Test
    void tooMany_areClosedAtOnce() throws IOException {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                sockets.add(Sockets.open(endpoint));
            }
            Sockets.until("12 are too many", () -> endpoint.refusals().get(Refusal.TOO_MANY) == 12);
            Sockets.until("8 timed out", () -> endpoint.refusals().get(Refusal.TIMED_OUT) == 8);
            assertThat(log.lines()).as("a line for each reason, and one for ten").hasSize(3);
            sockets.add(Sockets.open(endpoint));
            Sockets.until("there is room again", () -> endpoint.refusals().get(Refusal.TIMED_OUT) == 9);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void logAndMemory_areBounded() {
        Refusals refusals = new Refusals("worker 'w'");
        for (int i = 0; i < 10_000; i++) {
            refusals.add(Refusal.NOT_LAZULI, new InetSocketAddress("10.0." + i / 256 + "." + i % 256, 80), "noise");
        }
        assertThat(refusals.counts()).containsEntry(Refusal.NOT_LAZULI, 10_000L);
        assertThat(log.lines().stream().filter(line -> line.startsWith("Refused a connection")))
                .hasSize(Refusals.MOST_LOGGED);
        assertThat(log.lines().stream().filter(line -> line.contains("by now")))
                .extracting(line -> line.split(" ")[1])
                .containsExactly("10", "100", "1,000", "10,000");
    }

    /// Those who know the token are not among the unauthenticated.
    @Test
    void authenticatedConnections_takeNoPlace() {
        Endpoint open = transport.listen(Sockets.ANY_PORT, PeerRole.SCHEDULER, "s2",
                _ -> new Acceptor.Accept(new RecordingHandler()));
        for (int i = 0; i < 20; i++) {
            Sockets.get(transport.connect(open.address(), PeerRole.WORKER, "w" + i, new RecordingHandler()));
        }
        assertThat(open.refusals().values()).containsOnly(0L);
    }
}
