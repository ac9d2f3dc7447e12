package io.lazuli.scheduler.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.scheduler.event.ClusterStatus;
import io.lazuli.scheduler.event.RefusalCount;
import io.lazuli.scheduler.internal.code.CodeStore;
import io.lazuli.scheduler.internal.code.Distribution;
import io.lazuli.scheduler.internal.core.CoreOptions;
import io.lazuli.scheduler.internal.wire.FromWorker;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A scheduler whose clock stands still, so that no worker is silent for long: whom it suspects, it suspects by hints.
class MemberHintsTest {
    @TempDir
    Path folder;

    private CodeStore code;
    private SchedulerShell scheduler;
    private ScriptedWorker worker;

    @BeforeEach
    void join() {
        code = CodeStore.under(folder, 1 << 20, Distribution.ofThisProcess());
        scheduler = new SchedulerShell(CoreOptions.CLUSTER, TimeUnit.SECONDS.toNanos(30), code, JobJournal.NONE,
                System::nanoTime);
        worker = new ScriptedWorker(scheduler);
        assertThat(state()).isEqualTo("active");
    }

    @AfterEach
    void close() {
        scheduler.close();
        code.close();
    }

    private String state() {
        return scheduler.status().workers().stream().map(ClusterStatus.Worker::state).findFirst().orElse("none");
    }

    @Test
    void memberThatHasGone_withABrokenConnection_isSuspected_whicheverComesFirst() {
        scheduler.noteMember(ScriptedWorker.PROCESS, ScriptedWorker.PORT, false);
        assertThat(state()).as("its connection is there").isEqualTo("active");
        worker.disconnect();
        assertThat(state()).isEqualTo("silent");
        worker.connect();
        worker.say(new FromWorker.Refused(List.of()));
        assertThat(state()).as("it speaks").isEqualTo("active");
        scheduler.noteMember(ScriptedWorker.PROCESS, ScriptedWorker.PORT, true);
        worker.disconnect();
        assertThat(state()).as("it is a member").isEqualTo("active");
        scheduler.noteMember(ScriptedWorker.PROCESS, ScriptedWorker.PORT, false);
        assertThat(state()).isEqualTo("silent");
    }

    @Test
    void anotherMember_isNotMeant() {
        worker.disconnect();
        scheduler.noteMember(ScriptedWorker.PROCESS + 1, ScriptedWorker.PORT, false);
        scheduler.noteMember(ScriptedWorker.PROCESS, ScriptedWorker.PORT + 1, false);
        assertThat(state()).isEqualTo("active");
    }

    @Test
    void connectionsThatAWorkerRefused_areTold_asLongAsItIsThere() {
        RefusalCount own = new RefusalCount("scheduler", "members", "TIMED_OUT", 2);
        RefusalCount ofWorker = new RefusalCount("worker", "results", "WRONG_TOKEN", 3);
        scheduler.countRefusals(() -> List.of(own));
        worker.say(new FromWorker.Refused(List.of(ofWorker)));
        assertThat(scheduler.status().refusals()).containsExactly(own, ofWorker);
        assertThat(scheduler.status().refusalCount()).isEqualTo(5);
        assertThat(scheduler.events().refusals()).containsExactly(own, ofWorker);
    }
}
