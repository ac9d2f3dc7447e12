package io.lazuli.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// A job in a process of its own, on two threads and within a memory limit, watched from outside every few milliseconds.
final class LimitedProcess {
    private static final Duration GLANCE = Duration.ofMillis(5);

    private LimitedProcess() {}

    /// What was seen of a process.
    ///
    /// @param spilledFiles most files in the spill directory at once
    /// @param output       what it printed
    record Usage(long peakAnonymousBytes, long spilledFiles, String output) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "peak of anonymous memory %,d bytes, %d spill files at once", peakAnonymousBytes,
                    spilledFiles);
        }
    }

    /// Runs the `main` of `job` to its end, which must be a good one.
    static Usage run(Class<?> job, List<?> arguments, long limitBytes, int heapMebibytes, Path spill) {
        List<Object> command = new ArrayList<>(List.of(
                "-Xmx" + heapMebibytes + "m", "-Dlazuli.threads=2", "-Dlazuli.memory-limit=" + limitBytes,
                "-Dlazuli.spill-directory=" + spill, job.getName()));
        command.addAll(arguments);
        try (CommandProcess process = Launcher.startJava(Map.of(), command)) {
            return watch(process, spill);
        }
    }

    private static Usage watch(CommandProcess process, Path spill) {
        long peak = 0;
        long files = 0;
        while (!process.endsWithin(GLANCE)) {
            peak = Math.max(peak, anonymousBytes(process.handle().pid()));
            try (Stream<Path> seen = Files.walk(spill)) {
                files = Math.max(files, seen.filter(Files::isRegularFile).count());
            } catch (IOException | UncheckedIOException e) {
                // a file that went while it was looked at
            }
        }
        CommandProcess.Outcome outcome = process.awaitEnd(GLANCE);
        assertThat(outcome.status()).as(process.toString()).isZero();
        assertThat(outcome.errors()).isEmpty();
        return new Usage(peak, files, outcome.output());
    }

    private static long anonymousBytes(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("RssAnon"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .sum();
        } catch (IOException | UncheckedIOException e) {
            return 0; // it has ended
        }
    }
}
