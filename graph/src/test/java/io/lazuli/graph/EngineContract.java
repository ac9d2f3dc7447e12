package io.lazuli.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.TroubleOperations.Signals;
import io.lazuli.graph.memory.MemoryAccountant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/// What every [Engine] does, local or cluster: extend this class and say how to open one.
///
/// ```
///   class LocalEngineContractTest extends EngineContract {
///       protected Engine open(int threads, long bufferBudgetBytes) { return ... }
///       protected Path spillDirectory(Engine engine) { return ... }
///   }
/// ```
///
/// Tests open engines by [#engine] and close their jobs. After each test no byte is reserved, no buffer lives, and no file is
/// left in the spill directory.
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
public abstract class EngineContract {
    /// A budget that no test here fills by accident.
    static final long AMPLE = 256L << 20;

    @TempDir
    Path directory;

    private final List<OpenEngine> engines = new ArrayList<>();

    private record OpenEngine(Engine engine, MemoryAccountant memory, Path spillDirectory) {}

    /// An engine with so many threads and so many bytes for buffers.
    protected abstract Engine open(int threads, long bufferBudgetBytes);

    /// Where the engine spills; null if it has no such directory of its own.
    protected Path spillDirectory(Engine engine) {
        return null;
    }

    /// Opens an engine that is checked for leaks and closed after the test.
    final Engine engine(int threads, long bufferBudgetBytes) {
        Engine engine = open(threads, bufferBudgetBytes);
        engines.add(new OpenEngine(engine, engine.memory(), spillDirectory(engine)));
        return engine;
    }

    final Signals signals() {
        return new Signals(directory.toString());
    }

    @AfterEach
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    void everyByteIsBack() {
        for (OpenEngine open : engines) {
            try (Engine engine = open.engine()) {
                assertThat(engine).isNotNull();
                assertEmpty(open.memory());
                Waiting.until("no spill file is left", () -> spillFiles(open.spillDirectory()).isEmpty());
            }
            assertEmpty(open.memory());
            assertThat(spillFiles(open.spillDirectory())).as("spill files after close").isEmpty();
        }
    }

    static void assertEmpty(MemoryAccountant memory) {
        Waiting.until("no reserved bytes and no live buffers are left: " + memory.reservedBytes() + " bytes in "
                + memory.liveBufferCount() + " buffers",
                () -> memory.reservedBytes() == 0 && memory.liveBufferCount() == 0);
    }

    private static List<Path> spillFiles(Path spillDirectory) {
        if (spillDirectory == null || !Files.exists(spillDirectory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(spillDirectory)) {
            return files.filter(file -> Files.isRegularFile(file) && !isMark(file) && sizeOf(file) > 0).toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of(spillDirectory); // changes while it is walked
        }
    }

    /// By such a file others see whether they can open those beside it; it may stay while the engine is open.
    private static boolean isMark(Path file) {
        return file.getFileName().toString().startsWith("host-");
    }

    /// A lock file is empty and may stay while the engine is open.
    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (NoSuchFileException gone) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Nested
    class Results extends ResultContract {
        Results() {
            super(EngineContract.this);
        }
    }

    @Nested
    class Failures extends FailureContract {
        Failures() {
            super(EngineContract.this);
        }
    }

    @Nested
    class Cancellation extends CancellationContract {
        Cancellation() {
            super(EngineContract.this);
        }
    }

    @Nested
    class Memory extends MemoryContract {
        Memory() {
            super(EngineContract.this);
        }
    }

    @Nested
    class Persistence extends PersistenceContract {
        Persistence() {
            super(EngineContract.this);
        }
    }

    @Nested
    class Progress extends ProgressContract {
        Progress() {
            super(EngineContract.this);
        }
    }
}
