package io.lazuli.scheduler.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/// Bytes that nobody meant: handshakes and frames, changed, cut and repeated. Nothing waits for ever, nothing takes much memory, and what
/// is believed was proved.
class HostileBytesTest {
    private static final int LARGEST = 4096;
    private static Transport transport;
    private static Endpoint endpoint;
    private static LoggedLines log;

    @BeforeContainer
    static void listen() {
        Leaks.watch();
        log = new LoggedLines();
        transport = Transport.open(Sockets.options()
                .withLargestFrameBytes(LARGEST)
                .withHandshakeTime(Duration.ofMillis(200)));
        endpoint = transport.listen(Sockets.ANY_PORT, PeerRole.SCHEDULER, "s",
                _ -> new Acceptor.Accept(new RecordingHandler()));
    }

    @AfterContainer
    static void close() {
        transport.close();
        log.close();
        assertThat(Leaks.leaks()).as("buffers that nobody released").isEmpty();
    }

    private static byte[] mutate(byte[] bytes, Random random) {
        byte[] changed = bytes.clone();
        switch (random.nextInt(4)) {
            case 0 -> changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            case 1 -> changed = Arrays.copyOf(changed, random.nextInt(changed.length));
            case 2 -> {
                byte[] noise = new byte[1 + random.nextInt(500)];
                random.nextBytes(noise);
                changed = Handshake.concat(Arrays.copyOf(changed, random.nextInt(changed.length)), noise);
            }
            default -> random.nextBytes(changed);
        }
        return changed;
    }

    /// Over a socket: whatever is sent in place of a handshake, the connection ends, and is counted.
    @Property(tries = 100)
    void changedHandshakes_alwaysEnd(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        byte[] opening = new ClientHandshake(
                Sockets.SECRET, new byte[0], Introduction.of(PeerRole.WORKER, "w"), "there").opening();
        byte[] proof = new byte[Handshake.PROOF_BYTES];
        random.nextBytes(proof);
        long before = refused();
        try (Socket socket = Sockets.open(endpoint)) {
            OutputStream out = socket.getOutputStream();
            out.write(mutate(Handshake.concat(opening, proof), random));
            assertThat(Sockets.isEnd(socket)).isTrue();
        } catch (IOException e) {
            assertThat(e).as("closed while it was written to").isNotNull();
        }
        Sockets.until("it is counted", () -> refused() == before + 1);
    }

    private static long refused() {
        return endpoint.refusals().values().stream().mapToLong(Long::longValue).sum();
    }

    /// Over a socket: whatever follows the handshake, the server goes on serving others, and this connection ends with its bytes.
    @Property(tries = 50)
    void changedFrames_alwaysEnd(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        byte[] frames = new byte[2000];
        ByteBuffer.wrap(frames).putInt(100).position(104).putInt(1892);
        try (Socket socket = Sockets.authenticated(endpoint, Sockets.SECRET)) {
            socket.getOutputStream().write(mutate(frames, random));
            socket.shutdownOutput();
            assertThat(Sockets.isEnd(socket)).isTrue();
        } catch (IOException e) {
            assertThat(e).as("closed while it was written to").isNotNull();
        }
        Sockets.authenticated(endpoint, Sockets.SECRET).close();
    }

