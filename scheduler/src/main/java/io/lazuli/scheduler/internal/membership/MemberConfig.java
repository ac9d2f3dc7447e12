package io.lazuli.scheduler.internal.membership;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MemberAttributeConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.config.MetadataPolicy;
import com.hazelcast.config.PartitioningStrategyConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.partition.strategy.StringPartitioningStrategy;
import com.hazelcast.spi.merge.PutIfAbsentMergePolicy;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What Hazelcast is told: members alone, found by address alone, few threads, nothing that runs or fetches code, and no
/// Java-serialized object but its own errors.
final class MemberConfig {
    static final String JOURNAL = "lazuli.journal";
    static final String LEADER = "lazuli.leader";

    private static final int FIRST_PORT = 5701;
    private static final int PORTS = 1000;
    /// Each costs a lock and a migration when a scheduler joins; jobs are spread over them.
    private static final int PARTITIONS = 17;

    private static final Map<String, String> PROPERTIES = Map.ofEntries(
            Map.entry("hazelcast.socket.bind.any", "false"),
            Map.entry("hazelcast.phone.home.enabled", "false"),
            Map.entry("hazelcast.shutdownhook.enabled", "false"),
            Map.entry("hazelcast.logging.class", SystemLogging.class.getName()),
            // Its lines would begin with the cluster's name.
            Map.entry("hazelcast.logging.details.enabled", "false"),
            Map.entry("hazelcast.health.monitoring.level", "OFF"),
            Map.entry("hazelcast.slow.operation.detector.enabled", "false"),
            Map.entry("hazelcast.discovery.enabled", "false"),

            Map.entry("hazelcast.io.input.thread.count", "1"),
            Map.entry("hazelcast.io.output.thread.count", "1"),
            Map.entry("hazelcast.io.balancer.interval.seconds", "0"),
            Map.entry("hazelcast.operation.thread.count", "1"),
            Map.entry("hazelcast.operation.generic.thread.count", "1"),
            Map.entry("hazelcast.operation.response.thread.count", "1"),
            Map.entry("hazelcast.event.thread.count", "1"),
            Map.entry("hazelcast.clientengine.thread.count", "1"),
            Map.entry("hazelcast.clientengine.query.thread.count", "1"),
            Map.entry("hazelcast.clientengine.blocking.thread.count", "1"),
            Map.entry("hazelcast.partition.count", Integer.toString(PARTITIONS)),

            Map.entry("hazelcast.heartbeat.interval.seconds", "1"),
            Map.entry("hazelcast.graceful.shutdown.max.wait", "5"),
            Map.entry("hazelcast.wait.seconds.before.join", "0"),
            Map.entry("hazelcast.tcp.join.port.try.count", "1"),
            Map.entry("hazelcast.socket.connect.timeout.seconds", "2"),
            Map.entry("hazelcast.merge.first.run.delay.seconds", "5"),
            Map.entry("hazelcast.merge.next.run.delay.seconds", "5"),
            // A write whose backup did not answer is an error, and no success that may be forgotten.
            Map.entry("hazelcast.operation.fail.on.indeterminate.state", "true"));

    private MemberConfig() {}

    /// @param self what the others are told of this process
    static Config of(MembershipOptions options, ClusterMember self) {
        Config config = new Config();
        // Hazelcast's threads are called by this name, so it is not the cluster's.
        config.setInstanceName("lazuli-" + UUID.randomUUID().toString().substring(0, 8));
        // It tells nothing of the secret. Links are proven before it is said; it keeps clusters of one process apart.
        config.setClusterName(HexFormat.of().formatHex(options.secret().derive("lazuli members")));
        config.setLiteMember(options.role() == Role.WORKER);
        config.setClassLoader(MemberConfig.class.getClassLoader());
        PROPERTIES.forEach(config::setProperty);
        String silence = Long.toString(options.silence().toSeconds());
        config.setProperty("hazelcast.max.no.heartbeat.seconds", silence);
        config.setProperty("hazelcast.max.join.seconds", silence);
        config.setProperty("hazelcast.prefer.ipv4.stack",
                Boolean.toString(options.bind().address().filter(Inet6Address.class::isInstance).isEmpty()));
        MemberAttributeConfig attributes = config.getMemberAttributeConfig();
        self.attributes().forEach(attributes::setAttribute);

        config.getJetConfig().setEnabled(false).setResourceUploadEnabled(false);
        config.getMetricsConfig().setEnabled(false);
        config.getManagementCenterConfig().setScriptingEnabled(false).setConsoleEnabled(false)
                .setDataAccessEnabled(false);
        config.getSerializationConfig().setJavaSerializationFilterConfig(filter());
        network(config.getAdvancedNetworkConfig(), options);

        config.addMapConfig(map(JOURNAL, PutIfAbsentMergePolicy.class.getName())
                .setPartitioningStrategyConfig(new PartitioningStrategyConfig(StringPartitioningStrategy.INSTANCE)));
        config.addMapConfig(map(LEADER, HigherEpochMergePolicy.class.getName()));
        return config;
    }

