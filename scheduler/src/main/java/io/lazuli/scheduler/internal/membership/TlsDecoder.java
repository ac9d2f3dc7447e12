package io.lazuli.scheduler.internal.membership;

import com.hazelcast.internal.networking.HandlerStatus;
import com.hazelcast.internal.networking.InboundHandler;
import com.hazelcast.internal.nio.IOUtil;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/// Decrypts what comes from a link, and does its part of the handshake. Shares the engine with the link's [TlsEncoder], of which
/// another thread may make use: whoever has the engine's monitor goes on.
final class TlsDecoder extends InboundHandler<ByteBuffer, ByteBuffer> {
    static final int BUFFER_BYTES = 64 << 10;

    private final SSLEngine engine;
    private final LinkGuard guard;
    /// What is decrypted and did not fit into `dst`; in reading mode.
    private final ByteBuffer decrypted;

    TlsDecoder(SSLEngine engine, LinkGuard guard) {
        this.engine = engine;
        this.guard = guard;
        this.decrypted = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()).flip();
    }

    @Override
    public void handlerAdded() {
        initSrcBuffer(BUFFER_BYTES);
    }

    @Override
    public HandlerStatus onRead() throws Exception {
        src.flip();
        try {
            synchronized (engine) {
                return read();
            }
        } catch (IOException e) {
            throw guard.broken(e);
        } finally {
            IOUtil.compactOrClear(src);
        }
    }

    private HandlerStatus read() throws Exception {
        while (true) {
            if (!handOver()) {
                return HandlerStatus.DIRTY;
            }
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> runTasks(engine);
                case NEED_WRAP -> {
                    // The encoder wakes this one when it has said what is to be said.
                    channel.outboundPipeline().wakeup();
                    return HandlerStatus.CLEAN;
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN, NOT_HANDSHAKING, FINISHED -> {
                    if (!src.hasRemaining() || !unwrap()) {
                        return HandlerStatus.CLEAN;
                    }
                }
            }
        }
    }

    /// Whether `dst` took all that is decrypted.
    private boolean handOver() {
        int count = Math.min(decrypted.remaining(), dst.remaining());
        dst.put(dst.position(), decrypted, decrypted.position(), count).position(dst.position() + count);
        decrypted.position(decrypted.position() + count);
        return !decrypted.hasRemaining();
    }

    /// False if the next record is not yet there as a whole.
    private boolean unwrap() throws SSLException, EOFException {
        decrypted.clear();
        SSLEngineResult result;
        try {
            result = engine.unwrap(src, decrypted);
        } finally {
            decrypted.flip();
        }
        if (result.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.FINISHED) {
            channel.outboundPipeline().wakeup();
        }
        return switch (result.getStatus()) {
            case OK -> true;
            case BUFFER_UNDERFLOW -> false;
            case BUFFER_OVERFLOW -> throw new SSLException("a record is longer than records may be");
            case CLOSED -> throw new EOFException("the peer has closed the link");
        };
    }

    static void runTasks(SSLEngine engine) {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }
}
