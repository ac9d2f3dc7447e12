package io.lazuli.scheduler.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.scheduler.event.ClusterStatus;
import io.lazuli.scheduler.internal.code.CodeStore;
import io.lazuli.scheduler.internal.code.Distribution;
import io.lazuli.scheduler.internal.core.CoreOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A scheduler that stood still itself does not take that for silence of its clients and workers.
class StandstillTest {
    private static final long CLIENT_LEASE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    @TempDir
    Path folder;

    private final AtomicLong clock = new AtomicLong();
    private CodeStore code;
    private SchedulerShell scheduler;

    /// A client and a worker that say nothing more.
    @BeforeEach
    void join() {
        code = CodeStore.under(folder, 1 << 20, Distribution.ofThisProcess());
        scheduler = new SchedulerShell(
                CoreOptions.CLUSTER, CLIENT_LEASE_NANOS, code, JobJournal.NONE, clock::get);
        scheduler.greetClient(Optional.empty()).orElseThrow();
        new ScriptedWorker(scheduler);
    }

    @AfterEach
    void close() {
        scheduler.close();
        code.close();
    }

    private String worker() {
        return scheduler.status().workers().stream().map(ClusterStatus.Worker::state).findFirst().orElse("none");
    }

    private void tickFor(long nanos) {
        for (long passed = 0; passed < nanos; passed += TICK_NANOS) {
            clock.addAndGet(TICK_NANOS);
            scheduler.tick();
        }
    }

    @Test
    void whoIsSilentWhileItStandsStill_stays() {
        for (int i = 0; i < 3; i++) {
            clock.addAndGet(TimeUnit.SECONDS.toNanos(100));
            scheduler.tick();
        }
        assertThat(scheduler.status().clientCount()).isEqualTo(1);
        assertThat(worker()).isEqualTo("active");
    }

    @Test
    void whoIsSilentWhileItListens_isGone() {
        tickFor(CLIENT_LEASE_NANOS - TICK_NANOS);
        assertThat(scheduler.status().clientCount()).isEqualTo(1);
        assertThat(worker()).isEqualTo("silent");
        tickFor(2 * TICK_NANOS);
        assertThat(scheduler.status().clientCount()).isZero();
        tickFor(CoreOptions.CLUSTER.evictNanos() - CLIENT_LEASE_NANOS);
        assertThat(worker()).isEqualTo("none");
    }
}
