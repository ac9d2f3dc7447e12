package io.lazuli.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The most anonymous memory that this process and its children have had, looked at every 20 ms. Linux alone tells.
final class MemoryWatch implements AutoCloseable {
    private static final long PERIOD_MILLIS = 20;

    /// Bytes by process id.
    private final Map<Long, Long> peaks = new ConcurrentSkipListMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("lazuli-memory-watch").factory());

    private MemoryWatch() {}

    /// Ownership: the caller closes it.
    static MemoryWatch start() {
        MemoryWatch watch = new MemoryWatch();
        watch.clock.scheduleAtFixedRate(watch::look, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        return watch;
    }

    private void look() {
        ProcessHandle self = ProcessHandle.current();
        Stream.concat(Stream.of(self), self.descendants())
                .forEach(process -> peaks.merge(process.pid(), anonymousBytes(process.pid()), Math::max));
    }

    private static long anonymousBytes(long processId) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + processId + "/status"))) {
            return lines.filter(line -> line.startsWith("RssAnon"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .sum();
        } catch (IOException | UncheckedIOException e) {
            return 0; // it has ended
        }
    }

    /// Of this process first, then of its children in the order in which they were started.
    List<Long> peakBytes() {
        return List.copyOf(peaks.values());
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
