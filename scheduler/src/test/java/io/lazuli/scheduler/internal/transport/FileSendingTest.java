package io.lazuli.scheduler.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.PooledByteBufAllocator;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Leaks.class)
class FileSendingTest {
    private static final int MIB = 1 << 20;

    @TempDir
    Path directory;
    private Transport transport;
    private Endpoint endpoint;
    private ConnectionHandler right;
    private final RecordingHandler left = new RecordingHandler();

    @BeforeEach
    void open() {
        transport = Transport.open(Sockets.options());
        endpoint = transport.listen(
                Sockets.ANY_PORT, PeerRole.WORKER, "w2", _ -> new Acceptor.Accept(right));
    }

    @AfterEach
    void close() {
        transport.close();
    }

    private Connection connect(ConnectionHandler handler) {
        right = handler;
        return Sockets.get(transport.connect(endpoint.address(), PeerRole.WORKER, "w1", left));
    }

    private FileChannel file(long bytes) throws IOException {
        FileChannel channel = FileChannel.open(directory.resolve("data" + bytes), StandardOpenOption.CREATE,
                StandardOpenOption.READ, StandardOpenOption.WRITE);
        Random random = new Random(bytes);
        byte[] piece = new byte[MIB];
        for (long at = 0; at < bytes; at += piece.length) {
            random.nextBytes(piece);
            channel.write(ByteBuffer.wrap(piece, 0, (int) Math.min(piece.length, bytes - at)), at);
        }
        return channel;
    }

    private static ByteBuffer head(int number) {
        return ByteBuffer.allocate(4).putInt(number).flip();
    }

    /// Sums up what comes behind a head of four bytes; holds up the first frame until told.
    private static final class Summing implements ConnectionHandler {
        final CRC32C sum = new CRC32C();
        final AtomicLong bytes = new AtomicLong();
        volatile int largest;

        @Override
        public void received(Connection connection, ByteBuffer frame) {
            largest = Math.max(largest, frame.remaining());
            frame.getInt();
            int length = frame.remaining();
            sum.update(frame);
            bytes.addAndGet(length);
        }

        @Override
        public void closed(Connection connection, CloseReason reason) {}
    }

    /// The file is many times what may be in memory, and the reader stops at first, so that all that can pile up does.
    @Test
    void largeFile_passesInBoundedMemory() throws IOException {
        long size = 200L * MIB;
        Summing summing = new Summing();
        try (FileChannel file = file(size)) {
            CRC32C expected = new CRC32C();
            expected.update(file.map(FileChannel.MapMode.READ_ONLY, 0, size));
            Connection connection = connect(new ConnectionHandler() {
                @Override
                public void opened(Connection opened) {
                    opened.pauseReading();
                    opened.send(ByteBuffer.wrap(new byte[] {1}));
                    first = opened;
                }

                @Override
                public void received(Connection from, ByteBuffer frame) {
                    summing.received(from, frame);
                }

                @Override
                public void closed(Connection closed, CloseReason reason) {}
            });
            left.awaitFrames(1);
            long directBefore = direct();
            CompletionStage<Void> sent = connection.sendFile(head(9), file, 0, size);
            Sockets.until("the sender stops", () -> !connection.isWritable());
            assertThat(connection.bytesSent()).as("sent while nobody reads").isLessThan(40L * MIB);
            first.resumeReading();
            AtomicLong peak = new AtomicLong();
            Sockets.until("all has come", () -> {
                peak.accumulateAndGet(direct() - directBefore, Math::max);
                return summing.bytes.get() == size;
            });
            Sockets.get(sent);
            assertThat(summing.sum.getValue()).isEqualTo(expected.getValue());
            assertThat(summing.largest).isEqualTo(MIB + 4);
            assertThat(peak.get()).as("direct memory of Netty").isLessThan(48L * MIB);
            assertThat(connection.bytesSent()).isBetween(size, size + size / 1000);
        }
    }

    private volatile Connection first;

    private static long direct() {
        return PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
    }

    /// Pieces of several files, and other frames, come in turn; those of each file in order.
    @Test
    void filesAndFrames_mixWithoutHarm() throws IOException {
        int files = 5;
        CRC32C[] sums = IntStream.range(0, files + 1).mapToObj(_ -> new CRC32C()).toArray(CRC32C[]::new);
        AtomicLong bytes = new AtomicLong();
        try (FileChannel file = file(7L * MIB + 13)) {
            Connection connection = connect(new ConnectionHandler() {
                @Override
                public void received(Connection from, ByteBuffer frame) {
                    CRC32C sum = sums[frame.getInt()];
                    int length = frame.remaining();
                    sum.update(frame);
                    bytes.addAndGet(length);
                }

                @Override
                public void closed(Connection closed, CloseReason reason) {}
            });
            List<CompletionStage<Void>> sent = IntStream.range(0, files)
                    .mapToObj(i -> connection.sendFile(head(i), file, i, file(file) - i)).toList();
            for (int i = 0; i < 1000; i++) {
                connection.send(head(files), ByteBuffer.allocate(100));
            }
            sent.forEach(Sockets::get);
            long all = files * file.size() - 10 + 100_000;
            Sockets.until("all came", () -> bytes.get() == all);
            for (int i = 0; i < files; i++) {
                CRC32C expected = new CRC32C();
                expected.update(file.map(FileChannel.MapMode.READ_ONLY, i, file.size() - i));
                assertThat(sums[i].getValue()).as("file " + i).isEqualTo(expected.getValue());
            }
        }
    }

    private static long file(FileChannel file) {
        try {
            return file.size();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void noBytes_areAHeadAlone() throws IOException {
        RecordingHandler recording = new RecordingHandler();
        try (FileChannel file = file(10)) {
            Connection connection = connect(recording);
            Sockets.get(connection.sendFile(head(3), file, 10, 0));
            assertThat(recording.awaitFrames(1)).containsExactly(new byte[] {0, 0, 0, 3});
            assertThatThrownBy(() -> connection.sendFile(ByteBuffer.allocate(0), file, 0, 0))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> connection.sendFile(head(3), file, -1, 5))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void fileThatIsTooShort_failsTheStageAlone() throws IOException {
        RecordingHandler recording = new RecordingHandler();
        try (FileChannel file = file(100)) {
            Connection connection = connect(recording);
            assertThatThrownBy(() -> Sockets.get(connection.sendFile(head(3), file, 50, 60)))
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOf(EOFException.class)
                    .hasMessageContaining("ended at byte 100, and was to be sent up to 110");
            connection.send(head(4));
            assertThat(recording.awaitFrames(1)).containsExactly(new byte[] {0, 0, 0, 4});
        }
    }

    @Test
    void connectionThatCloses_failsTheStage() throws IOException, InterruptedException {
        RecordingHandler recording = new RecordingHandler();
        CountDownLatch failed = new CountDownLatch(3);
        try (FileChannel file = file(30L * MIB)) {
            Connection connection = connect(recording);
            recording.connection().pauseReading();
            for (int i = 0; i < 3; i++) {
                connection.sendFile(head(i), file, 0, 30L * MIB).whenComplete((_, error) -> {
                    if (error instanceof IOException) {
                        failed.countDown();
                    }
                });
            }
            Sockets.until("the sender stops", () -> !connection.isWritable());
            recording.connection().close();
            Sockets.until("all failed", () -> failed.getCount() == 0);
        }
    }
}
