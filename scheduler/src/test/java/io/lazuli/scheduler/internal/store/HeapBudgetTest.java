package io.lazuli.scheduler.internal.store;

import static io.lazuli.scheduler.internal.store.StoreFixture.BYTES;
import static io.lazuli.scheduler.internal.store.StoreFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeapBudgetTest {
    /// Of the budget, in values of [StoreFixture#putText].
    private static final int VALUES = 16;
    private static final long BUDGET = VALUES * BYTES;

    @TempDir
    Path directory;

    private StoreFixture fixture;

    @BeforeEach
    void open() {
        fixture = new StoreFixture(directory, 1, VALUES);
    }

    @AfterEach
    void nothingIsLeft() {
        fixture.close();
    }

    @Test
    void whatIsOverTheBudget_isSpilledOldestFirst_andReadBackEqual() {
        for (int task = 0; task < 40; task++) {
            fixture.putText(task);
            assertThat(fixture.store.heapBytes()).isEqualTo(Math.min(task + 1, VALUES) * BYTES);
        }
        assertThat(fixture.segments()).hasSize(24);
        for (int task = 0; task < 40; task++) {
            assertThat(fixture.value(task)).isEqualTo(text(task));
            assertThat(fixture.store.heapBytes()).isLessThanOrEqualTo(BUDGET);
        }
        releaseAll(40);
    }

    @Test
    void spilledValue_keepsItsRowsAndCuts() {
        fixture.store.put(0, StoreFixture.key(0), Block.value(text(0), BYTES, 7, 0, 3, 3, 7), 0, fixture.storage);
        fixture.store.spillAll();
        assertThat(fixture.segments()).hasSize(1);
        Block block = fixture.store.find(0).borrow();
        assertThat(fixture.format.decoded).hasValue(1);
        assertThat(block.value()).isEqualTo(text(0));
        assertThat(block.rowCount()).isEqualTo(7);
        assertThat(block.cuts()).containsExactly(0, 3, 3, 7);
        assertThat(block.sliceCount()).isEqualTo(3);
        block.release();
        fixture.release(0);
    }

    @Test
    void whatIsNeededLatest_isSpilledFirst() {
        for (int task = 0; task < VALUES; task++) {
            fixture.putText(task, task == 5 ? 100 : task == 9 ? 200 : 1);
        }
        fixture.putText(20, 0);
        fixture.putText(21, 0);
        for (int task : new int[] {0, 1, 2, 3, 20, 21}) {
            assertThat(fixture.value(task)).isEqualTo(text(task));
        }
        assertThat(fixture.format.decoded).as("all of these were in memory").hasValue(0);
        assertThat(fixture.value(9)).isEqualTo(text(9));
        assertThat(fixture.format.decoded).hasValue(1);
        releaseAll(VALUES);
        fixture.release(20, 21);
    }

    @Test
    void whatWasReadBack_isLetGoOfWithoutBeingWrittenAgain() {
        fixture.putText(0);
        fixture.store.spillAll();
        assertThat(fixture.store.heapBytes()).isZero();
        for (int i = 1; i <= 3; i++) {
            assertThat(fixture.value(0)).isEqualTo(text(0));
            assertThat(fixture.value(0)).isEqualTo(text(0));
            assertThat(fixture.format.decoded).as("kept after it is read").hasValue(i);
            assertThat(fixture.store.heapBytes()).as("counted again").isEqualTo(BYTES);
            fixture.store.spillAll();
            assertThat(fixture.store.heapBytes()).isZero();
        }
        assertThat(fixture.format.encoded).hasValue(1);
        assertThat(fixture.segments()).hasSize(1);
        fixture.release(0);
    }

    @Test
    void valuesInUse_stay_andAreSpilledOnceTheyAreNot() {
        List<Block> inUse = new ArrayList<>();
        for (int task = 0; task < 2 * VALUES; task++) {
            fixture.putText(task);
            inUse.add(fixture.store.find(task).borrow());
        }
        assertThat(fixture.store.heapBytes()).as("nothing could go").isEqualTo(2 * BUDGET);
        inUse.forEach(Block::release);
        for (int task = 2 * VALUES; task < 2 * VALUES + 3; task++) {
            fixture.putText(task);
        }
        assertThat(fixture.store.heapBytes()).as("back in the budget soon").isEqualTo(BUDGET);
        releaseAll(2 * VALUES + 3);
    }

    @Test
    void afterAllInUseWereReleased_theBudgetIsWhatItWas() {
        List<Block> inUse = new ArrayList<>();
        for (int task = 0; task < 4 * VALUES; task++) {
            fixture.putText(task);
            inUse.add(fixture.store.find(task).borrow());
        }
        inUse.forEach(Block::release);
        releaseAll(4 * VALUES);
        for (int task = 0; task < 3 * VALUES; task++) {
            fixture.putText(task);
            assertThat(fixture.store.heapBytes()).isLessThanOrEqualTo(BUDGET);
        }
        releaseAll(3 * VALUES);
    }

    @Test
    void oneValueUnderManyNames_countsOnce() {
        fixture.putText(0);
        for (int task = 1; task < 50; task++) {
            fixture.store.put(task, fixture.store.find(0).retain());
        }
        assertThat(fixture.store.heapBytes()).isEqualTo(BYTES);
        for (int task = 0; task < 49; task++) {
            fixture.release(task);
        }
        assertThat(fixture.store.heapBytes()).isEqualTo(BYTES);
        assertThat(fixture.value(49)).isEqualTo(text(0));
        fixture.release(49);
    }

    @Test
    void smallValues_areCountedAndNeverSpilled() {
        for (int task = 0; task < 100; task++) {
            fixture.putValue(task, text(task), 1023, 0);
        }
        fixture.putValue(100, null, 0, 0);
        assertThat(fixture.store.heapBytes()).isEqualTo(100 * 1023);
        fixture.store.spillAll();
        assertThat(fixture.segments()).isEmpty();
        assertThat(fixture.value(99)).isEqualTo(text(99));
        assertThat(fixture.value(100)).isNull();
        releaseAll(101);
    }

    @Test
    void smallValuesBeyondAllMeasure_failTheTaskThatAddsOne_andNoOther() {
        assertThatThrownBy(() -> {
            for (int task = 0; task < 1000; task++) {
                fixture.putValue(task, task, 1000, 0);
            }
        }).isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE))
                .hasMessageMatching(
                        "Result 00000000:\\d+ \\(a small value, about 1,000 bytes\\) cannot be kept: results that cannot be spilled would take 1[09]\\d,\\d{3} bytes of the Java heap, and the budget is 131,072. Return smaller results or fewer of them, or raise -Xmx or lazuli.heap-budget.");
        int kept = (int) (fixture.store.heapBytes() / 1000);
        assertThat(kept * 1000L).isBetween(BUDGET, 2 * BUDGET);
        releaseAll(kept);
    }

    @Test
    void valuesThatCannotBeWritten_stay_upToHalfAsMuchAgainAsTheBudget() {
        int most = VALUES * 3 / 2;
        for (int task = 0; task < most; task++) {
            fixture.putValue(task, new Thread(), BYTES, 0);
        }
        assertThat(fixture.store.heapBytes()).isEqualTo(most * BYTES);
        assertThat(fixture.segments()).isEmpty();
        fixture.putText(most);
        assertThat(fixture.value(most)).as("what can be spilled is still welcome").isEqualTo(text(most));
        for (int task = most + 1; task < most + 10; task++) {
            int next = task;
            assertThatThrownBy(() -> fixture.putValue(next, new Thread(), BYTES, 0))
                    .isInstanceOfSatisfying(LazuliException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE))
                    .hasMessage(
                            "Result 00000000:%d (java.lang.Thread, about 8,192 bytes) cannot be kept: results that cannot be spilled would take 204,800 bytes of the Java heap, and the budget is 131,072. Return smaller results, make the type a record of plain values, or raise -Xmx or lazuli.heap-budget.",
                            task);
            fixture.putText(task);
        }
        assertThat(fixture.store.heapBytes()).as("texts go straight to disk").isEqualTo(most * BYTES);
        releaseAll(most + 10);
    }

    @Test
    void oneValueLargerThanEverything_mayLive_butNotTwo() {
        fixture.putValue(0, new Thread(), 100 * BUDGET, 0);
        for (int task = 1; task < VALUES / 2; task++) {
            fixture.putValue(task, new Thread(), BYTES, 0);
        }
        assertThatThrownBy(() -> fixture.putValue(50, new Thread(), 100 * BUDGET, 0))
                .hasMessageContaining("about 13,107,200 bytes) cannot be kept")
                .hasMessageContaining("and the budget is 131,072");
        assertThat(fixture.store.heapBytes()).isEqualTo(100 * BUDGET + (VALUES / 2 - 1) * BYTES);
        fixture.release(0);
        fixture.putValue(50, new Thread(), 100 * BUDGET, 0);
        fixture.release(50);
        for (int task = 1; task < VALUES / 2; task++) {
            fixture.release(task);
        }
    }

    @Test
    void oneTextLargerThanTheBudget_isSpilledAtOnce() {
        fixture.putValue(0, text(0), 10 * BUDGET, 0);
        assertThat(fixture.store.heapBytes()).isZero();
        assertThat(fixture.value(0)).isEqualTo(text(0));
        fixture.release(0);
    }

    @Test
    void aConstructorThatRefusesWhenReadBack_losesTheResult() {
        fixture.putText(0);
        fixture.store.spillAll();
        fixture.format.refusal = new IllegalArgumentException("no such thing");
        assertThatThrownBy(() -> fixture.value(0))
                .hasMessageContaining("cannot be read back: java.lang.IllegalArgumentException: no such thing");
        assertThat(fixture.store.heapBytes()).isZero();
        fixture.release(0);
    }

    @Test
    void aHeapThatIsFullWhileReadingBack_losesNothing() {
        fixture.putText(0);
        fixture.store.spillAll();
        fixture.format.refusal = new OutOfMemoryError("Java heap space");
        assertThatThrownBy(() -> fixture.value(0)).isInstanceOf(OutOfMemoryError.class);
        assertThat(fixture.store.heapBytes()).isZero();
        fixture.format.refusal = null;
        assertThat(fixture.value(0)).isEqualTo(text(0));
        fixture.release(0);
    }

    @Test
    void columnsAndValues_areKeptApart() {
        fixture.putColumns(0);
        for (int task = 1; task < 40; task++) {
            fixture.putText(task);
        }
        assertThat(fixture.isMapped(0)).as("values have not displaced columns").isFalse();
        long values = fixture.store.heapBytes();
        fixture.putColumns(50);
        assertThat(fixture.store.heapBytes()).as("nor columns values").isEqualTo(values);
        releaseAll(40);
        fixture.release(50);
    }

    private void releaseAll(int tasks) {
        for (int task = 0; task < tasks; task++) {
            fixture.release(task);
        }
    }
}
