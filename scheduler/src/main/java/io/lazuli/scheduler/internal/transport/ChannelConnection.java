package io.lazuli.scheduler.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A connection over a channel of Netty whose handshake is over. What has no other word is used on its event loop alone.
final class ChannelConnection extends ChannelInboundHandlerAdapter implements Connection {
    private static final Logger LOGGER = System.getLogger("io.lazuli.scheduler.transport");
    private static final long CLOSING_SECONDS = 2;

    private final Channel channel;
    private final Peer peer;
    private final ConnectionHandler handler;
    private final int largestFrameBytes;
    private final BooleanSupplier isTransportClosed;
    private final FrameReader frames;
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    /// Whoever sends files takes turns, so that the pieces in memory are one, however many files are on the way.
    final ReentrantLock fileTurn = new ReentrantLock(true);
    /// Guards nothing; those who wait for the connection to be writable, or closed, wait for it.
    private final Object change = new Object();
    /// Set once, by any thread: nothing is sent any more.
    private volatile boolean isClosing;
    private boolean isReadingWanted = true;
    /// Set by what ends the connection first.
    private @Nullable CloseReason reason;

    ChannelConnection(Channel channel, Peer peer, ConnectionHandler handler, int largestFrameBytes,
            BooleanSupplier isTransportClosed) {
        this.channel = channel;
        this.peer = peer;
        this.handler = handler;
        this.largestFrameBytes = largestFrameBytes;
        this.isTransportClosed = isTransportClosed;
        this.frames = new FrameReader(
                largestFrameBytes, channel.alloc(), frame -> handler.received(this, frame));
    }

    @Override
    public Peer peer() {
        return peer;
    }

    @Override
    public boolean send(ByteBuffer... parts) {
        int length = length(parts);
        if (!isOpen()) {
            return false;
        }
        ByteBuf frame = allocate(length);
        for (ByteBuffer part : parts) {
            frame.writeBytes(part.duplicate());
        }
        write(frame);
        return true;
    }

    @Override
    public boolean lend(Runnable returned, ByteBuffer... parts) {
        ByteBuf[] all = new ByteBuf[parts.length + 1];
        try {
            int length = length(parts);
            if (!isOpen()) {
                returned.run();
                return false;
            }
            all[0] = channel.alloc().directBuffer(FrameReader.LENGTH_BYTES).writeInt(length);
        } catch (RuntimeException | Error e) {
            returned.run();
            throw e;
        }
        for (int i = 0; i < parts.length; i++) {
            all[i + 1] = Unpooled.wrappedBuffer(parts[i]);
        }
        write(new LentBytes(channel.alloc(), returned, all));
        return true;
    }

    @Override
    public CompletionStage<Void> sendFile(ByteBuffer head, FileChannel file, long offset, long length) {
        if (offset < 0 || length < 0 || head.remaining() + 1 > largestFrameBytes
                || head.remaining() + length == 0) {
            throw new IllegalArgumentException(
                    "cannot send %,d bytes from %,d behind a head of %,d in frames of 1 to %,d"
                            .formatted(length, offset, head.remaining(), largestFrameBytes));
        }
        byte[] copy = new byte[head.remaining()];
        head.duplicate().get(copy);
        return FileSender.start(this, copy, file, offset, length);
    }

    private int length(ByteBuffer... parts) {
        long length = Arrays.stream(parts).mapToLong(ByteBuffer::remaining).sum();
        if (length == 0 || length > largestFrameBytes) {
            throw new IllegalArgumentException(
                    "a frame has 1 to %,d bytes, found %,d".formatted(largestFrameBytes, length));
        }
        return (int) length;
    }

    int largestFrameBytes() {
        return largestFrameBytes;
    }

    /// A buffer for a frame of that many bytes, with its length. **Ownership:** the caller's, until it is written.
    ByteBuf allocate(int length) {
        int size = FrameReader.LENGTH_BYTES + length;
        return allocator().directBuffer(size, size).writeInt(length);
    }

    private ByteBufAllocator allocator() {
        return channel.alloc();
    }

    /// Takes the frame over.
    ChannelFuture write(ByteBuf frame) {
        sent.addAndGet(frame.readableBytes());
        return channel.writeAndFlush(frame);
    }

    boolean isOpen() {
        return !isClosing && channel.isActive();
    }

