package io.lazuli.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A job in a process of its own, on two threads and within a memory limit, watched from outside every few milliseconds.
final class LimitedProcess {
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
    static Usage run(Class<?> job, List<?> arguments, long limitBytes, int heapMebibytes, Path spill)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMebibytes + "m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-Dlazuli.threads=2",
                "-Dlazuli.memory-limit=" + limitBytes,
                "-Dlazuli.spill-directory=" + spill,
                "-cp",
                System.getProperty("java.class.path"),
                job.getName()));
        arguments.forEach(argument -> command.add(argument.toString()));
        Path output = Files.createTempFile("lazuli", ".out");
        try {
            return watch(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start(), output, spill);
        } finally {
            Files.delete(output);
        }
    }

    private static Usage watch(Process process, Path output, Path spill) throws IOException, InterruptedException {
        long peak = 0;
        long files = 0;
        while (!process.waitFor(5, TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, anonymousBytes(process.pid()));
            try (Stream<Path> seen = Files.walk(spill)) {
                files = Math.max(files, seen.filter(Files::isRegularFile).count());
            } catch (IOException | UncheckedIOException e) {
                // a file that went while it was looked at
            }
        }
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        return new Usage(peak, files, Files.readString(output));
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
