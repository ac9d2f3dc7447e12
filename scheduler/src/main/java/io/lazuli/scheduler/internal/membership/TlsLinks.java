package io.lazuli.scheduler.internal.membership;

import com.hazelcast.config.EndpointConfig;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.DefaultNodeContext;
import com.hazelcast.instance.impl.DefaultNodeExtension;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.instance.impl.NodeExtension;
import com.hazelcast.internal.networking.Channel;
import com.hazelcast.internal.networking.ChannelInitializer;
import com.hazelcast.internal.server.ServerContext;
import com.hazelcast.internal.server.tcp.ChannelInitializerFunction;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;

/// Puts TLS around all that members say to each other, from the first byte on.
///
/// ```
///   socket ──▶ [TlsDecoder] ──▶ Hazelcast's decoders          socket ◀── [TlsEncoder] ◀── Hazelcast's encoders
/// ```
///
/// The open-source edition has no TLS of its own; this goes through classes of Hazelcast that are not for everybody. They are those of
/// 5.7.0, and `TlsLinksTest` must pass before the version changes.
final class TlsLinks extends DefaultNodeContext {
    private static final long HANDSHAKE_SECONDS = 5;

    private final TlsIdentity identity;

    TlsLinks(TlsIdentity identity) {
        this.identity = identity;
    }

    @Override
    public NodeExtension createNodeExtension(Node node) {
        return new DefaultNodeExtension(node) {
            @Override
            public Function<EndpointQualifier, ChannelInitializer> createChannelInitializerFn(ServerContext context) {
                Initializers initializers = new Initializers(context, node, identity);
                initializers.init();
                return initializers;
            }
        };
    }

    private static final class Initializers extends ChannelInitializerFunction {
        private final TlsIdentity identity;

        Initializers(ServerContext context, Node node, TlsIdentity identity) {
            super(context, node.getConfig());
            this.identity = identity;
        }

        @Override
        protected ChannelInitializer provideMemberChannelInitializer(EndpointConfig endpoint) {
            ChannelInitializer plain = super.provideMemberChannelInitializer(endpoint);
            return channel -> initialize(channel, plain);
        }

        private void initialize(Channel channel, ChannelInitializer plain) throws Exception {
            SSLEngine engine = identity.engine(channel.isClientMode());
            TlsDecoder decoder = new TlsDecoder(engine);
            channel.inboundPipeline().addLast(decoder);
            CompletableFuture.delayedExecutor(HANDSHAKE_SECONDS, TimeUnit.SECONDS).execute(decoder::expire);
            plain.initChannel(channel);
            channel.outboundPipeline().addLast(new TlsEncoder(engine));
        }
    }
}
