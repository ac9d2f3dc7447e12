package io.lazuli.scheduler.internal.membership;

import com.hazelcast.internal.networking.HandlerStatus;
import com.hazelcast.internal.networking.OutboundHandler;
import com.hazelcast.internal.nio.IOUtil;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/// Encrypts what goes to a link, and does its part of the handshake. See [TlsDecoder].
final class TlsEncoder extends OutboundHandler<ByteBuffer, ByteBuffer> {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SSLEngine engine;
    private final LinkGuard guard;

    TlsEncoder(SSLEngine engine, LinkGuard guard) {
        this.engine = engine;
        this.guard = guard;
    }

    @Override
    public void handlerAdded() {
        initDstBuffer(TlsDecoder.BUFFER_BYTES);
    }

    @Override
    public HandlerStatus onWrite() throws Exception {
        IOUtil.compactOrClear(dst);
        try {
            synchronized (engine) {
                return write();
            }
        } catch (IOException e) {
            throw guard.broken(e);
        } finally {
            dst.flip();
        }
    }

    private HandlerStatus write() throws Exception {
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> TlsDecoder.runTasks(engine);
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    // Nothing more to say until the peer has spoken; the decoder then wakes this one.
                    channel.inboundPipeline().wakeup();
                    return HandlerStatus.BLOCKED;
                }
                case NEED_WRAP -> {
                    if (!wrap(NOTHING)) {
                        return HandlerStatus.DIRTY;
                    }
                    channel.inboundPipeline().wakeup();
                }
                case NOT_HANDSHAKING, FINISHED -> {
                    if (!src.hasRemaining()) {
                        return HandlerStatus.CLEAN;
                    }
                    if (!wrap(src)) {
                        return HandlerStatus.DIRTY;
                    }
                }
            }
        }
    }

    /// False if `dst` has no room for another record.
    private boolean wrap(ByteBuffer from) throws SSLException, EOFException {
        SSLEngineResult result = engine.wrap(from, dst);
        return switch (result.getStatus()) {
            case OK -> true;
            case BUFFER_OVERFLOW -> false;
            case BUFFER_UNDERFLOW -> throw new SSLException("nothing was there to encrypt");
            case CLOSED -> throw new EOFException("the link is closed");
        };
    }
}
