package io.lazuli.scheduler.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Sends a part of a file, piece by piece, on a virtual thread of its own: it waits for the disk and for the peer, which an event loop
/// must not.
final class FileSender {
    private static final int PIECE_BYTES = 1 << 20;

    private final ChannelConnection connection;
    private final byte[] head;
    private final FileChannel file;

    private FileSender(ChannelConnection connection, byte[] head, FileChannel file) {
        this.connection = connection;
        this.head = head;
        this.file = file;
    }

    static CompletionStage<Void> start(
            ChannelConnection connection, byte[] head, FileChannel file, long offset, long length) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        FileSender sender = new FileSender(connection, head, file);
        Thread.ofVirtual().name("lazuli-file").start(() -> {
            try {
                sender.send(offset, length);
                end.complete(null);
            } catch (Throwable e) {
                end.completeExceptionally(e);
            }
        });
        return end;
    }

    private void send(long offset, long length) throws IOException, InterruptedException {
        int mostBytes = Math.min(PIECE_BYTES, connection.largestFrameBytes() - head.length);
        long end = offset + length;
        long position = offset;
        ChannelFuture written;
        do {
            int piece = (int) Math.min(mostBytes, end - position);
            written = sendPiece(position, piece, end);
            position += piece;
        } while (position < end);
        // Frames are written in order, so all are when the last is.
        written.await();
        if (!written.isSuccess()) {
            throw gone(written.cause());
        }
    }

    private ChannelFuture sendPiece(long position, int length, long end) throws IOException, InterruptedException {
        connection.fileTurn.lockInterruptibly();
        try {
            if (!connection.awaitWritable()) {
                throw gone(new ClosedChannelException());
            }
            ByteBuf frame = connection.allocate(head.length + length);
            try {
                frame.writeBytes(head);
                read(frame, position, length, end);
                return connection.write(frame.retain());
            } finally {
                frame.release();
            }
        } finally {
            connection.fileTurn.unlock();
        }
    }

    private void read(ByteBuf frame, long position, int length, long end) throws IOException {
        int done = 0;
        while (done < length) {
            int read = frame.writeBytes(file, position + done, length - done);
            if (read < 0) {
                throw new EOFException("the file ended at byte %,d, and was to be sent up to %,d to %s"
                        .formatted(position + done, end, connection.peer()));
            }
            done += read;
        }
    }

    private IOException gone(@Nullable Throwable cause) {
        return new IOException("the connection to %s closed while a file was sent".formatted(connection.peer()), cause);
    }
}
