package io.lazuli.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.dataframe.io.ParquetWriteOptions;
import io.lazuli.graph.Engine;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.EngineOptions;
import io.lazuli.scheduler.LocalEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// What the tests of bad files share: the four formats, an engine with little memory, and what must hold after every failure.
final class HostileFiles {
    private HostileFiles() {}

    enum Format {
        CSV,
        JSON,
        PARQUET,
        ARROW;

        String file(String name) {
            return name + "." + name().toLowerCase(Locale.ROOT);
        }

        DataFrame read(Path path, Engine engine) {
            String name = path.toString();
            DataFrame frame = switch (this) {
                case CSV -> DataFrame.readCsv(name);
                case JSON -> DataFrame.readJson(name);
                case PARQUET -> DataFrame.readParquet(name);
                case ARROW -> DataFrame.readArrow(name);
            };
            return frame.withEngine(engine);
        }

        /// Row groups are small, so that a file has several.
        void write(DataFrame frame, Path path) {
            String name = path.toString();
            switch (this) {
                case CSV -> frame.writeCsv(name);
                case JSON -> frame.writeJson(name);
                case PARQUET -> frame.writeParquet(name, ParquetWriteOptions.DEFAULTS.withRowGroupRows(20_000));
                case ARROW -> frame.writeArrow(name);
            }
        }
    }

    static Engine engine(Path spill, long bufferBytes) {
        return LocalEngine.open(EngineOptions.defaults().withThreads(2).withBufferBytes(bufferBytes)
                .withSpillDirectory(spill));
    }

    /// The error of a call, if there is one. It is typed, not a defect of ours, and has a sentence to say.
    static Optional<LazuliException> refusal(Runnable call) {
        try {
            call.run();
            return Optional.empty();
        } catch (LazuliException e) {
            assertThat(e.code()).as(e.getMessage()).isNotEqualTo(ErrorCode.INTERNAL);
            assertThat(e.getMessage()).hasSizeGreaterThan(30);
            return Optional.of(e);
        }
    }

    static void assertRefused(ErrorCode code, Runnable call, String... parts) {
        LazuliException error = refusal(call).orElseThrow(() -> new AssertionError("not refused"));
        assertThat(error.getMessage()).contains(parts);
        assertThat(error.code()).as(error.getMessage()).isEqualTo(code);
    }

    /// No memory reserved, no file open in that folder. A job has failed for its caller while other tasks of it still come to their
    /// ends, so this waits for them.
    static void assertNothingHeld(Engine engine, Path folder) {
        Instant deadline = Instant.now().plusSeconds(10);
        while (engine.memory().reservedBytes() > 0 && Instant.now().isBefore(deadline)) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(engine.memory().reservedBytes()).as("bytes reserved").isZero();
        assertThat(engine.memory().liveBufferCount()).as("buffers alive").isZero();
        assertThat(openFiles(folder)).as("files open").isEmpty();
    }

    private static List<String> openFiles(Path folder) {
        Path all = Path.of("/proc/self/fd");
        if (!Files.isDirectory(all)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(all)) {
            return files.map(HostileFiles::target).filter(file -> file.startsWith(folder.toString()))
                    .filter(file -> !file.endsWith("/lock")) // of the engine's directory
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path open) {
        try {
            return Files.readSymbolicLink(open).toString();
        } catch (IOException e) {
            return ""; // closed by now
        }
    }

    static Set<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return Set.copyOf(files.map(file -> file.getFileName().toString()).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] half(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length / 2);
    }
}
