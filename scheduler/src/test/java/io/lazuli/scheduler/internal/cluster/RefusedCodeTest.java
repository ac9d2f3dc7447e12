package io.lazuli.scheduler.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.JobOptions;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.codec.ValueCodec;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.scheduler.internal.code.CodeHash;
import io.lazuli.scheduler.internal.code.CodeStore;
import io.lazuli.scheduler.internal.code.Distribution;
import io.lazuli.scheduler.internal.core.CoreOptions;
import io.lazuli.scheduler.internal.session.Packet;
import io.lazuli.scheduler.internal.session.SessionId;
import io.lazuli.scheduler.internal.wire.CodePiece;
import io.lazuli.scheduler.internal.wire.FromClient;
import io.lazuli.scheduler.internal.wire.JobSpec;
import io.lazuli.scheduler.internal.wire.ShippedGraph;
import io.lazuli.scheduler.internal.wire.ToClient;
import io.lazuli.scheduler.internal.wire.Wire;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Code that is not what it should be, or has no room, costs the jobs that need it, and nobody else.
class RefusedCodeTest {
    private static final int ROOM = 1000;
    private static final CodeHash HASH = new CodeHash("ab".repeat(32));

    @TempDir
    Path folder;

    private CodeStore store;
    private IncomingCode incoming;

    /// Does nothing.
    record Idle() implements Operation {
        @Override
        public String name() {
            return "idle";
        }

        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            throw new AssertionError("no worker is there");
        }
    }

    @BeforeEach
    void open() {
        store = CodeStore.under(folder, ROOM, Distribution.ofThisProcess());
        incoming = new IncomingCode(store);
    }

    @AfterEach
    void close() {
        incoming.close();
        store.close();
    }

    private static CodePiece piece(long length, boolean isLast) {
        return new CodePiece(HASH.hex(), length, new byte[10], isLast);
    }

    private void assertRefused(ErrorCode code) {
        assertThatThrownBy(() -> incoming.checkTaken(List.of(HASH.hex())))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(code));
        assertThatCode(() -> incoming.checkTaken(List.of("cd".repeat(32)))).doesNotThrowAnyException();
    }

    @Test
    void whatIsNotWhatItWasAnnouncedAs() {
        incoming.accept(piece(20, false));
        incoming.accept(piece(20, true));
        assertRefused(ErrorCode.DATA);
    }

    @Test
    void whatHasNoRoom_withAllItsPieces() {
        incoming.accept(piece(ROOM + 1, false));
        incoming.accept(piece(ROOM + 1, false));
        incoming.accept(piece(ROOM + 1, true));
        assertRefused(ErrorCode.RESOURCE);
    }

    @Test
    void whatIsOfferedAgain_isAskedForAgain() {
        incoming.accept(piece(20, true));
        assertRefused(ErrorCode.DATA);
        assertThat(incoming.lacking(List.of(HASH))).containsExactly(HASH);
        assertThatCode(() -> incoming.checkTaken(List.of(HASH.hex()))).doesNotThrowAnyException();
    }

    @Test
    void theClientHearsIt_andGoesOn() {
        try (SchedulerShell scheduler =
                new SchedulerShell(CoreOptions.CLUSTER, TimeUnit.SECONDS.toNanos(30), store, JobJournal.NONE,
                        System::nanoTime)) {
            SessionId id = scheduler.greetClient(Optional.empty()).orElseThrow();
            Conversation<FromClient, ToClient> client = new Conversation<>(id, ToClient.class, System.nanoTime());
            List<ToClient> heard = new ArrayList<>();
            scheduler.attachClient(id, link(packet -> client.receive(packet, System.nanoTime(), heard::add)));
            List<Packet<?>> said = new ArrayList<>();
            client.attach(link(said::add));
            client.say(new FromClient.OfferedCode(1, List.of(new FromClient.CodeOffer(HASH.hex(), 20))));
            client.say(new FromClient.SentCode(piece(20, true)));
            client.say(new FromClient.Submitted(2, job(List.of(HASH.hex())), Optional.empty()));
            client.say(new FromClient.Submitted(3, job(List.of()), Optional.empty()));
            client.pump(System.nanoTime());
            said.forEach(scheduler::receiveFromClient);
            assertThat(heard).hasSize(3);
            assertThat(heard.get(1)).isInstanceOfSatisfying(ToClient.Refused.class, refused -> {
                assertThat(refused.request()).isEqualTo(2);
                assertThat(refused.why().toLazuliException().code()).isEqualTo(ErrorCode.DATA);
            });
            assertThat(heard.get(2)).isInstanceOf(ToClient.Accepted.class);
        }
    }

    private static JobSpec job(List<String> bundles) {
        Layer layer = Layer.of(new Idle(), 1, List.of(), "idle");
        ValueCodec codec = ValueCodec.of(RefusedCodeTest.class.getClassLoader(), _ -> true);
        return new JobSpec(
                ShippedGraph.of(TaskGraph.of(List.of(layer)), codec), JobOptions.DEFAULTS, Map.of(), Map.of(), bundles);
    }

    private interface Receiver {
        void receive(Packet<?> packet);
    }

    private static Link link(Receiver receiver) {
        return new Link() {
            @Override
            public void send(byte[] message) {
                receiver.receive((Packet<?>) Wire.decode(ByteBuffer.wrap(message)));
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }
}
