package io.lazuli.scheduler.internal.membership;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.internal.nio.Packet;
import com.hazelcast.internal.nio.PacketIOHelper;
import com.hazelcast.internal.serialization.InternalSerializationService;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What strangers may send to the port of a member without being anything.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileLinkTest {
    private static final AtomicInteger READ = new AtomicInteger();

    /// Stands for an object whose reading does harm.
    private static final class Gadget implements Serializable {
        private static final long serialVersionUID = 1;

        private void readObject(ObjectInputStream in) {
            READ.incrementAndGet();
        }
    }

    @Test
    void anObjectThatIsSentAsAnOperationIsNotRead() throws Exception {
        byte[] message = operation(new Gadget());
        Config unguarded = new Config().setClusterName("unguarded-" + UUID.randomUUID())
                .setProperty("hazelcast.socket.bind.any", "false")
                .setProperty("hazelcast.phone.home.enabled", "false");
        unguarded.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        unguarded.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
        SystemLogging.install();
        HazelcastInstance victim = Hazelcast.newHazelcastInstance(unguarded);
        try {
            send(new Endpoint("127.0.0.1", victim.getCluster().getLocalMember().getAddress().getPort()), message);
            Members.await("the harm that an unguarded member suffers", () -> READ.get() == 1);
        } finally {
            victim.shutdown();
        }
        try (Members members = new Members()) {
            ClusterMembership guarded = members.scheduler();
            for (int i = 0; i < 5; i++) {
                send(guarded.link(), message);
            }
            assertServes(members, guarded);
            assertThat(READ).hasValue(1);
        }
    }

    @Test
    void noiseAndOtherProtocolsAreRefused() throws Exception {
        Random random = new Random(20_261_122);
        try (Members members = new Members()) {
            ClusterMembership guarded = members.scheduler();
            for (String greeting : List.of("CP2", "GET /hazelcast/rest/management/cluster/state HTTP/1.1\r\n\r\n",
                    "POST /hazelcast/rest/maps/lazuli.journal/x HTTP/1.1\r\n\r\n", "version\r\n", "set a 0 0 1\r\n",
                    "HZC",
                    "\u0016\u0003\u0001")) {
                byte[] noise = new byte[10_000];
                random.nextBytes(noise);
                assertThat(send(guarded.link(), greeting.getBytes(StandardCharsets.ISO_8859_1), noise))
                        .as("answer to " + greeting).isIn("", "HZX", "HZC");
            }
            assertServes(members, guarded);
        }
    }

    private static void assertServes(Members members, ClusterMembership member) {
        Leader leader = member.awaitLeader(Members.LIMIT);
        member.journal().writer(leader.epoch()).append("job", List.of(new byte[1])).join();
        ClusterMembership worker = members.worker();
        assertThat(worker.members()).hasSize(2);
        assertThat(worker.journal().read("job").facts()).hasSize(1);
    }

    /// As one member would send an operation to another.
    private static byte[] operation(Object object) {
        InternalSerializationService plain = new DefaultSerializationServiceBuilder().build();
        Packet packet = new Packet(plain.toBytes(object), 1).setPacketType(Packet.Type.OPERATION);
        plain.dispose();
        ByteBuffer out = ByteBuffer.allocate(packet.totalSize() + 100);
        out.put("HZC".getBytes(StandardCharsets.US_ASCII));
        assertThat(new PacketIOHelper().writeTo(packet, out)).isTrue();
        return out.flip().array();
    }

    /// Returns what is answered until the link is closed, or nothing has come for a while.
    private static String send(Endpoint link, byte[]... messages) throws IOException {
        StringBuilder answer = new StringBuilder();
        try (Socket socket = new Socket(link.host(), link.port())) {
            socket.setSoTimeout(300);
            OutputStream out = socket.getOutputStream();
            for (byte[] message : messages) {
                out.write(message);
            }
            out.flush();
            for (int next = socket.getInputStream().read(); next >= 0; next = socket.getInputStream().read()) {
                answer.append((char) next);
            }
        } catch (SocketException | SocketTimeoutException _) {
            // closed under what is still to be read, or kept open without a word
        }
        return answer.toString();
    }
}