    private static MapConfig map(String name, String mergePolicy) {
        return new MapConfig(name)
                .setInMemoryFormat(InMemoryFormat.BINARY)
                .setBackupCount(1)
                .setStatisticsEnabled(false)
                .setPerEntryStatsEnabled(false)
                .setMetadataPolicy(MetadataPolicy.OFF)
                .setMergePolicyConfig(new MergePolicyConfig(mergePolicy, MergePolicyConfig.DEFAULT_BATCH_SIZE));
    }

    /// One socket that speaks the members' protocol alone: none for clients, HTTP or memcache.
    private static void network(AdvancedNetworkConfig network, MembershipOptions options) {
        network.setEnabled(true);
        boolean any = options.bind().port() == 0;
        ServerSocketEndpointConfig link = new ServerSocketEndpointConfig();
        link.setPort(any ? FIRST_PORT : options.bind().port()).setPortAutoIncrement(any).setPortCount(PORTS);
        link.getInterfaces().setEnabled(true).addInterface(
                options.bind().address().map(InetAddress::getHostAddress).orElse(options.bind().host()));
        network.setMemberEndpointConfig(link);

        JoinConfig join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true).setConnectionTimeoutSeconds(2)
                .setMembers(options.seeds().stream().map(Endpoint::toString).toList());
    }

    /// Members tell each other of errors as Java objects, and, where several of them move into another half of a split cluster
    /// together, of its state; nothing else between them is one.
    private static JavaSerializationFilterConfig filter() {
        JavaSerializationFilterConfig filter = new JavaSerializationFilterConfig().setDefaultsDisabled(true);
        filter.getWhitelist().addClasses(ALLOWED.toArray(String[]::new));
        return filter;
    }

    private static final List<String> ALLOWED = List.of(
            Throwable.class.getName(), Exception.class.getName(), RuntimeException.class.getName(),
            Error.class.getName(), IllegalStateException.class.getName(), IllegalArgumentException.class.getName(),
            NullPointerException.class.getName(), UnsupportedOperationException.class.getName(),
            ClassCastException.class.getName(), SecurityException.class.getName(), java.io.IOException.class.getName(),
            java.util.concurrent.TimeoutException.class.getName(),
            java.util.concurrent.CancellationException.class.getName(),
            java.util.concurrent.RejectedExecutionException.class.getName(),
            StackTraceElement.class.getName(), StackTraceElement[].class.getName(),
            "java.util.Collections$EmptyList", "java.util.Collections$UnmodifiableList",
            "java.util.Collections$UnmodifiableCollection", java.util.ArrayList.class.getName(),
            Enum.class.getName(), com.hazelcast.cluster.ClusterState.class.getName(),
            com.hazelcast.core.ConsistencyLostException.class.getName(),
            com.hazelcast.core.HazelcastException.class.getName(),
            com.hazelcast.core.HazelcastInstanceNotActiveException.class.getName(),
            com.hazelcast.core.HazelcastOverloadException.class.getName(),
            com.hazelcast.core.IndeterminateOperationStateException.class.getName(),
            com.hazelcast.core.LocalMemberResetException.class.getName(),
            com.hazelcast.core.MemberLeftException.class.getName(),
            com.hazelcast.core.OperationTimeoutException.class.getName(),
            com.hazelcast.core.RuntimeInterruptedException.class.getName(),
            com.hazelcast.internal.cluster.impl.ClusterTopologyChangedException.class.getName(),
            com.hazelcast.internal.cluster.impl.ConfigMismatchException.class.getName(),
            com.hazelcast.internal.cluster.impl.MasterNodeChangedException.class.getName(),
            com.hazelcast.internal.cluster.impl.VersionMismatchException.class.getName(),
            com.hazelcast.internal.partition.PartitionStateVersionMismatchException.class.getName(),
            com.hazelcast.nio.serialization.HazelcastSerializationException.class.getName(),
            com.hazelcast.partition.NoDataMemberInClusterException.class.getName(),
            com.hazelcast.spi.exception.CallerNotMemberException.class.getName(),
            com.hazelcast.spi.exception.DistributedObjectDestroyedException.class.getName(),
            com.hazelcast.spi.exception.PartitionMigratingException.class.getName(),
            com.hazelcast.spi.exception.ResponseAlreadySentException.class.getName(),
            com.hazelcast.spi.exception.RetryableException.class.getName(),
            com.hazelcast.spi.exception.RetryableHazelcastException.class.getName(),
            com.hazelcast.spi.exception.RetryableIOException.class.getName(),
            com.hazelcast.spi.exception.ServiceNotFoundException.class.getName(),
            com.hazelcast.spi.exception.SilentException.class.getName(),
            com.hazelcast.spi.exception.TargetDisconnectedException.class.getName(),
            com.hazelcast.spi.exception.TargetNotMemberException.class.getName(),
            com.hazelcast.spi.exception.WrongTargetException.class.getName());
}
