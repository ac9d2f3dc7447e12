package io.lazuli.scheduler.internal.membership;

import com.hazelcast.internal.networking.HandlerStatus;
import com.hazelcast.internal.networking.OutboundHandler;
import com.hazelcast.internal.nio.IOUtil;
import io.lazuli.scheduler.internal.transport.LinkProof;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Says this end's part of the proof to a link, keeps what Hazelcast has to say back until both are proven, and then goes.
final class ProofEncoder extends OutboundHandler<ByteBuffer, ByteBuffer> {
    private final LinkGuard guard;

    ProofEncoder(LinkGuard guard) {
        this.guard = guard;
    }

    @Override
    public void handlerAdded() {
        initDstBuffer(LinkProof.ANSWER_BYTES);
    }

    @Override
    public HandlerStatus onWrite() throws IOException {
        IOUtil.compactOrClear(dst);
        try {
            if (dst.position() > 0 || guard.answer(dst)) {
                return HandlerStatus.DIRTY; // until it is sent
            }
        } finally {
            dst.flip();
        }
        if (!guard.isProven()) {
            return HandlerStatus.BLOCKED; // the decoder wakes it
        }
        channel.outboundPipeline().remove(this);
        return HandlerStatus.CLEAN;
    }
}
