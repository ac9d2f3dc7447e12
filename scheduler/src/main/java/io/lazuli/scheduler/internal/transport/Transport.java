package io.lazuli.scheduler.internal.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Listens and connects. Owns the event loops that all its connections share: daemon threads named `lazuli-net-1` and so on, which
/// start with the first connection.
///
/// Off loopback every connection is TLS 1.3 with [TlsKeystore]; on loopback it is if there is a keystore. Without TLS the handshake keeps
/// strangers out, but what follows it is as open as loopback is: to the machine's administrator.
public final class Transport implements AutoCloseable {
    private static final int SMALLEST_READ = 1 << 10;
    private static final int FIRST_READ = 1 << 13;
    private static final int LARGEST_READ = 1 << 18;
    private static final int FLUSHES_AT_ONCE = 256;
    private static final long CLOSING_SECONDS = 2;
    private static final AtomicInteger THREADS = new AtomicInteger();

    private final TransportOptions options;
    private final Optional<Tls> tls;
    private final EventLoopGroup loops;
    /// All that are open.
    private final Set<Channel> channels = ConcurrentHashMap.newKeySet();
    private volatile boolean isClosed;

    private Transport(TransportOptions options, Optional<Tls> tls) {
        this.options = options;
        this.tls = tls;
        ThreadFactory threads = task -> {
            Thread thread = new FastThreadLocalThread(task, "lazuli-net-" + THREADS.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        this.loops = new MultiThreadIoEventLoopGroup(options.threads(), threads, NioIoHandler.newFactory());
    }

    /// Errors: USER if the keystore cannot be used.
    public static Transport open(TransportOptions options) {
        return new Transport(options, options.tls().map(Tls::load));
    }

    /// Listens at an address, where port 0 is any free one. Not for handlers: it waits until the port is bound.
    ///
    /// Errors: USER if the address can be reached from elsewhere and there is no TLS; RESOURCE if the port is taken.
    ///
    /// @param role what this process is for those who connect
    /// @param name and how it is called, in their messages; 1 to 255 bytes
    public Endpoint listen(InetSocketAddress address, PeerRole role, String name, Acceptor acceptor) {
        check(address);
        if (tls.isEmpty() && !Addresses.isLoopback(address)) {
            throw TransportErrors.listenNeedsTls(Addresses.text(address));
        }
        Introduction.of(role, name);
        Refusals refusals = new Refusals(role + " '" + name + "'");
        AtomicInteger unauthenticated = new AtomicInteger();
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        Admission admission = new Admission(unauthenticated);
                        channel.closeFuture().addListener(_ -> admission.end());
                        if (unauthenticated.get() > options.unauthenticatedConnections()) {
                            refusals.add(Refusal.TOO_MANY, channel.remoteAddress(), "%d connections wait already"
                                    .formatted(options.unauthenticatedConnections()));
                            channel.close();
                            return;
                        }
                        prepare(channel, false, new ServerHandshakeHandler(options, Introduction.of(role, name),
                                acceptor, refusals, admission::end, () -> isClosed));
                    }
                });
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw TransportErrors.cannotListen(Addresses.text(address), bound.cause());
        }
        keep(bound.channel());
        return new Endpoint(bound.channel(), refusals);
    }

    /// Connects to an endpoint. The stage completes on an event loop, after the handler heard `opened`; or with a
    /// [io.lazuli.graph.error.LazuliException]: RESOURCE if it makes sense to try again later (nothing listens, no answer in
    /// time, the endpoint says so), USER if not (the tokens differ, TLS would be needed, no Lazuli listens there).
    ///
    /// @param role what this process is
    /// @param name and how it is called; 1 to 255 bytes
    public CompletionStage<Connection> connect(
            InetSocketAddress address, PeerRole role, String name, ConnectionHandler handler) {
        CompletableFuture<Connection> result = new CompletableFuture<>();
        try {
            check(address);
            if (tls.isEmpty() && !Addresses.isLoopback(address)) {
                throw TransportErrors.connectNeedsTls(Addresses.text(address));
            }
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
            return result;
        }
        ClientHandshakeHandler handshake = new ClientHandshakeHandler(
                options, Introduction.of(role, name), address, handler, result, () -> isClosed);
        Bootstrap bootstrap = new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        (int) Math.min(options.handshakeTime().toMillis() + 1, Integer.MAX_VALUE))
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        prepare(channel, true, handshake);
                    }
                });
        bootstrap.connect(address).addListener(connected -> {
            if (!connected.isSuccess()) {
                result.completeExceptionally(
                        TransportErrors.cannotConnect(Addresses.text(address), connected.cause()));
            }
        });
        return result;
    }

    /// Waits until every event loop has come round, and so has read what had arrived. Not for handlers. False if the thread is
    /// interrupted, or this is closed.
    public boolean awaitRound() {
        try {
            for (EventExecutor loop : loops) {
                loop.submit(() -> {
                }).await();
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private void check(InetSocketAddress address) {
        if (isClosed) {
            throw TransportErrors.closed();
        }
        if (address.isUnresolved()) {
            throw TransportErrors.unknownHost(Addresses.text(address));
        }
    }

    /// Closes it when the transport closes; at once if it is closed.
    private void keep(Channel channel) {
        channels.add(channel);
        channel.closeFuture().addListener(_ -> channels.remove(channel));
        if (isClosed) {
            channel.close();
        }
    }

    /// On the channel's event loop, before anything else happens to it.
    private void prepare(Channel channel, boolean isClient, HandshakeHandler handshake) {
        keep(channel);
        if (isClosed) {
            return;
        }
        ChannelConfig config = channel.config();
        // Measured: frames of a MiB pass at up to twice the rate of the default allocator, which does not pool buffers so large.
        config.setAllocator(PooledByteBufAllocator.DEFAULT);
        config.setOption(ChannelOption.TCP_NODELAY, true);
        config.setOption(ChannelOption.SO_KEEPALIVE, true);
        config.setWriteBufferWaterMark(new WriteBufferWaterMark(options.lowWaterBytes(), options.highWaterBytes()));
        config.setRecvByteBufAllocator(new AdaptiveRecvByteBufAllocator(SMALLEST_READ, FIRST_READ, LARGEST_READ));
        tls.ifPresent(context -> {
            SslHandler handler = new SslHandler(context.engine(isClient));
            // The time for the handshake as a whole counts.
            handler.setHandshakeTimeoutMillis(0);
            // A peer that reads nothing does not hold up closing.
            handler.setCloseNotifyFlushTimeoutMillis(TimeUnit.SECONDS.toMillis(CLOSING_SECONDS) / 2);
            channel.pipeline().addLast(handler);
        });
        // Frames that other threads send one by one reach the socket many at once.
        channel.pipeline().addLast(new FlushConsolidationHandler(FLUSHES_AT_ONCE, true), handshake);
    }

    /// Closes all endpoints and connections at once; what waits to be sent is lost. Waits until the event loops have ended, unless a
    /// handler calls it. Closing twice is closing once.
    @Override
    public void close() {
        isClosed = true;
        boolean isHandler = StreamSupport.stream(loops.spliterator(), false).anyMatch(loop -> loop.inEventLoop());
        if (isHandler) {
            Thread.ofVirtual().name("lazuli-net-close").start(this::end);
        } else {
            end();
        }
    }

    /// Channels first: an event loop that ends together with a channel may keep its socket.
    private void end() {
        List<ChannelFuture> closing = channels.stream().map(Channel::close).toList();
        closing.forEach(channel -> channel.awaitUninterruptibly(CLOSING_SECONDS, TimeUnit.SECONDS));
        loops.shutdownGracefully(0, CLOSING_SECONDS, TimeUnit.SECONDS);
        try {
            loops.awaitTermination(2 * CLOSING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Counts a connection among the unauthenticated ones, until it is one no more.
    private static final class Admission {
        private @Nullable AtomicInteger counted;

        Admission(AtomicInteger count) {
            count.incrementAndGet();
            this.counted = count;
        }

        /// On the connection's event loop.
        void end() {
            if (counted != null) {
                counted.decrementAndGet();
                counted = null;
            }
        }
    }
}
