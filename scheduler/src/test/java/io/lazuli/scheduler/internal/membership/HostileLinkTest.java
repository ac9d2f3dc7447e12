package io.lazuli.scheduler.internal.membership;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.internal.nio.Packet;
import com.hazelcast.internal.nio.PacketIOHelper;
import com.hazelcast.internal.serialization.InternalSerializationService;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import io.lazuli.scheduler.internal.transport.CloseReason;
import io.lazuli.scheduler.internal.transport.ClusterSecret;
import io.lazuli.scheduler.internal.transport.Connection;
import io.lazuli.scheduler.internal.transport.ConnectionHandler;
import io.lazuli.scheduler.internal.transport.LinkProof;
import io.lazuli.scheduler.internal.transport.PeerRole;
import io.lazuli.scheduler.internal.transport.Refusal;
import io.lazuli.scheduler.internal.transport.Transport;
import io.lazuli.scheduler.internal.transport.TransportOptions;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        READ.set(0);
        byte[] message = operation(new Gadget());
        Config unguarded = new Config().setClusterName("unguarded-" + UUID.randomUUID())
                .setProperty("hazelcast.socket.bind.any", "false")
                .setProperty("hazelcast.phone.home.enabled", "false");
        unguarded.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        unguarded.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
        SystemLogging.install();
        HazelcastInstance victim = Hazelcast.newHazelcastInstance(unguarded);
        try {
            try (Socket socket = new Socket("127.0.0.1", victim.getCluster().getLocalMember().getAddress().getPort())) {
                socket.getOutputStream().write(message);
                Members.await("the harm that an unguarded member suffers", () -> READ.get() == 1);
            }
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
    void noiseAndOtherProtocolsAreRefusedAndCounted() throws Exception {
        Random random = new Random(20_261_122);
        try (Members members = new Members()) {
            ClusterMembership guarded = members.scheduler();
            List<String> greetings = List.of(
                    "CP2", "GET /hazelcast/rest/management/cluster/state HTTP/1.1\r\n\r\n",
                    "POST /hazelcast/rest/maps/lazuli.journal/x HTTP/1.1\r\n\r\n", "version\r\n", "set a 0 0 1\r\n",
                    "HZC",
                    "\u0016\u0003\u0001");
            for (String greeting : greetings) {
                byte[] noise = new byte[10_000];
                random.nextBytes(noise);
                assertThat(send(guarded.link(), greeting.getBytes(StandardCharsets.ISO_8859_1), noise))
                        .as("answer to " + greeting).isEmpty();
            }
            Members.await("all are counted",
                    () -> guarded.refusals().get(Refusal.NOT_LAZULI) == greetings.size());
            assertServes(members, guarded);
        }
    }

    @Test
    void whoSaysNothingOrTooLittleIsHungUpOn() throws Exception {
        try (Members members = new Members()) {
            ClusterMembership guarded = members.open(
                    Role.SCHEDULER, options -> options.withProofTime(Duration.ofMillis(500)));
            try (Socket silent = connect(guarded); Socket halfway = connect(guarded)) {
                halfway.getOutputStream().write("LAZULI".getBytes(StandardCharsets.US_ASCII));
                assertThat(read(silent)).isEmpty();
                assertThat(read(halfway)).isEmpty();
            }
            assertThat(guarded.refusals()).containsEntry(Refusal.TIMED_OUT, 2L);
            connect(guarded).close();
            Members.await("who went away is counted", () -> guarded.refusals().get(Refusal.CLOSED_EARLY) == 1);
            assertServes(members, guarded);
        }
    }

    @Test
    void whoDoesNotKnowTheTokenIsToldSo_andHearsNoMember() throws Exception {
        try (Members members = new Members()) {
            ClusterMembership guarded = members.scheduler();
            assertThat(prove(guarded, ClusterSecret.random())).contains("the tokens differ");
            assertThat(guarded.refusals()).containsEntry(Refusal.WRONG_TOKEN, 1L);
            assertThat(prove(guarded, members.secret())).isEqualTo("in");
            assertServes(members, guarded);
        }
    }

    @Test
    void aClientOfTheTransportIsToldThatOnlyMembersMeetHere() {
        try (Members members = new Members();
                Transport transport = Transport.open(TransportOptions.of(members.secret()))) {
            ClusterMembership guarded = members.scheduler();
            assertThat(transport.connect(new InetSocketAddress(guarded.link().host(), guarded.link().port()),
                    PeerRole.CLIENT, "a client", new Deaf())).failsWithin(Members.LIMIT)
                    .withThrowableThat().withMessageContaining("members of the cluster meet at this port");
            assertThat(guarded.refusals()).containsEntry(Refusal.NOT_ACCEPTED, 1L);
        }
    }

    @Test
    void moreStrangersThanThereIsRoomForAreClosedAtOnce() throws Exception {
        try (Members members = new Members()) {
            ClusterMembership guarded = members.scheduler();
            List<Socket> strangers = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                strangers.add(connect(guarded));
            }
            try (Socket late = connect(guarded)) {
                long start = System.nanoTime();
                assertThat(read(late)).isEmpty();
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
            }
            assertThat(guarded.refusals().get(Refusal.TOO_MANY)).isPositive();
            for (Socket stranger : strangers) {
                stranger.close();
            }
            Members.await("all are gone", () -> guarded.refusals().get(Refusal.CLOSED_EARLY) == 64);
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

    /// Goes through the handshake, and says hello as members do if it is let in. Returns what is answered after the server's challenge, or
    /// `in` if a member answers.
    private static String prove(ClusterMembership guarded, ClusterSecret secret) throws IOException {
        try (Socket socket = connect(guarded)) {
            LinkProof proof = LinkProof.ofClient(secret, Optional.empty(), socket.getRemoteSocketAddress());
            ByteBuffer out = ByteBuffer.allocate(LinkProof.ANSWER_BYTES);
            while (proof.state() instanceof LinkProof.Open) {
                proof.answer(out);
                socket.getOutputStream().write(out.array(), 0, out.position());
                out.clear();
                int next = socket.getInputStream().read();
                if (next < 0) {
                    return "closed";
                }
                proof.take(ByteBuffer.wrap(new byte[] {(byte) next}));
            }
            if (proof.state() instanceof LinkProof.Failed failed) {
                assertThat(read(socket)).isEmpty();
                return failed.found();
            }
            socket.getOutputStream().write("HZC".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(3), StandardCharsets.US_ASCII).equals("HZC")
                    ? "in"
                    : "out";
        }
    }

    private static Socket connect(ClusterMembership member) throws IOException {
        Socket socket = new Socket(member.link().host(), member.link().port());
        socket.setSoTimeout((int) Members.LIMIT.toMillis());
        return socket;
    }

    /// Returns what is answered until the link is closed, in whatever way.
    private static String send(Endpoint link, byte[]... messages) throws IOException {
        try (Socket socket = new Socket(link.host(), link.port())) {
            socket.setSoTimeout((int) Members.LIMIT.toMillis());
            OutputStream out = socket.getOutputStream();
            try {
                for (byte[] message : messages) {
                    out.write(message);
                }
                out.flush();
            } catch (SocketException _) {
                // closed under what is still to be written
            }
            return read(socket);
        }
    }

    private static String read(Socket socket) throws IOException {
        StringBuilder answer = new StringBuilder();
        try {
            for (int next = socket.getInputStream().read(); next >= 0; next = socket.getInputStream().read()) {
                answer.append((char) next);
            }
        } catch (SocketException _) {
            // closed under what is still to be read
        }
        return answer.toString();
    }

    private static final class Deaf implements ConnectionHandler {
        @Override
        public void opened(Connection connection) {
            throw new AssertionError("it was let in");
        }

        @Override
        public void received(Connection connection, ByteBuffer frame) {
            throw new AssertionError("it was let in");
        }

        @Override
        public void closed(Connection connection, CloseReason reason) {
            throw new AssertionError("it was let in");
        }
    }
}
