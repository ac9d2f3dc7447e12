package io.lazuli.scheduler.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;

/// A frame whose bytes belong to somebody else. Netty releases what it was given to write, written or not, on whatever path: then
/// they are given back, and only then.
final class LentBytes extends CompositeByteBuf {
    private final Runnable returned;

    LentBytes(ByteBufAllocator allocator, Runnable returned, ByteBuf... parts) {
        super(allocator, true, parts.length, parts);
        this.returned = returned;
    }

    @Override
    protected void deallocate() {
        super.deallocate();
        returned.run();
    }
}
