package io.lazuli.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineOptionsTest {
    private static final long HEAP = Runtime.getRuntime().maxMemory();
    private static final long OVERHEAD = 96L << 20;

    private static EngineOptions from(Map<String, String> properties, Map<String, String> environment) {
        return EngineOptions.from(properties::get, environment::get, 1);
    }

    private static EngineOptions forWorkers(int workers, Map<String, String> properties) {
        return EngineOptions.from(properties::get, _ -> null, workers);
    }

    @Test
    void defaults() {
        EngineOptions options = from(Map.of(), Map.of());
        assertThat(options.threads()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(options.bufferBytes()).isGreaterThanOrEqualTo(32L << 20);
        assertThat(options.heapBudgetBytes()).isBetween(HEAP * 39 / 100, HEAP * 41 / 100);
        assertThat(options.spillDirectory()).isEqualTo(Path.of(System.getProperty("java.io.tmpdir")));
        assertThat(options.spillLimitBytes()).as("none").isEqualTo(Long.MAX_VALUE);
        assertThat(options).isEqualTo(EngineOptions.defaults());
    }

    @Test
    void aDashboard_isWhereItIsSaidToBe_orNowhere() {
        assertThat(from(Map.of(), Map.of("LAZULI_DASHBOARD", "1")).dashboard()).contains("1");
        assertThat(from(Map.of("lazuli.dashboard", "localhost:0"), Map.of("LAZULI_DASHBOARD", "1")).dashboard())
                .contains("localhost:0");
        for (String nowhere : new String[] {"", " ", "0", "false"}) {
            assertThat(from(Map.of(), Map.of("LAZULI_DASHBOARD", nowhere)).dashboard()).isEmpty();
        }
    }

    @Test
    void anEngineThatNothingCanShow_isNotOpened() {
        assertThatThrownBy(() -> LocalEngine.open(EngineOptions.defaults().withDashboard("1")))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
                .hasMessage(
                        "Setting lazuli.dashboard is '1', but nothing on the class path shows engines. Add io.lazuli:lazuli-dashboard, or unset it.");
    }

    @Test
    void propertiesGoBeforeTheEnvironment() {
        Map<String, String> environment = Map.of("LAZULI_THREADS", "3", "LAZULI_SPILL_DIRECTORY", "/scratch");
        EngineOptions options = from(Map.of("lazuli.threads", "5"), environment);
        assertThat(options.threads()).isEqualTo(5);
        assertThat(options.spillDirectory()).isEqualTo(Path.of("/scratch"));
    }

    @ParameterizedTest
    @CsvSource({"9000000000, 9000000000", "9000MB, 9000000000", "9gb, 9000000000", "8 GiB, 8589934592",
        "0.01TiB, 10995116277"})
    void aMemoryLimit_isForTheWholeProcess(String text, long bytes) {
        EngineOptions options = from(Map.of("lazuli.memory-limit", text), Map.of());
        assertThat(options.bufferBytes()).isEqualTo(bytes - HEAP - OVERHEAD);
    }

    @Test
    void aMemoryLimitOfSeveralWorkers_countsTheJvmOfEach() {
        Map<String, String> limit = Map.of("lazuli.memory-limit", "9GB");
        assertThat(forWorkers(4, limit).bufferBytes()).isEqualTo(9_000_000_000L - HEAP - 4 * OVERHEAD);
        assertThat(forWorkers(4, Map.of("lazuli.buffer-bytes", "1GB")).bufferBytes()).isEqualTo(1_000_000_000L);
        assertThatThrownBy(() -> forWorkers(100, limit))
                .hasMessageContaining("and 10,066,329,600 of JVM overhead");
    }

    @Test
    void aMemoryLimitThatLeavesNothing_isRefusedWithTheNumbers() {
        assertThatThrownBy(() -> from(Map.of(), Map.of("LAZULI_MEMORY_LIMIT", "100MB")))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
                .hasMessage(
                        "Memory limit of 100,000,000 bytes leaves %,d for data after %,d of Java heap and 100,663,296 of JVM overhead; at least 33,554,432 are needed. Raise lazuli.memory-limit to %,d, or lower -Xmx.",
                        100_000_000 - HEAP - OVERHEAD, HEAP, HEAP + OVERHEAD + (32 << 20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lots", "-1", "5 apples", ""})
    void aMemoryLimitThatIsNoSize_isRefused(String text) {
        assertThatThrownBy(() -> from(Map.of("lazuli.memory-limit", text), Map.of()))
                .isInstanceOf(LazuliException.class)
                .hasMessage("Setting lazuli.memory-limit is '%s', expected a size such as 600MB, 2GiB or 600000000.",
                        text);
    }

    @Test
    void heapBudgetAndSpillLimit_areSizes() {
        EngineOptions options = from(
                Map.of("lazuli.heap-budget", "300MB"),
                Map.of("LAZULI_SPILL_LIMIT", "2 GiB", "LAZULI_HEAP_BUDGET", "1"));
        assertThat(options.heapBudgetBytes()).isEqualTo(300_000_000);
        assertThat(options.spillLimitBytes()).isEqualTo(2L << 30);
        assertThatThrownBy(() -> from(Map.of("lazuli.spill-limit", "most"), Map.of()))
                .hasMessage(
                        "Setting lazuli.spill-limit is 'most', expected a size such as 600MB, 2GiB or 600000000.");
        assertThatThrownBy(() -> from(Map.of("lazuli.heap-budget", "0"), Map.of()))
                .hasMessage("Setting heap-budget is '0', expected at least 1.");
    }

    @Test
    void threads_mustBeAPositiveNumber() {
        assertThatThrownBy(() -> from(Map.of("lazuli.threads", "two"), Map.of()))
                .hasMessage("Setting lazuli.threads is 'two', expected a number such as 4.");
        assertThatThrownBy(() -> EngineOptions.defaults().withThreads(0))
                .hasMessage("Setting threads is '0', expected at least 1.");
    }
}
