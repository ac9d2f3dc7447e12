package io.lazuli.scheduler.internal.transport;

import io.lazuli.graph.error.ErrorCode;
import io.netty.channel.ChannelHandlerContext;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The handshake of a connection that an endpoint accepted.
final class ServerHandshakeHandler extends HandshakeHandler {
    private final TransportOptions options;
    private final Introduction self;
    private final Acceptor acceptor;
    private final Refusals refusals;
    private final Runnable isAuthenticated;
    private final BooleanSupplier isTransportClosed;
    private @Nullable ServerHandshake handshake;

    /// @param isAuthenticated called once, if the peer proves that it knows the token
    ServerHandshakeHandler(TransportOptions options, Introduction self, Acceptor acceptor, Refusals refusals,
            Runnable isAuthenticated, BooleanSupplier isTransportClosed) {
        super(options.handshakeTime());
        this.options = options;
        this.self = self;
        this.acceptor = acceptor;
        this.refusals = refusals;
        this.isAuthenticated = isAuthenticated;
        this.isTransportClosed = isTransportClosed;
    }

    @Override
    Handshake begin(ChannelHandlerContext context, byte[] binding) {
        handshake = new ServerHandshake(options.secret(), binding, self);
        return handshake;
    }

    @Override
    void take(ChannelHandlerContext context, byte[] part) {
        ServerHandshake begun = Objects.requireNonNull(handshake, "it has begun");
        switch (begun.on(part)) {
            case ServerHandshake.Continue(byte[] answer) -> answer(context, answer);
            case ServerHandshake.Refuse(Refusal reason, String found, byte[] answer) -> {
                answer(context, answer);
                fail(context, reason, found, null);
            }
            case ServerHandshake.Proven(Introduction client) -> {
                isAuthenticated.run();
                decide(context, begun, client);
            }
        }
    }

    private void decide(ChannelHandlerContext context, ServerHandshake begun, Introduction client) {
        Peer peer = new Peer(client.role(), client.name(), (InetSocketAddress) context.channel().remoteAddress());
        switch (acceptor.decide(peer)) {
            case Acceptor.Accept(ConnectionHandler handler) -> {
                answer(context, begun.acceptance());
                succeed(context, new ChannelConnection(
                        context.channel(), peer, handler, options.largestFrameBytes(), isTransportClosed));
            }
            case Acceptor.Refuse(ErrorCode code, String reason) -> {
                answer(context, Handshake.refusal(Refusal.NOT_ACCEPTED, code, reason));
                fail(context, Refusal.NOT_ACCEPTED, peer + " is not wanted: " + reason, null);
            }
        }
    }

    @Override
    void failed(ChannelHandlerContext context, Refusal reason, String found, @Nullable Throwable cause) {
        if (!isTransportClosed.getAsBoolean()) {
            refusals.add(reason, context.channel().remoteAddress(), found);
        }
        if (reason == Refusal.FAILED) {
            answer(context, Handshake.refusal(reason, ErrorCode.INTERNAL, found));
        }
        closeAfter(context, new byte[0]);
    }
}
