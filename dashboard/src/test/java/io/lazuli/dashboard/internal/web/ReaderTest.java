package io.lazuli.dashboard.internal.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.scheduler.EngineOptions;
import io.lazuli.scheduler.LocalEngine;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReaderTest {
    @Test
    void whoIsSlow_missesMessages_andIsToldAllAgain() throws InterruptedException {
        try (LocalEngine engine = LocalEngine.open(EngineOptions.defaults().withBufferBytes(1 << 24));
                LiveSource source = LiveSource.of(engine.events())) {
            Reader reader = new Reader(source);
            assertThat(reader.isFresh()).isTrue();
            for (int i = 0; i < 8; i++) {
                reader.offer(("old " + i).getBytes(StandardCharsets.UTF_8));
                assertThat(reader.isFresh()).isFalse();
            }
            reader.offer("one too many".getBytes(StandardCharsets.UTF_8));
            assertThat(reader.isFresh()).as("has to be told all").isTrue();
            reader.offer("all".getBytes(StandardCharsets.UTF_8));
            List<String> read = new CopyOnWriteArrayList<>();
            CountDownLatch heard = new CountDownLatch(1);
            Thread browser = Thread.ofVirtual().start(() -> {
                try {
                    reader.writeTo(message -> {
                        read.add(new String(message, StandardCharsets.UTF_8));
                        heard.countDown();
                    });
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            heard.await();
            reader.close();
            browser.join();
            assertThat(read.getFirst()).isEqualTo("all");
        }
    }

    @Test
    void hosts_offLoopback_areAddressesAndWhatWasGiven() {
        Hosts hosts = new Hosts(false, java.util.Set.of("Worker.example"));
        assertThat(List.of("worker.example:80", "10.1.2.3", "10.1.2.3:8787", "[fe80::1]:8787", "localhost"))
                .allMatch(hosts::allows);
        assertThat(List.of("evil.example", "10.1.2.3.evil.example", "10.1.2", "", "[evil]", "worker.example.evil"))
                .noneMatch(hosts::allows);
    }
}
