package io.lazuli.scheduler.internal.membership;

import com.hazelcast.internal.networking.HandlerStatus;
import com.hazelcast.internal.networking.InboundHandler;
import com.hazelcast.internal.nio.IOUtil;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Keeps what comes from a link from Hazelcast until it has proven itself, and then goes.
final class ProofDecoder extends InboundHandler<ByteBuffer, ByteBuffer> {
    private static final int BUFFER_BYTES = 512;

    private final LinkGuard guard;

    ProofDecoder(LinkGuard guard) {
        this.guard = guard;
    }

    @Override
    public void handlerAdded() {
        initSrcBuffer(BUFFER_BYTES);
    }

    @Override
    public HandlerStatus onRead() throws IOException {
        src.flip();
        try {
            guard.take(src);
        } finally {
            IOUtil.compactOrClear(src);
        }
        if (guard.isProven()) {
            channel.inboundPipeline().remove(this);
        }
        return HandlerStatus.CLEAN;
    }
}
