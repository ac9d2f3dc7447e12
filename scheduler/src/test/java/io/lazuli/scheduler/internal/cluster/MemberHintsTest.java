package io.lazuli.scheduler.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.scheduler.event.ClusterStatus;
import io.lazuli.scheduler.event.RefusalCount;
import io.lazuli.scheduler.internal.code.CodeStore;
import io.lazuli.scheduler.internal.code.Distribution;
import io.lazuli.scheduler.internal.core.CoreOptions;
import io.lazuli.scheduler.internal.core.WorkerProfile;
import io.lazuli.scheduler.internal.session.Packet;
import io.lazuli.scheduler.internal.session.SessionId;
import io.lazuli.scheduler.internal.store.HostIdentity;
import io.lazuli.scheduler.internal.wire.FromWorker;
import io.lazuli.scheduler.internal.wire.ToWorker;
import io.lazuli.scheduler.internal.wire.Wire;
import io.lazuli.scheduler.internal.wire.WorkerFacts;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A scheduler whose clock stands still, so that no worker is silent for long: whom it suspects, it suspects by hints.
class MemberHintsTest {
    private static final int PORT = 9001;
    private static final long PROCESS = 4711;

    @TempDir
    Path folder;

    private CodeStore code;
    private SchedulerShell scheduler;
    private Conversation<FromWorker, ToWorker> worker;
    /// The scheduler's end of the connection to the worker.
    private Link link;

    @BeforeEach
    void join() {
        code = CodeStore.under(folder, 1 << 20, Distribution.ofThisProcess());
        scheduler = new SchedulerShell(CoreOptions.CLUSTER, TimeUnit.SECONDS.toNanos(30), code, JobJournal.NONE);
        SessionId session = scheduler.greetWorker(Optional.empty(), false);
        worker = new Conversation<>(session, ToWorker.class, System.nanoTime());
        connect(session);
        say(new FromWorker.Joined(new WorkerFacts(
                "worker", "127.0.0.1", PORT, PROCESS, 1 << 20, WorkerProfile.of(1),
                new HostIdentity("boot", "file", "nonce"))));
        assertThat(state()).isEqualTo("active");
    }

    @AfterEach
    void close() {
        scheduler.close();
        code.close();
    }

    private void connect(SessionId session) {
        link = new Silent();
        scheduler.attachWorker(session, link);
        worker.attach(new Link() {
            @Override
            public void send(byte[] frame) {
                scheduler.receiveFromWorker((Packet<?>) Wire.decode(ByteBuffer.wrap(frame)));
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        });
    }

    private static final class Silent implements Link {
        @Override
        public void send(byte[] frame) {
            // Nobody hears it.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private void say(FromWorker message) {
        worker.say(message);
        worker.pump(System.nanoTime());
    }

    private String state() {
        return scheduler.status().workers().stream().map(ClusterStatus.Worker::state).findFirst().orElse("none");
    }

    @Test
    void memberThatHasGone_withABrokenConnection_isSuspected_whicheverComesFirst() {
        scheduler.noteMember(PROCESS, PORT, false);
        assertThat(state()).as("its connection is there").isEqualTo("active");
        scheduler.disconnected(link);
        assertThat(state()).isEqualTo("silent");
        connect(worker.id());
        say(new FromWorker.Refused(List.of()));
        assertThat(state()).as("it speaks").isEqualTo("active");
        scheduler.noteMember(PROCESS, PORT, true);
        scheduler.disconnected(link);
        assertThat(state()).as("it is a member").isEqualTo("active");
        scheduler.noteMember(PROCESS, PORT, false);
        assertThat(state()).isEqualTo("silent");
    }

    @Test
    void anotherMember_isNotMeant() {
        scheduler.disconnected(link);
        scheduler.noteMember(PROCESS + 1, PORT, false);
        scheduler.noteMember(PROCESS, PORT + 1, false);
        assertThat(state()).isEqualTo("active");
    }

    @Test
    void connectionsThatAWorkerRefused_areTold_asLongAsItIsThere() {
        RefusalCount own = new RefusalCount("scheduler", "members", "TIMED_OUT", 2);
        RefusalCount ofWorker = new RefusalCount("worker", "results", "WRONG_TOKEN", 3);
        scheduler.countRefusals(() -> List.of(own));
        say(new FromWorker.Refused(List.of(ofWorker)));
        assertThat(scheduler.status().refusals()).containsExactly(own, ofWorker);
        assertThat(scheduler.status().refusalCount()).isEqualTo(5);
        assertThat(scheduler.events().refusals()).containsExactly(own, ofWorker);
    }
}