    /// The server alone, without a socket: it wants little, ends soon, and believes only proofs.
    @Property(tries = 2000)
    void serverHandshake_believesNothingThatIsChanged(@ForAll long seed) {
        Random random = new Random(seed);
        ServerHandshake server =
                new ServerHandshake(Sockets.SECRET, new byte[0], Introduction.of(PeerRole.SCHEDULER, "s"));
        ClientHandshake client = new ClientHandshake(
                Sockets.SECRET, new byte[0], Introduction.of(PeerRole.WORKER, "w"), "there");
        ByteBuffer sent = ByteBuffer.wrap(Handshake.concat(client.opening(), new byte[Handshake.PROOF_BYTES]));
        boolean isChanged = false;
        for (int part = 0; server.wantedBytes() > 0; part++) {
            assertThat(part).isLessThan(4);
            assertThat(server.wantedBytes()).isLessThanOrEqualTo(255 + Introduction.NONCE_BYTES);
            byte[] bytes = new byte[server.wantedBytes()];
            sent.get(bytes, 0, Math.min(bytes.length, sent.remaining()));
            if (random.nextInt(3) == 0) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
                isChanged = true;
            }
            assertThat(server.on(bytes)).isNotInstanceOf(ServerHandshake.Proven.class);
        }
        assertThat(isChanged || server.wantedBytes() == 0).isTrue();
    }

    /// The client alone: a server that lies is never believed, and never makes the client want much.
    @Property(tries = 2000)
    void clientHandshake_believesNothingThatIsChanged(@ForAll long seed) {
        Random random = new Random(seed);
        ClientHandshake client = new ClientHandshake(
                Sockets.SECRET, new byte[0], Introduction.of(PeerRole.WORKER, "w"), "there");
        byte[] honest = Handshake.concat(Handshake.header(Handshake.VERSION), new byte[] {Handshake.CHALLENGE},
                Introduction.of(PeerRole.SCHEDULER, "s").bytes(),
                random.nextBoolean()
                        ? Handshake.concat(new byte[] {Handshake.ACCEPTANCE}, new byte[Handshake.PROOF_BYTES])
                        : Handshake.refusal(Refusal.NOT_ACCEPTED, io.lazuli.graph.error.ErrorCode.USER, "no"));
        ByteBuffer sent = ByteBuffer.wrap(honest);
        for (int part = 0; client.wantedBytes() > 0; part++) {
            assertThat(part).isLessThan(8);
            assertThat(client.wantedBytes()).isLessThanOrEqualTo(Handshake.LONGEST_TEXT);
            byte[] bytes = new byte[client.wantedBytes()];
            sent.get(bytes, 0, Math.min(bytes.length, sent.remaining()));
            if (random.nextInt(3) == 0) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
            }
            assertThat(client.on(bytes)).isNotInstanceOf(ClientHandshake.Accepted.class);
        }
    }

    /// Frames come out as they went in, however the network cuts them, and whenever the reader pauses.
    @Property(tries = 500)
    void frameReader_findsFramesInAnyPieces(
            @ForAll @Size(max = 30) List<@IntRange(min = 1, max = LARGEST) Integer> sizes, @ForAll long seed) {
        Random random = new Random(seed);
        ByteBuf all = Unpooled.buffer();
        List<byte[]> expected = new ArrayList<>();
        for (int size : sizes) {
            byte[] payload = new byte[size];
            random.nextBytes(payload);
            expected.add(payload);
            all.writeInt(size).writeBytes(payload);
        }
        List<byte[]> found = new ArrayList<>();
        FrameReader[] self = new FrameReader[1];
        FrameReader reader = new FrameReader(LARGEST, PooledByteBufAllocator.DEFAULT, frame -> {
            found.add(Sockets.bytes(frame));
            if (random.nextInt(3) == 0) {
                self[0].pause();
            }
        });
        self[0] = reader;
        while (all.isReadable()) {
            int length = 1 + random.nextInt(Math.min(all.readableBytes(), random.nextBoolean() ? 6 : 9000));
            reader.read(all.readBytes(length));
        }
        for (int i = 0; i <= sizes.size(); i++) {
            reader.resume();
        }
        assertThat(found).containsExactlyElementsOf(expected);
        assertThat(reader.isWithinFrame()).isFalse();
        reader.close();
        all.release();
    }

    /// Noise: it ends in [BadFrameException] or not, never takes more than the largest frame, and gives back all it took.
    @Property(tries = 2000)
    void frameReader_survivesNoise(@ForAll byte[] noise, @ForAll @IntRange(min = 1, max = 40) int piece) {
        RecordingAllocations allocator = new RecordingAllocations();
        FrameReader reader = new FrameReader(LARGEST, allocator.proxy(), frame -> assertThat(frame.remaining())
                .isBetween(1, LARGEST));
        List<ByteBuf> given = new ArrayList<>();
        assertThatNoException().isThrownBy(() -> {
            try {
                for (int at = 0; at < noise.length; at += piece) {
                    ByteBuf bytes = Unpooled.copiedBuffer(
                            Arrays.copyOfRange(noise, at, Math.min(noise.length, at + piece)));
                    given.add(bytes);
                    reader.read(bytes);
                }
            } catch (BadFrameException e) {
                assertThat(e).hasMessageContaining("frames have 1 to 4,096");
            }
        });
        reader.close();
        assertThat(given).allMatch(bytes -> bytes.refCnt() == 0);
        assertThat(allocator.buffers).allMatch(bytes -> bytes.refCnt() == 0);
        assertThat(allocator.buffers).allMatch(bytes -> bytes.maxCapacity() <= LARGEST);
    }

    /// Keeps what was allocated.
    private static final class RecordingAllocations {
        final List<ByteBuf> buffers = new ArrayList<>();

        ByteBufAllocator proxy() {
            return (ByteBufAllocator) java.lang.reflect.Proxy.newProxyInstance(
                    ByteBufAllocator.class.getClassLoader(), new Class<?>[] {ByteBufAllocator.class},
                    (_, method, arguments) -> {
                        Object result = method.invoke(PooledByteBufAllocator.DEFAULT, arguments);
                        if (result instanceof ByteBuf buffer) {
                            buffers.add(buffer);
                        }
                        return result;
                    });
        }
    }
}
