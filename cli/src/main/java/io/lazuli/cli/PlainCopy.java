package io.lazuli.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// The least that moving bytes to another process takes on this machine: they are written to a file, read, sent over loopback,
/// and written again by who receives them. What a shuffle takes is compared with that.
final class PlainCopy {
    private static final int PIECE_BYTES = 1 << 20;

    private PlainCopy() {}

    /// Returns how many bytes arrived. Its files are in `directory`, and gone when it returns.
    static long run(Path directory, long bytes) {
        try {
            Path sent = Files.createTempFile(directory, "copy", ".sent");
            Path received = Files.createTempFile(directory, "copy", ".received");
            try {
                write(sent, bytes);
                return copy(sent, received);
            } finally {
                Files.delete(sent);
                Files.delete(received);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, long bytes) throws IOException {
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES);
        for (int i = 0; i < PIECE_BYTES; i++) {
            piece.put(i, (byte) (i * 31));
        }
        try (FileChannel to = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (long done = 0; done < bytes; done += PIECE_BYTES) {
                piece.clear().limit((int) Math.min(PIECE_BYTES, bytes - done));
                drain(piece, to);
            }
        }
    }

    private static long copy(Path sent, Path received) throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            CompletableFuture<Long> arrived = CompletableFuture.supplyAsync(() -> receive(server, received));
            try (FileChannel from = FileChannel.open(sent, StandardOpenOption.READ);
                    SocketChannel to = SocketChannel.open(server.getLocalAddress())) {
                move(from, to);
            }
            return arrived.join();
        } catch (CompletionException e) {
            throw new IOException(e.getCause());
        }
    }

    private static long receive(ServerSocketChannel server, Path file) {
        try (SocketChannel from = server.accept();
                FileChannel to = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long move(ByteChannel from, ByteChannel to) throws IOException {
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES);
        long moved = 0;
        while (from.read(piece.clear()) >= 0) {
            moved += piece.flip().remaining();
            drain(piece, to);
        }
        return moved;
    }

    private static void drain(ByteBuffer piece, ByteChannel to) throws IOException {
        while (piece.hasRemaining()) {
            to.write(piece);
        }
    }
}