    /// Waits until more may be sent; false if nothing may any more. Not for event loops.
    boolean awaitWritable() throws InterruptedException {
        synchronized (change) {
            while (isOpen() && !channel.isWritable()) {
                change.wait();
            }
        }
        return isOpen();
    }

    private void announceChange() {
        synchronized (change) {
            change.notifyAll();
        }
    }

    @Override
    public boolean isWritable() {
        return isOpen() && channel.isWritable();
    }

    @Override
    public void pauseReading() {
        onLoop(() -> {
            isReadingWanted = false;
            frames.pause();
            channel.config().setAutoRead(false);
        });
    }

    /// Frames that came before are handed out by a call of its own, never within one to the handler.
    @Override
    public void resumeReading() {
        onLoop(() -> {
            isReadingWanted = true;
            channel.eventLoop().execute(this::goOnReading);
        });
    }

    private void goOnReading() {
        if (isReadingWanted) {
            guarded(frames::resume);
        }
        if (isReadingWanted) {
            channel.config().setAutoRead(true);
        }
    }

    @Override
    public void close() {
        if (isClosing) {
            return;
        }
        isClosing = true;
        announceChange();
        onLoop(() -> {
            end(CloseReason.Kind.CLOSED_HERE, "this process closed the connection to " + peer, null);
            frames.close();
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            var limit = channel.eventLoop().schedule(() -> channel.close(), CLOSING_SECONDS, TimeUnit.SECONDS);
            channel.closeFuture().addListener(_ -> limit.cancel(false));
        });
    }

    private void onLoop(Runnable action) {
        if (channel.eventLoop().inEventLoop()) {
            action.run();
            return;
        }
        try {
            channel.eventLoop().execute(action);
        } catch (RejectedExecutionException e) {
            // The transport is closed, and so is this.
            return;
        }
    }

    @Override
    public long bytesReceived() {
        return received.get();
    }

    @Override
    public long bytesSent() {
        return sent.get();
    }

    @Override
    public String toString() {
        return "Connection[" + peer + "]";
    }

    /// The first call to the handler.
    void open() {
        guarded(() -> handler.opened(this));
    }

    /// **Ownership:** takes the bytes over.
    void read(ByteBuf bytes) {
        received.addAndGet(bytes.readableBytes());
        guarded(() -> frames.read(bytes));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        read((ByteBuf) message);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        announceChange();
        if (isWritable()) {
            guarded(() -> handler.writable(this));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        end(CloseReason.Kind.NETWORK_FAILED, "the connection to %s failed%s: %s"
                .formatted(peer, withinFrame(), cause.getMessage()), cause);
        channel.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        isClosing = true;
        announceChange();
        if (isTransportClosed.getAsBoolean()) {
            end(CloseReason.Kind.CLOSED_HERE, "this process closed its transport", null);
        } else if (frames.isWithinFrame()) {
            end(CloseReason.Kind.CUT_OFF, "%s is gone%s".formatted(peer, withinFrame()), null);
        } else {
            end(CloseReason.Kind.CLOSED_BY_PEER, peer + " closed the connection, or is gone", null);
        }
        frames.close();
        CloseReason first = reason;
        try {
            handler.closed(this, first == null ? unknown() : first);
        } catch (Throwable e) {
            LOGGER.log(Level.WARNING, "The handler of the connection to %s failed at its end: %s".formatted(peer, e),
                    e);
        }
    }

    private CloseReason unknown() {
        return new CloseReason(CloseReason.Kind.NETWORK_FAILED, "no reason is known", null);
    }

    private String withinFrame() {
        return frames.isWithinFrame() ? ", after " + frames.progress() + " of a frame" : "";
    }

    /// The first reason stays.
    private void end(CloseReason.Kind kind, String text, @Nullable Throwable cause) {
        if (reason == null) {
            reason = new CloseReason(kind, text, cause);
        }
    }

    /// What the peer did wrong, or the handler, ends the connection; the latter is a defect, and logged.
    private void guarded(Runnable action) {
        try {
            action.run();
        } catch (BadFrameException e) {
            end(CloseReason.Kind.PROTOCOL_ERROR, peer + " broke the protocol: " + e.getMessage(), e);
            channel.close();
        } catch (Throwable e) {
            end(CloseReason.Kind.FAILED_HERE, "handling what %s sent failed: %s".formatted(peer, e), e);
            LOGGER.log(Level.WARNING, "Closed the connection to %s, because its handler failed: %s".formatted(peer, e),
                    e);
            frames.close();
            channel.close();
        }
    }
}
