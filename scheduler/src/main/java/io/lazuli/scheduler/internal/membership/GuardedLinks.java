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
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/// Stands before all that members say to each other, from the first byte on: TLS where there is any, and the proof that both ends know
/// the cluster's token.
///
/// ```
///   socket ──▶ [TlsDecoder] ──▶ [ProofDecoder] ──▶ Hazelcast's decoders
///   socket ◀── [TlsEncoder] ◀── [ProofEncoder] ◀── Hazelcast's encoders
/// ```
///
/// A link that has proven itself is as it would be without a proof: those two handlers have gone. The open-source edition has neither TLS
/// nor proofs of its own; this goes through classes of Hazelcast that are not for everybody. They are those of 5.7.0, and
/// `TlsLinksTest` and `HostileLinkTest` must pass before the version changes.
final class GuardedLinks extends DefaultNodeContext {
    private final Gate gate;
    private final @Nullable TlsIdentity identity;

    /// @param identity null leaves links open to whoever can read what passes over loopback
    GuardedLinks(Gate gate, @Nullable TlsIdentity identity) {
        this.gate = gate;
        this.identity = identity;
    }

    @Override
    public NodeExtension createNodeExtension(Node node) {
        return new DefaultNodeExtension(node) {
            @Override
            public Function<EndpointQualifier, ChannelInitializer> createChannelInitializerFn(ServerContext context) {
                Initializers initializers = new Initializers(context, node);
                initializers.init();
                return initializers;
            }
        };
    }

    private final class Initializers extends ChannelInitializerFunction {
        Initializers(ServerContext context, Node node) {
            super(context, node.getConfig());
        }

        @Override
        protected ChannelInitializer provideMemberChannelInitializer(EndpointConfig endpoint) {
            ChannelInitializer plain = super.provideMemberChannelInitializer(endpoint);
            return channel -> initialize(channel, plain);
        }

        private void initialize(Channel channel, ChannelInitializer plain) throws Exception {
            Optional<SSLEngine> tls =
                    identity == null ? Optional.empty() : Optional.of(identity.engine(channel.isClientMode()));
            Optional<LinkGuard> entered = LinkGuard.of(gate, channel, tls);
            if (entered.isEmpty()) {
                return; // it is closed
            }
            LinkGuard guard = entered.get();
            tls.ifPresent(engine -> channel.inboundPipeline().addLast(new TlsDecoder(engine, guard)));
            channel.inboundPipeline().addLast(new ProofDecoder(guard));
            plain.initChannel(channel);
            channel.outboundPipeline().addLast(new ProofEncoder(guard));
            tls.ifPresent(engine -> channel.outboundPipeline().addLast(new TlsEncoder(engine, guard)));
        }
    }
}
