package io.lazuli.scheduler.internal.membership;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.logging.ILogger;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class SystemLoggingTest {
    /// Where Hazelcast warns of each heartbeat that waited while a process stood still.
    private static final String NAME = "com.hazelcast.internal.cluster.impl.ClusterHeartbeatManager";

    @Test
    void aFloodOfHeartbeats_isOneLine() {
        List<String> lines = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                lines.add(entry.getMessage());
            }

            @Override
            public void flush() {
                // Nothing waits.
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
        Logger sink = Logger.getLogger(NAME);
        sink.addHandler(handler);
        sink.setUseParentHandlers(false);
        try {
            ILogger hazelcast = new SystemLogging().getLogger(NAME);
            for (int second = 0; second < 20; second++) {
                hazelcast.warning("Ignoring heartbeat from Member [127.0.0.1]:5701 since it is expired (now: %d)"
                        .formatted(second));
            }
            hazelcast.warning("Suspecting Member [127.0.0.1]:5701");
            assertThat(lines).containsExactly(
                    "Ignoring heartbeat from Member [127.0.0.1]:5701 since it is expired (now: 0)",
                    "Suspecting Member [127.0.0.1]:5701");
        } finally {
            sink.removeHandler(handler);
            sink.setUseParentHandlers(true);
        }
    }
}
