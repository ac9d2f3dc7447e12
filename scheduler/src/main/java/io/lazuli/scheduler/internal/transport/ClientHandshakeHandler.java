package io.lazuli.scheduler.internal.transport;

import io.lazuli.graph.error.LazuliException;
import io.netty.channel.ChannelHandlerContext;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The handshake of a connection that this process asked for.
final class ClientHandshakeHandler extends HandshakeHandler {
    private final TransportOptions options;
    private final Introduction self;
    private final InetSocketAddress address;
    private final ConnectionHandler handler;
    private final CompletableFuture<Connection> result;
    private final BooleanSupplier isTransportClosed;
    private @Nullable ClientHandshake handshake;

    ClientHandshakeHandler(TransportOptions options, Introduction self, InetSocketAddress address,
            ConnectionHandler handler, CompletableFuture<Connection> result, BooleanSupplier isTransportClosed) {
        super(options.handshakeTime());
        this.options = options;
        this.self = self;
        this.address = address;
        this.handler = handler;
        this.result = result;
        this.isTransportClosed = isTransportClosed;
    }

    @Override
    Handshake begin(ChannelHandlerContext context, byte[] binding) {
        ClientHandshake begun = new ClientHandshake(options.secret(), binding, self, Addresses.text(address));
        handshake = begun;
        answer(context, begun.opening());
        return begun;
    }

    @Override
    void take(ChannelHandlerContext context, byte[] part) {
        ClientHandshake begun = Objects.requireNonNull(handshake, "it has begun");
        switch (begun.on(part)) {
            case ClientHandshake.Continue(byte[] answer) -> answer(context, answer);
            case ClientHandshake.Failed(LazuliException error) -> {
                result.completeExceptionally(error);
                fail(context, Refusal.NOT_ACCEPTED, error.toString(), error);
            }
            case ClientHandshake.Accepted(Introduction server) -> {
                Peer peer = new Peer(server.role(), server.name(), address);
                ChannelConnection connection = new ChannelConnection(
                        context.channel(), peer, handler, options.largestFrameBytes(), isTransportClosed);
                succeed(context, connection);
                result.complete(connection);
            }
        }
    }

    @Override
    void failed(ChannelHandlerContext context, Refusal reason, String found, @Nullable Throwable cause) {
        String text = Addresses.text(address);
        result.completeExceptionally(switch (reason) {
            case TIMED_OUT -> TransportErrors.handshakeTimedOut(text, options.handshakeTime());
            case TLS_FAILED -> TransportErrors.tlsFailed(text, cause);
            case FAILED -> TransportErrors.defect(text, Objects.requireNonNull(cause, "a defect was thrown"));
            case CLOSED_EARLY, NOT_LAZULI, OTHER_VERSION, MALFORMED, WRONG_TOKEN, TOO_MANY, NOT_ACCEPTED ->
                TransportErrors.closedEarly(text, cause);
        });
        context.close();
    }
}
