package io.lazuli.scheduler.internal.transport;

import io.lazuli.graph.error.LazuliException;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waiting with a deadline, and peers that speak through plain sockets.
final class Sockets {
    static final ClusterSecret SECRET = ClusterSecret.random();
    static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private Sockets() {}

    static TransportOptions options() {
        return TransportOptions.of(SECRET);
    }

    static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited " + DEADLINE.toSeconds() + " s in vain until " + what);
            }
            LockSupport.parkNanos(500_000);
        }
    }

    static <T> T get(CompletionStage<T> stage) {
        try {
            return ((Future<T>) stage.toCompletableFuture()).get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("no answer within " + DEADLINE, e);
        }
    }

    /// What connecting fails with.
    static LazuliException failure(CompletionStage<?> stage) {
        try {
            throw new AssertionError("it did not fail: " + get(stage));
        } catch (CompletionException e) {
            return (LazuliException) e.getCause();
        }
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    static Socket open(Endpoint endpoint) throws IOException {
        Socket socket = new Socket(endpoint.address().getAddress(), endpoint.address().getPort());
        socket.setSoTimeout((int) DEADLINE.toMillis());
        return socket;
    }

    /// Goes through the handshake as any client does; what follows is up to the test.
    static Socket authenticated(Endpoint endpoint, ClusterSecret secret) throws IOException {
        Socket socket = open(endpoint);
        ClientHandshake handshake = new ClientHandshake(
                secret, new byte[0], Introduction.of(PeerRole.WORKER, "raw"), "the endpoint");
        socket.getOutputStream().write(handshake.opening());
        while (handshake.wantedBytes() > 0) {
            byte[] part = socket.getInputStream().readNBytes(handshake.wantedBytes());
            switch (handshake.on(part)) {
                case ClientHandshake.Continue(byte[] answer) -> socket.getOutputStream().write(answer);
                case ClientHandshake.Accepted _ -> {
                    return socket;
                }
                case ClientHandshake.Failed(LazuliException error) -> throw error;
            }
        }
        throw new AssertionError("the handshake ended without a verdict");
    }

    static void writeFrame(Socket socket, byte[] payload) throws IOException {
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeInt(payload.length);
        out.write(payload);
        out.flush();
    }

    /// True if the other side has closed; a reset is as good.
    static boolean isEnd(Socket socket) {
        try (InputStream in = socket.getInputStream()) {
            in.readAllBytes();
            return true;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
