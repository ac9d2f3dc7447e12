package io.lazuli.scheduler.internal.compute;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Who watches over a thread may be late: meanwhile it may be at something else, the next attempt of the same task among it.
class RunningTaskTest {
    private static final RuntimeException REASON = new IllegalStateException("too slow");

    private final RunningTask running = new RunningTask();

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    @Test
    void anInterrupt_reachesThatAttemptAlone() {
        running.begin(7, 2, 0, null);
        running.interrupt(Thread.currentThread(), 7, 1, REASON);
        running.interrupt(Thread.currentThread(), 6, 2, REASON);
        assertThat(running.interruption()).isNull();
        assertThat(Thread.interrupted()).isFalse();

        running.interrupt(Thread.currentThread(), 7, 2, REASON);
        assertThat(running.interruption()).isSameAs(REASON);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aThread_isGivenUpForThatAttemptAlone() {
        running.begin(7, 2, 0, null);
        assertThat(running.abandon(7, 1)).isFalse();
        assertThat(running.end()).isTrue();
        assertThat(running.abandon(7, 2)).as("it has ended").isFalse();

        running.begin(7, 3, 0, null);
        assertThat(running.abandon(7, 3)).isTrue();
        assertThat(running.end()).isFalse();
    }
}
