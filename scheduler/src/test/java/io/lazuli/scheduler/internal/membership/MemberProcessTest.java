package io.lazuli.scheduler.internal.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.scheduler.internal.transport.ClusterSecret;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Schedulers in processes of their own that are killed and frozen in the middle of their work.
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MemberProcessTest {
    /// With a filter of the whole process that lets nothing of ours through.
    private static final List<String> FLAGS = List.of("--sun-misc-unsafe-memory-access=allow",
            "-Djdk.serialFilter=java.base/*;com.hazelcast.**;!*");

    private final String token = ClusterSecret.random().text();

    @Test
    void aLeaderThatIsKilledIsFollowedAndNothingAcknowledgedIsLost() throws Exception {
        try (MemberProcess first = MemberProcess.start(FLAGS, token, "15")) {
            String link = first.await("link");
            int epoch = Integer.parseInt(first.await("elected"));
            assertThat(first.await("read")).isEqualTo("0 true");
            try (MemberProcess second = MemberProcess.start(FLAGS, token, "15", link)) {
                second.await("following");
                first.await("backed up");
                second.await("backed up");
                assertListensOnLoopbackAlone(second);
                assertThat(second.said()).as("nothing of its own").hasSize(3);
                int before = first.acknowledged();
                Members.await("facts", () -> first.acknowledged() > before + 10_000);

                assertThat(second.said()).noneMatch(line -> line.startsWith("elected"));
                first.kill();
                long killed = System.nanoTime();
                int next = Integer.parseInt(second.await("elected"));
                Duration elapsed = Duration.ofNanos(System.nanoTime() - killed);
                assertThat(next).isEqualTo(epoch + 1);
                assertThat(elapsed).isLessThan(Duration.ofSeconds(10));
                String[] read = second.await("read").split(" ");
                assertThat(Integer.parseInt(read[0])).isGreaterThanOrEqualTo(first.acknowledged());
                assertThat(read[1]).as("facts in order and without a gap").isEqualTo("true");
                Members.await("its own facts", () -> second.acknowledged() > Integer.parseInt(read[0]));
                assertThat(second.said()).contains("left");
                System.out.printf("kill -9: elected after %d ms; %s facts%n", elapsed.toMillis(), read[0]);
            }
        }
    }

    @Test
    void aLeaderThatIsFrozenIsFollowedAndHearsOfItWhenItWakes() throws Exception {
        try (MemberProcess first = MemberProcess.start(FLAGS, token, "2")) {
            String link = first.await("link");
            int epoch = Integer.parseInt(first.await("elected"));
            try (MemberProcess second = MemberProcess.start(FLAGS, token, "2", link)) {
                second.await("following");
                first.await("backed up");
                first.signal("STOP");
                long stopped = System.nanoTime();
                assertThat(Integer.parseInt(second.await("elected"))).isEqualTo(epoch + 1);
                Duration elapsed = Duration.ofNanos(System.nanoTime() - stopped);
                assertThat(elapsed).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
                first.signal("CONT");
                first.await("lost");
                System.out.printf("SIGSTOP: elected after %d ms%n", elapsed.toMillis());
            }
        }
    }

    private static void assertListensOnLoopbackAlone(MemberProcess process) throws IOException {
        String loopback = "0100007F:%04X".formatted(Endpoint.parse(process.await("link")).port());
        assertThat(process.listening()).singleElement().asString()
                .isIn(loopback, "0000000000000000FFFF0000" + loopback);
    }
}
