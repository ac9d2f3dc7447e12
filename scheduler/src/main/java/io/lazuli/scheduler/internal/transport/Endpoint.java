package io.lazuli.scheduler.internal.transport;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.Map;

/// Where a transport listens.
public final class Endpoint implements AutoCloseable {
    private final Channel channel;
    private final InetSocketAddress address;
    private final Refusals refusals;

    Endpoint(Channel channel, Refusals refusals) {
        this.channel = channel;
        this.address = (InetSocketAddress) channel.localAddress();
        this.refusals = refusals;
    }

    /// With the port that was found, where 0 was asked for.
    public InetSocketAddress address() {
        return address;
    }

    /// How many connections were closed before they were one, by reason, zeros included.
    public Map<Refusal, Long> refusals() {
        return refusals.counts();
    }

    /// Accepts no connection any more; those that are there stay. Not for handlers: it waits until the port is free.
    @Override
    public void close() {
        channel.close().awaitUninterruptibly();
    }
}
