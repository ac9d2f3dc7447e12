package io.lazuli.scheduler.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.scheduler.internal.store.StoreOptions;
import io.lazuli.scheduler.internal.transport.ClusterSecret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A worker process that dies is started again, however it died, and the log says how that was.
@Timeout(60)
class LocalProcessesTest {
    private static final long DEADLINE_SECONDS = 30;
    private static final Logger LOG = Logger.getLogger(LocalProcesses.class.getName());

    private final BlockingQueue<LogRecord> logged = new LinkedBlockingQueue<>();
    private final Handler recording = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            logged.add(entry);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @TempDir
    Path folder;

    @BeforeEach
    void listen() {
        LOG.addHandler(recording);
    }

    @AfterEach
    void listenNoMore() {
        LOG.removeHandler(recording);
    }

    private LocalProcesses start(DyingProcess.Fate fate) throws Exception {
        Files.writeString(folder.resolve(DyingProcess.FATE), fate.name());
        LocalProcesses processes = LocalProcesses.start(
                DyingProcess.class, 1, 0,
                new LocalProcesses.Resources(
                        1, 1 << 20, new StoreOptions(1 << 20, folder, Long.MAX_VALUE), Map.of()),
                ClusterSecret.random());
        assertThat(nextMessage()).as("what was said before the port").isEqualTo("scheduler: " + DyingProcess.WARNING);
        return processes;
    }

    private String nextMessage() throws InterruptedException {
        return new SimpleFormatter().formatMessage(next());
    }

    private LogRecord next() throws InterruptedException {
        LogRecord entry = logged.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
        assertThat(entry).as("a death that is logged").isNotNull();
        return entry;
    }

    private static ProcessHandle awaitWorker(LocalProcesses processes) throws InterruptedException {
        while (processes.workers().isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return processes.workers().getFirst();
    }

    @Test
    void kill9() throws Exception {
        BlockingQueue<Long> ends = new LinkedBlockingQueue<>();
        try (LocalProcesses processes = start(DyingProcess.Fate.LIVES)) {
            processes.onEnd((_, process, _) -> ends.add(process));
            ProcessHandle first = awaitWorker(processes);
            first.destroyForcibly();
            assertThat(nextMessage()).contains("worker-0", Long.toString(first.pid()), "was killed (signal 9)");
            assertThat(ends.poll(DEADLINE_SECONDS, TimeUnit.SECONDS)).isEqualTo(first.pid());
            assertThat(awaitWorker(processes).pid()).isNotEqualTo(first.pid());
        }
    }

    @Test
    void kill15() throws Exception {
        try (LocalProcesses processes = start(DyingProcess.Fate.LIVES)) {
            ProcessHandle first = awaitWorker(processes);
            first.destroy();
            assertThat(nextMessage()).contains("worker-0", "was asked to end (signal 15)");
            assertThat(awaitWorker(processes).pid()).isNotEqualTo(first.pid());
        }
    }

    @Test
    void fullHeap() throws Exception {
        try (LocalProcesses _ = start(DyingProcess.Fate.FILLS_ITS_HEAP)) {
            assertThat(nextMessage()).contains("worker-0", "exit status 3, as when its Java heap is full", "-Xmx");
        }
    }

    @Test
    void deathAtTheStart_isWaitedAfter_longerEachTime() throws Exception {
        try (LocalProcesses _ = start(DyingProcess.Fate.ENDS_AT_ONCE)) {
            LogRecord before = next();
            for (int pauseMillis = 250; pauseMillis <= 1_000; pauseMillis *= 2) {
                assertThat(new SimpleFormatter().formatMessage(before))
                        .contains("ended with exit status 7; it is started again in " + pauseMillis + " ms");
                LogRecord after = next();
                assertThat(Duration.between(before.getInstant(), after.getInstant()))
                        .isGreaterThan(Duration.ofMillis(pauseMillis));
                before = after;
            }
        }
    }
}
