package io.lazuli.scheduler.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Two transports, one connection, real sockets.
@ExtendWith(Leaks.class)
class TransportTest {
    private static final int LARGEST = 1 << 20;

    private final RecordingHandler left = new RecordingHandler();
    private final LoggedLines log = new LoggedLines();
    private Transport leftTransport;
    private Transport rightTransport;

    @BeforeEach
    void open() {
        leftTransport = Transport.open(Sockets.options().withLargestFrameBytes(LARGEST));
        rightTransport = Transport.open(Sockets.options().withLargestFrameBytes(LARGEST));
    }

    @AfterEach
    void close() {
        leftTransport.close();
        rightTransport.close();
        log.close();
        assertThat(left.disorder).isEmpty();
    }

    private Endpoint listen(ConnectionHandler handler) {
        return rightTransport.listen(
                Sockets.ANY_PORT, PeerRole.SCHEDULER, "s1", _ -> new Acceptor.Accept(handler));
    }

    private Connection connect(Endpoint endpoint) {
        return Sockets.get(leftTransport.connect(endpoint.address(), PeerRole.WORKER, "w1", left));
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void bothSides_knowEachOther_andTalk() {
        RecordingHandler right = new RecordingHandler((connection, frame) -> connection.send(text("echo "),
                ByteBuffer.wrap(frame)));
        Endpoint endpoint = listen(right);
        Connection connection = connect(endpoint);
        assertThat(connection.peer()).isEqualTo(new Peer(PeerRole.SCHEDULER, "s1", endpoint.address()));
        assertThat(right.connection().peer().role()).isEqualTo(PeerRole.WORKER);
        assertThat(right.connection().peer().name()).isEqualTo("w1");
        assertThat(right.connection().peer().address().getAddress().isLoopbackAddress()).isTrue();

        assertThat(connection.send(text("hello"))).isTrue();
        assertThat(left.awaitFrames(1)).containsExactly("echo hello".getBytes(StandardCharsets.UTF_8));
        assertThat(connection.bytesSent()).isEqualTo(4 + 5);
        assertThat(connection.bytesReceived()).isEqualTo(4 + 10);
        connection.close();
        assertThat(left.reason().kind()).isEqualTo(CloseReason.Kind.CLOSED_HERE);
        assertThat(right.reason().kind()).isEqualTo(CloseReason.Kind.CLOSED_BY_PEER);
        assertThat(connection.send(text("late"))).isFalse();
        assertThat(connection.isWritable()).isFalse();
        assertThat(right.disorder).isEmpty();
        assertThat(endpoint.refusals().values()).containsOnly(0L);
    }

    /// Handlers that are behind are waited for, and what had arrived is heard.
    @Test
    void aRound_isOver_whenAllWasHeard() throws InterruptedException {
        CountDownLatch isBehind = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        AtomicInteger heard = new AtomicInteger();
        Connection connection = connect(listen(new RecordingHandler((_, frame) -> {
            isBehind.countDown();
            awaitLatch(goesOn);
            heard.incrementAndGet();
        })));
        connection.send(text("first"));
        isBehind.await();
        connection.send(text("second"));
        assertThat(leftTransport.awaitRound()).isTrue();
        CompletableFuture<Boolean> round = CompletableFuture.supplyAsync(rightTransport::awaitRound);
        assertThatThrownBy(() -> round.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        goesOn.countDown();
        assertThat(round.join()).isTrue();
        assertThat(rightTransport.awaitRound()).isTrue();
        assertThat(heard).hasValue(2);
    }

    @Test
    void aRound_isNone_ofWhatIsClosed_norForWhoIsInterrupted() {
        connect(listen(new RecordingHandler()));
        Thread.currentThread().interrupt();
        assertThat(rightTransport.awaitRound()).isFalse();
        assertThat(Thread.interrupted()).isTrue();
        rightTransport.close();
        assertThat(rightTransport.awaitRound()).isFalse();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    /// Frames of every size from all threads arrive as they are, those of one thread in its order.
    @Test
    void manySenders_keepOrderAndContent() throws InterruptedException {
        RecordingHandler right = new RecordingHandler();
        Connection connection = connect(listen(right));
        int senders = 8;
        int each = 2000;
        List<Thread> threads = new ArrayList<>();
        for (int sender = 0; sender < senders; sender++) {
            int id = sender;
            threads.add(Thread.ofPlatform().start(() -> {
                Random random = new Random(id);
                for (int i = 0; i < each; i++) {
                    byte[] body = new byte[random.nextInt(random.nextInt(20) == 0 ? 100_000 : 100)];
                    Arrays.fill(body, (byte) (id + i));
                    ByteBuffer head = ByteBuffer.allocate(8).putInt(id).putInt(i).flip();
                    connection.send(head, ByteBuffer.wrap(body));
                    while (!connection.isWritable()) {
                        Thread.onSpinWait();
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        int[] next = new int[senders];
        for (byte[] frame : right.awaitFrames(senders * each)) {
            ByteBuffer buffer = ByteBuffer.wrap(frame);
            int id = buffer.getInt();
            int number = buffer.getInt();
            assertThat(number).as("of sender " + id).isEqualTo(next[id]++);
            while (buffer.hasRemaining()) {
                assertThat(buffer.get()).isEqualTo((byte) (id + number));
            }
        }
        assertThat(next).containsOnly(each);
    }

    @Test
    void framesOfTheLimits_pass_andOthersAreTheSendersMistake() {
        RecordingHandler right = new RecordingHandler();
        Connection connection = connect(listen(right));
        byte[] largest = new byte[LARGEST];
        new Random(1).nextBytes(largest);
        connection.send(ByteBuffer.wrap(new byte[] {7}));
        connection.send(ByteBuffer.wrap(largest), ByteBuffer.allocate(0));
        assertThat(right.awaitFrames(2).get(1)).isEqualTo(largest);
        assertThatThrownBy(() -> connection.send(ByteBuffer.wrap(largest), text("x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a frame has 1 to 1,048,576 bytes, found 1,048,577");
        assertThatThrownBy(() -> connection.send()).isInstanceOf(IllegalArgumentException.class);
        CountDownLatch returned = new CountDownLatch(1);
        assertThatThrownBy(() -> connection.lend(returned::countDown, ByteBuffer.allocate(0)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(returned.getCount()).isZero();
    }

    @Test
    void lentBytes_areReturnedOnce_sentOrNot() {
        RecordingHandler right = new RecordingHandler();
        Connection connection = connect(listen(right));
        AtomicInteger returned = new AtomicInteger();
        ByteBuffer body = ByteBuffer.allocateDirect(500_000);
        for (int i = 0; i < 10; i++) {
            assertThat(connection.lend(returned::incrementAndGet, text("head"), body)).isTrue();
        }
        assertThat(right.awaitFrames(10)).allMatch(frame -> frame.length == 500_004);
        Sockets.until("all are returned", () -> returned.get() == 10);
        right.connection().pauseReading();
        int lent = 10;
        while (connection.isWritable()) {
            connection.lend(returned::incrementAndGet, body);
            lent++;
        }
        leftTransport.close();
        assertThat(connection.lend(returned::incrementAndGet, body)).isFalse();
        int all = lent + 1;
        Sockets.until("all are returned, sent or not", () -> returned.get() == all);
        assertThat(left.reason().kind()).isEqualTo(CloseReason.Kind.CLOSED_HERE);
    }

    @Test
    void slowReader_stopsTheSender_untilItGoesOn() {
        RecordingHandler right = new RecordingHandler();
        Connection connection = connect(listen(right));
        right.connection().pauseReading();
        byte[] body = new byte[64 << 10];
        int sent = 0;
        while (connection.isWritable()) {
            connection.send(ByteBuffer.wrap(body));
            sent++;
            assertThat((long) sent * body.length).as("sent while the peer reads nothing").isLessThan(64 << 20);
        }
        int before = sent;
        assertThat(left.writableCalls.get()).isZero();
        right.connection().resumeReading();
        Sockets.until("the sender hears of it", () -> left.writableCalls.get() > 0);
        assertThat(connection.isWritable()).isTrue();
        assertThat(right.awaitFrames(before)).allMatch(frame -> frame.length == body.length);
    }

    @Test
    void pausedReader_hearsNoFrameMore_thenAllInOrder() {
        RecordingHandler right = new RecordingHandler((connection, _) -> connection.pauseReading());
        Connection connection = connect(listen(right));
        for (int i = 0; i < 100; i++) {
            connection.send(ByteBuffer.wrap(new byte[] {(byte) i}));
        }
        for (int i = 0; i < 100; i++) {
            int count = i + 1;
            Sockets.until("frame " + i + " came", () -> right.frames.size() >= count);
            assertThat(right.frames).hasSize(count);
            assertThat(List.copyOf(right.frames).get(i)).containsExactly((byte) i);
            right.connection().resumeReading();
        }
        assertThat(right.disorder).isEmpty();
    }

    @Test
    void handlerThatThrows_endsItsConnectionAlone() {
        RecordingHandler right = new RecordingHandler((_, frame) -> {
            if (frame[0] == 13) {
                throw new IllegalStateException("thirteen");
            }
        });
        Endpoint endpoint = listen(right);
        RecordingHandler other = new RecordingHandler();
        Endpoint second = listen(other);
        Connection connection = connect(endpoint);
        Connection healthy = Sockets.get(
                leftTransport.connect(second.address(), PeerRole.WORKER, "w2", new RecordingHandler()));
        connection.send(ByteBuffer.wrap(new byte[] {12}));
        connection.send(ByteBuffer.wrap(new byte[] {13}));
        connection.send(ByteBuffer.wrap(new byte[] {14}));
        CloseReason reason = right.reason();
        assertThat(reason.kind()).isEqualTo(CloseReason.Kind.FAILED_HERE);
        assertThat(reason.cause()).hasMessage("thirteen");
        assertThat(left.reason().kind())
                .isIn(CloseReason.Kind.CLOSED_BY_PEER, CloseReason.Kind.NETWORK_FAILED);
        assertThat(log.lines()).singleElement().asString().contains("worker 'w1'").contains("thirteen");
        assertThat(right.frames).as("nothing after the failure").hasSize(2);
        healthy.send(text("still there"));
        other.awaitFrames(1);
    }

    @Test
    void closedFromBothSidesAtOnce_endsOnceForEach() {
        for (int round = 0; round < 50; round++) {
            RecordingHandler one = new RecordingHandler();
            RecordingHandler two = new RecordingHandler();
            try (Endpoint endpoint = listen(two)) {
                Connection connection =
                        Sockets.get(leftTransport.connect(endpoint.address(), PeerRole.WORKER, "w1", one));
                connection.send(text("bye"));
                Connection back = two.connection();
                back.send(text("bye"));
                Thread closer = Thread.ofPlatform().start(back::close);
                connection.close();
                connection.close();
                one.reason();
                two.reason();
                closer.join();
                assertThat(one.disorder).isEmpty();
                assertThat(two.disorder).isEmpty();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /// What was sent before closing arrives.
    @Test
    void close_sendsWhatWasSent() {
        RecordingHandler right = new RecordingHandler();
        Connection connection = connect(listen(right));
        byte[] body = new byte[LARGEST];
        for (int i = 0; i < 20; i++) {
            connection.send(ByteBuffer.wrap(body));
        }
        connection.close();
        assertThat(right.reason().kind()).isEqualTo(CloseReason.Kind.CLOSED_BY_PEER);
        assertThat(right.frames).hasSize(20);
    }

    /// But it does not wait for ever for a peer that takes nothing.
    @Test
    void close_givesUpOnAPeerThatDoesNotRead() {
        RecordingHandler right = new RecordingHandler();
        Connection connection = connect(listen(right));
        right.connection().pauseReading();
        while (connection.isWritable()) {
            connection.send(ByteBuffer.allocate(LARGEST));
        }
        connection.close();
        assertThat(left.reason().kind()).isEqualTo(CloseReason.Kind.CLOSED_HERE);
    }

    @Test
    void peerThatDiesMidFrame_isTold() throws IOException {
        RecordingHandler right = new RecordingHandler();
        try (Socket socket = Sockets.authenticated(listen(right), Sockets.SECRET)) {
            Sockets.writeFrame(socket, new byte[] {1});
            socket.getOutputStream().write(ByteBuffer.allocate(10).putInt(1000).array());
            right.awaitFrames(1);
            Sockets.until("the rest came", () -> right.connection().bytesReceived() == 15);
        }
        assertThat(right.reason().kind()).isEqualTo(CloseReason.Kind.CUT_OFF);
        assertThat(right.reason().text()).contains("worker 'raw'").contains("after 6 of its 1,000 bytes of a frame");
    }

    /// A process that is killed with bytes on the way leaves a reset.
    @Test
    void peerThatIsReset_isTold() throws IOException {
        RecordingHandler right = new RecordingHandler();
        try (Socket socket = Sockets.authenticated(listen(right), Sockets.SECRET)) {
            socket.getOutputStream().write(ByteBuffer.allocate(10).putInt(1000).array());
            Sockets.until("it came", () -> right.opened.isDone() && right.connection().bytesReceived() == 10);
            socket.setSoLinger(true, 0);
        }
        assertThat(right.reason().kind()).isEqualTo(CloseReason.Kind.NETWORK_FAILED);
        assertThat(right.reason().text()).contains("reset").contains("after 6 of its 1,000 bytes of a frame");
    }

    @Test
    void lengthsThatNoFrameHas_endTheConnection() throws IOException {
        for (int length : new int[] {0, LARGEST + 1, Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
            RecordingHandler right = new RecordingHandler();
            try (Endpoint endpoint = listen(right); Socket socket = Sockets.authenticated(endpoint, Sockets.SECRET)) {
                socket.getOutputStream().write(ByteBuffer.allocate(4).putInt(length).array());
                assertThat(Sockets.isEnd(socket)).isTrue();
                assertThat(right.reason().kind()).isEqualTo(CloseReason.Kind.PROTOCOL_ERROR);
                assertThat(right.reason().text())
                        .endsWith("it sent a frame of %,d bytes, and frames have 1 to 1,048,576"
                                .formatted(Integer.toUnsignedLong(length)));
            }
        }
    }

    @Test
    void acceptor_refusesWithAReason() {
        Endpoint endpoint = rightTransport.listen(Sockets.ANY_PORT, PeerRole.SCHEDULER, "s1",
                peer -> new Acceptor.Refuse(ErrorCode.RESOURCE, "no room for " + peer.name() + ". Wait."));
        LazuliException error = Sockets.failure(
                leftTransport.connect(endpoint.address(), PeerRole.WORKER, "w1", left));
        assertThat(error.code()).isEqualTo(ErrorCode.RESOURCE);
        assertThat(error).hasMessage("%s refused the connection: no room for w1. Wait."
                .formatted(Addresses.text(endpoint.address())));
        Sockets.until("it is counted", () -> endpoint.refusals().get(Refusal.NOT_ACCEPTED) == 1);
        assertThat(left.opened).isNotDone();
        assertThat(left.closed).isNotDone();
    }

    @Test
    void acceptorThatThrows_isADefectThatThePeerHearsOf() {
        Endpoint endpoint = rightTransport.listen(Sockets.ANY_PORT, PeerRole.SCHEDULER, "s1", _ -> {
            throw new IllegalStateException("broken");
        });
        LazuliException error = Sockets.failure(
                leftTransport.connect(endpoint.address(), PeerRole.WORKER, "w1", left));
        assertThat(error.code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(error).hasMessageContaining("broken");
        Sockets.until("it is counted", () -> endpoint.refusals().get(Refusal.FAILED) == 1);
    }

    @Test
    void nothingListens() {
        Endpoint endpoint = listen(new RecordingHandler());
        endpoint.close();
        LazuliException error = Sockets.failure(
                leftTransport.connect(endpoint.address(), PeerRole.WORKER, "w1", left));
        assertThat(error.code()).isEqualTo(ErrorCode.RESOURCE);
        assertThat(error).hasMessageStartingWith("Cannot connect to " + Addresses.text(endpoint.address()))
                .hasMessageContaining("refused")
                .hasMessageEndingWith("Check that it runs, and that host and port are right.");
    }

    @Test
    void portThatIsTaken() {
        Endpoint endpoint = listen(new RecordingHandler());
        assertThatThrownBy(() -> leftTransport.listen(
                endpoint.address(), PeerRole.WORKER, "w1", _ -> new Acceptor.Accept(left)))
                .isInstanceOfSatisfying(LazuliException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE))
                .hasMessageContaining("Cannot listen at " + Addresses.text(endpoint.address()));
    }

    @Test
    void closedTransport_refusesAndTellsItsConnections() {
        RecordingHandler right = new RecordingHandler();
        Endpoint endpoint = listen(right);
        connect(endpoint);
        right.connection();
        rightTransport.close();
        rightTransport.close();
        assertThat(right.reason().kind()).isEqualTo(CloseReason.Kind.CLOSED_HERE);
        left.reason();
        assertThatThrownBy(() -> listen(right)).hasMessage("The transport is closed. Open a new one.");
        assertThat(Sockets.failure(rightTransport.connect(endpoint.address(), PeerRole.CLIENT, "c", right)).code())
                .isEqualTo(ErrorCode.USER);
    }

    @Test
    void handlerMayCloseTheTransport() {
        RecordingHandler right = new RecordingHandler((_, _) -> rightTransport.close());
        Connection connection = connect(listen(right));
        connection.send(text("stop"));
        assertThat(right.reason().kind()).isEqualTo(CloseReason.Kind.CLOSED_HERE);
        left.reason();
    }

    @Test
    void hostThatIsNotKnown() {
        InetSocketAddress unknown = InetSocketAddress.createUnresolved("no-such-host.invalid", 1);
        assertThat(Sockets.failure(leftTransport.connect(unknown, PeerRole.CLIENT, "c", left)))
                .hasMessage("Host of no-such-host.invalid:1 is not known. Check its name.");
    }

    /// However soon one closes after it opened, no socket stays (the extension counts them).
    @Test
    void closedAtOnce_leavesNothing() {
        for (int round = 0; round < 100; round++) {
            Transport server = Transport.open(Sockets.options());
            Transport client = Transport.open(Sockets.options());
            Endpoint endpoint = server.listen(Sockets.ANY_PORT, PeerRole.SCHEDULER, "s",
                    _ -> new Acceptor.Accept(new RecordingHandler()));
            client.connect(endpoint.address(), PeerRole.CLIENT, "c", new RecordingHandler());
            (round % 2 == 0 ? client : server).close();
            (round % 2 == 0 ? server : client).close();
        }
    }
}
