package io.lazuli.scheduler.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Leads a channel through TLS, if there is any, and the handshake, within a time; then a [ChannelConnection] takes its place. It holds the
/// part that the handshake wants next and nothing else of what the peer sends.
abstract class HandshakeHandler extends ChannelInboundHandlerAdapter {
    private final Duration limit;
    /// Not null once TLS is up, or at once without it.
    private @Nullable Parts parts;
    private boolean isOver;
    private @Nullable Future<?> timer;
    /// Takes what follows the handshake.
    private @Nullable ChannelConnection connection;

    HandshakeHandler(Duration limit) {
        this.limit = limit;
    }

    /// Starts the handshake. Called once, when the connection is up, with what binds it to TLS.
    abstract Handshake begin(ChannelHandlerContext context, byte[] binding);

    /// Takes a part that the handshake wanted.
    abstract void take(ChannelHandlerContext context, byte[] part);

    /// It came to nothing. Called at most once; closes the channel, maybe after it has sent something.
    abstract void failed(ChannelHandlerContext context, Refusal reason, String found, @Nullable Throwable cause);

    @Override
    public void channelActive(ChannelHandlerContext context) {
        timer = context.executor().schedule(
                () -> fail(context, Refusal.TIMED_OUT, "no handshake within " + limit, null), limit.toNanos(),
                TimeUnit.NANOSECONDS);
        if (context.pipeline().get(SslHandler.class) == null) {
            begun(context, new byte[0]);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent tls) {
            if (tls.isSuccess()) {
                begun(context, Tls.binding(context.pipeline().get(SslHandler.class).engine()));
            } else {
                fail(context, tls.cause() instanceof ClosedChannelException ? Refusal.CLOSED_EARLY : Refusal.TLS_FAILED,
                        "TLS did not come up: " + tls.cause().getMessage(), tls.cause());
            }
        }
    }

    private void begun(ChannelHandlerContext context, byte[] binding) {
        parts = new Parts(begin(context, binding));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            while (!isOver && bytes.isReadable()) {
                gather(context, bytes);
            }
            if (connection != null && bytes.isReadable()) {
                connection.read(bytes.retain());
            }
        } catch (RuntimeException | Error e) {
            fail(context, Refusal.FAILED, "a defect: " + e, e);
        } finally {
            bytes.release();
        }
    }

    private void gather(ChannelHandlerContext context, ByteBuf bytes) {
        Parts begun = Objects.requireNonNull(parts, "bytes come after the connection is up");
        ByteBuffer view = bytes.nioBuffer();
        int before = view.remaining();
        byte @Nullable [] part = begun.next(view);
        bytes.skipBytes(before - view.remaining());
        if (part != null) {
            take(context, part);
        }
    }

    /// Sends bytes of the handshake, if there are any.
    static void answer(ChannelHandlerContext context, byte[] bytes) {
        if (bytes.length > 0) {
            context.writeAndFlush(Unpooled.wrappedBuffer(bytes));
        }
    }

    /// Sends bytes, if there are any, then closes.
    static void closeAfter(ChannelHandlerContext context, byte[] bytes) {
        context.writeAndFlush(Unpooled.wrappedBuffer(bytes)).addListener(ChannelFutureListener.CLOSE);
    }

    /// Ends the handshake well: from now on the connection hears of the channel.
    final void succeed(ChannelHandlerContext context, ChannelConnection next) {
        end();
        connection = next;
        context.pipeline().replace(this, "connection", next);
        next.open();
    }

    final void fail(ChannelHandlerContext context, Refusal reason, String found, @Nullable Throwable cause) {
        if (!isOver) {
            end();
            failed(context, reason, found, cause);
        }
    }

    private void end() {
        isOver = true;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(context, Refusal.CLOSED_EARLY, "it went away before the handshake was over", null);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof SSLException || cause.getCause() instanceof SSLException) {
            fail(context, Refusal.TLS_FAILED, "TLS failed: " + cause.getMessage(), cause);
        } else {
            fail(context, Refusal.CLOSED_EARLY, "the network failed: " + cause.getMessage(), cause);
        }
    }
}
