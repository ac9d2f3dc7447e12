package io.lazuli.scheduler.internal.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogLimitTest {
    private final LogLimit limit = new LogLimit();

    /// As Hazelcast writes it.
    private static String heartbeat(int second) {
        return "Ignoring heartbeat from Member [127.0.0.1]:%d - %s since it is expired (now: 2026-11-22 20:15:%02d.123, timestamp: 2026-11-22 20:14:%02d.077)"
                .formatted(5701 + second % 3, new UUID(second * 31L, second), second, second);
    }

    private static long at(int second) {
        return Duration.ofSeconds(second).toNanos();
    }

    @Test
    void messagesThatDifferInNumbersAndIdsPassOnceAMinute_andTheNextSaysHowManyDidNot() {
        assertThat(limit.pass(heartbeat(0), at(0))).hasValue(heartbeat(0));
        for (int second = 1; second < 60; second++) {
            assertThat(limit.pass(heartbeat(second), at(second))).isEmpty();
        }
        assertThat(limit.pass(heartbeat(1), at(60))).hasValue(heartbeat(1) + " (and 59 like it since the last one)");
        assertThat(limit.pass(heartbeat(1), at(200))).as("none between").hasValue(heartbeat(1));
    }

    @Test
    void anotherKindIsNotHeldBack() {
        assertThat(limit.pass(heartbeat(0), at(0))).isPresent();
        assertThat(limit.pass("Suspecting Member [127.0.0.1]:5701", at(0))).isPresent();
    }

    @Test
    void endlesslyManyKindsAreOne() {
        long passed = IntStream.range(0, 10 * LogLimit.MOST_KINDS)
                .filter(i -> limit.pass("kind " + "x".repeat(i % 150) + " of " + "y".repeat(i / 150), at(1))
                        .isPresent())
                .count();
        assertThat(passed).isEqualTo(LogLimit.MOST_KINDS + 1);
    }
}
