package io.lazuli.scheduler;

import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.store.StoreOptions;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How an engine is set up: a local one, or what the processes of a [Cluster] share. Nothing here changes a result.
///
/// | system property | environment | default |
/// |---|---|---|
/// | `lazuli.threads` | `LAZULI_THREADS` | the processors of this process |
/// | `lazuli.memory-limit` | `LAZULI_MEMORY_LIMIT` | 60 % of the machine's memory |
/// | `lazuli.buffer-bytes` | `LAZULI_BUFFER_BYTES` | what the memory limit leaves |
/// | `lazuli.heap-budget` | `LAZULI_HEAP_BUDGET` | 40 % of the largest Java heap |
/// | `lazuli.spill-directory` | `LAZULI_SPILL_DIRECTORY` | `java.io.tmpdir` |
/// | `lazuli.spill-limit` | `LAZULI_SPILL_LIMIT` | all that the disk can spare |
/// | `lazuli.event-log` | `LAZULI_EVENT_LOG` | none |
/// | `lazuli.dashboard` | `LAZULI_DASHBOARD` | none; `1` or `HOST:PORT` |
///
/// The memory limit is meant for the whole process: data outside the Java heap may take what it leaves after the largest
/// heap and a fixed 96 MiB for the JVM itself, of each worker where the limit is for several. Sizes are written `600MB`, `2GiB`, or as a
/// number of bytes.
///
/// Results that do not fit are written to the spill directory. A task that needs more at once than the limit leaves, such as for one
/// partition or one group that is larger, works in files there, which are no memory of the process that others could miss.
///
/// Results that are Java objects stay on the heap up to the heap budget, by their estimated sizes; what is left of the heap is
/// for tasks while they run. Whatever the spill limit, the last GiB of a disk, or twentieth of a small one, is left to others.
///
/// @param threads         compute threads
/// @param bufferBytes     most bytes of data outside the Java heap
/// @param heapBudgetBytes most bytes of results on the Java heap
/// @param spillDirectory  where results are written that do not fit; the engine makes a directory of its own in it
/// @param spillLimitBytes most bytes it keeps there; `Long.MAX_VALUE` for all that the disk can spare
/// @param eventLog        file to which all is written that happens in the engine, in a cluster whoever does it, see [io.lazuli.scheduler.event.Replay]
/// @param dashboard       where the engine is shown in a browser, see [#withDashboard]
public record EngineOptions(
        int threads,
        long bufferBytes,
        long heapBudgetBytes,
        Path spillDirectory,
        long spillLimitBytes,
        Optional<Path> eventLog,
        Optional<String> dashboard) {
    private static final long OVERHEAD_BYTES = 96L << 20;
    private static final long LEAST_BUFFER_BYTES = 32L << 20;
    private static final double DEFAULT_SHARE = 0.6;
    private static final double HEAP_SHARE = 0.4;
    /// Addresses that ask for no dashboard.
    private static final Set<String> NOWHERE = Set.of("", "0", "false");
    private static final Pattern SIZE = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([KMGT]I?B|B)?");
    private static final Map<String, Long> UNITS = Map.of(
            "B", 1L,
            "KB", 1_000L,
            "MB", 1_000_000L,
            "GB", 1_000_000_000L,
            "TB", 1_000_000_000_000L,
            "KIB", 1L << 10,
            "MIB", 1L << 20,
            "GIB", 1L << 30,
            "TIB", 1L << 40);

    /// Errors: USER if a number is not positive.
    public EngineOptions {
        Objects.requireNonNull(spillDirectory, "spillDirectory is null");
        Objects.requireNonNull(eventLog, "eventLog is null");
        Objects.requireNonNull(dashboard, "dashboard is null");
        if (threads < 1) {
            throw Errors.badSetting("threads", Integer.toString(threads), "at least 1");
        }
        checkPositive("buffer-bytes", bufferBytes);
        checkPositive("heap-budget", heapBudgetBytes);
        checkPositive("spill-limit", spillLimitBytes);
    }

    private static void checkPositive(String name, long value) {
        if (value < 1) {
            throw Errors.badSetting(name, Long.toString(value), "at least 1");
        }
    }

    /// The defaults, whatever the environment says.
    public static EngineOptions defaults() {
        return defaults(1);
    }

    private static EngineOptions defaults(int workers) {
        return new EngineOptions(
                Runtime.getRuntime().availableProcessors(),
                defaultBufferBytes(workers),
                (long) (Runtime.getRuntime().maxMemory() * HEAP_SHARE),
                Path.of(System.getProperty("java.io.tmpdir")),
                Long.MAX_VALUE,
                Optional.empty(),
                Optional.empty());
    }

    /// The defaults, changed by environment variables, and these by system properties. Errors: USER if one does not parse.
    public static EngineOptions fromEnvironment() {
        return from(System::getProperty, System.getenv()::get, 1);
    }

    /// As [#fromEnvironment()], for so many workers that share it. Errors: USER if one does not parse.
    public static EngineOptions forWorkers(int workers) {
        return from(System::getProperty, System.getenv()::get, workers);
    }

    /// As [#fromEnvironment()], but what is in `settings`, by the names of the system properties, goes first of all. Errors: USER if
    /// one does not parse.
    public static EngineOptions fromEnvironment(Map<String, String> settings) {
        return from(property(settings), System.getenv()::get, 1);
    }

    /// Settings by name: those of `first`, then system properties, then environment variables.
    static Function<String, Optional<String>> settings(Map<String, String> first) {
        return name -> setting(name, property(first), System.getenv()::get);
    }

    private static Function<String, String> property(Map<String, String> first) {
        return name -> first.getOrDefault(name, System.getProperty(name));
    }

    /// @param workers that share what is set
    static EngineOptions from(
            Function<String, String> properties, Function<String, String> environment, int workers) {
        EngineOptions options = defaults(workers);
        Optional<String> threads = setting("lazuli.threads", properties, environment);
        if (threads.isPresent()) {
            options = options.withThreads(parseThreads(threads.get()));
        }
        OptionalLong limit = size("lazuli.memory-limit", properties, environment);
        if (limit.isPresent()) {
            options = options.withMemoryLimitBytes(limit.getAsLong(), workers);
        }
        OptionalLong buffers = size("lazuli.buffer-bytes", properties, environment);
        if (buffers.isPresent()) {
            options = options.withBufferBytes(buffers.getAsLong());
        }
        options = options.withHeapBudgetBytes(
                size("lazuli.heap-budget", properties, environment).orElse(options.heapBudgetBytes));
        options = options.withSpillLimitBytes(
                size("lazuli.spill-limit", properties, environment).orElse(options.spillLimitBytes));
        Optional<String> directory = setting("lazuli.spill-directory", properties, environment);
        if (directory.isPresent()) {
            options = options.withSpillDirectory(Path.of(directory.get()));
        }
        Optional<String> log = setting("lazuli.event-log", properties, environment);
        if (log.isPresent()) {
            options = options.withEventLog(Path.of(log.get()));
        }
        Optional<String> dashboard = setting("lazuli.dashboard", properties, environment).map(String::strip)
                .filter(text -> !NOWHERE.contains(text));
        if (dashboard.isPresent()) {
            options = options.withDashboard(dashboard.get());
        }
        return options;
    }

    public EngineOptions withThreads(int threads) {
        return new EngineOptions(threads, bufferBytes, heapBudgetBytes, spillDirectory, spillLimitBytes, eventLog,
                dashboard);
    }

    /// Sets the limit of the whole process, Java heap included. Errors: USER if less than 32 MiB would be left for data.
    public EngineOptions withMemoryLimitBytes(long memoryLimitBytes) {
        return withMemoryLimitBytes(memoryLimitBytes, 1);
    }

    /// Sets the limit of so many worker processes together. What they have of Java heap is as much as this process may take. Errors: USER
    /// if less than 32 MiB would be left for data.
    public EngineOptions withMemoryLimitBytes(long memoryLimitBytes, int workers) {
        long heap = Runtime.getRuntime().maxMemory();
        long overhead = workers * OVERHEAD_BYTES;
        long left = memoryLimitBytes - heap - overhead;
        if (left < LEAST_BUFFER_BYTES) {
            throw Errors.memoryLimitTooSmall(memoryLimitBytes, heap, overhead, LEAST_BUFFER_BYTES);
        }
        return withBufferBytes(left);
    }

    /// Sets the limit of data outside the Java heap alone.
    public EngineOptions withBufferBytes(long bufferBytes) {
        return new EngineOptions(threads, bufferBytes, heapBudgetBytes, spillDirectory, spillLimitBytes, eventLog,
                dashboard);
    }

    /// Sets what results may take of the Java heap.
    public EngineOptions withHeapBudgetBytes(long heapBudgetBytes) {
        return new EngineOptions(threads, bufferBytes, heapBudgetBytes, spillDirectory, spillLimitBytes, eventLog,
                dashboard);
    }

    /// Sets what results may take of the disk.
    public EngineOptions withSpillLimitBytes(long spillLimitBytes) {
        return new EngineOptions(threads, bufferBytes, heapBudgetBytes, spillDirectory, spillLimitBytes, eventLog,
                dashboard);
    }

    public EngineOptions withSpillDirectory(Path spillDirectory) {
        return new EngineOptions(threads, bufferBytes, heapBudgetBytes, spillDirectory, spillLimitBytes, eventLog,
                dashboard);
    }

    /// The file is replaced if it exists.
    public EngineOptions withEventLog(Path file) {
        return new EngineOptions(
                threads, bufferBytes, heapBudgetBytes, spillDirectory, spillLimitBytes, Optional.of(file), dashboard);
    }

    /// Has the engine shown while it is open, see [EngineViewer].
    ///
    /// @param address where, such as `127.0.0.1:8787`; `1` for the usual place
    public EngineOptions withDashboard(String address) {
        return new EngineOptions(
                threads, bufferBytes, heapBudgetBytes, spillDirectory, spillLimitBytes, eventLog, Optional.of(address));
    }

    StoreOptions store() {
        return new StoreOptions(heapBudgetBytes, spillDirectory, spillLimitBytes);
    }

    /// What 60 % of the machine leaves beside the heap; if the heap was set so large that this is nothing, a quarter of the
    /// rest.
    private static long defaultBufferBytes(int workers) {
        long machine = machineBytes();
        long heap = Runtime.getRuntime().maxMemory();
        long left = (long) (machine * DEFAULT_SHARE) - heap - workers * OVERHEAD_BYTES;
        return left >= LEAST_BUFFER_BYTES ? left : Math.max((machine - heap) / 4, LEAST_BUFFER_BYTES);
    }

    /// Physical memory, or the container's limit.
    private static long machineBytes() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system) {
            return system.getTotalMemorySize();
        }
        return 2 * Runtime.getRuntime().maxMemory();
    }

    private static Optional<String> setting(
            String name, Function<String, String> properties, Function<String, String> environment) {
        String variable = name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        return Optional.ofNullable(properties.apply(name)).or(() -> Optional.ofNullable(environment.apply(variable)));
    }

    private static int parseThreads(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw Errors.badSetting("lazuli.threads", text, "a number such as 4");
        }
    }

    private static OptionalLong size(
            String name, Function<String, String> properties, Function<String, String> environment) {
        Optional<String> text = setting(name, properties, environment);
        return text.isPresent() ? OptionalLong.of(parseSize(name, text.get())) : OptionalLong.empty();
    }

    private static long parseSize(String name, String text) {
        Matcher size = SIZE.matcher(text.strip().toUpperCase(Locale.ROOT));
        if (!size.matches()) {
            throw Errors.badSetting(name, text, "a size such as 600MB, 2GiB or 600000000");
        }
        String unit = size.group(2) == null ? "B" : size.group(2);
        return (long) (Double.parseDouble(size.group(1)) * Objects.requireNonNull(UNITS.get(unit), unit));
    }
}
