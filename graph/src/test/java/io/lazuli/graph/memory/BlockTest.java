package io.lazuli.graph.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockTest {
    private static final byte[] HEADER = {7};

    private final MemoryAccountant accountant = MemoryAccountant.create(1 << 20);
    private final Reservation task = accountant.reserve("task", 0);

    @AfterEach
    void nothingIsLeft() {
        task.close();
        accountant.close();
    }

    @Test
    void aBlockKeepsItsBuffersBeyondTheReservationThatMadeThem() {
        Buffer buffer = task.allocate(80);
        Block block = Block.columns(10, HEADER, List.of(buffer));
        task.close();

        assertThat(block.buffers().getFirst().segment().byteSize()).isEqualTo(80);
        assertThat(accountant.liveBufferCount()).isOne();
        block.release();
        assertThat(accountant.liveBufferCount()).isZero();
        assertThat(buffer.references()).isZero();
    }

    @Test
    void aBlockOfColumnsKnowsItsRowsBytesAndHeader() {
        Block block = Block.columns(10, HEADER, List.of(task.allocate(80), task.allocate(2)));

        assertThat(block.kind()).isEqualTo(Block.Kind.COLUMNS);
        assertThat(block.rowCount()).isEqualTo(10);
        assertThat(block.byteSize()).isEqualTo(82);
        assertThat(block.header()).isEqualTo(HEADER);
        assertThat(block).hasToString("Block[10 rows, 1 slices, 82 bytes]");
        block.release();
    }

    @Test
    void retainAndReleaseCountTheHoldersOfABlockNotOfItsBuffers() {
        Buffer buffer = task.allocate(8);
        Block block = Block.columns(1, HEADER, List.of(buffer)).retain();

        assertThat(block.references()).isEqualTo(2);
        assertThat(buffer.references()).isEqualTo(2);
        block.release();
        assertThat(buffer.references()).isEqualTo(2);
        block.release();
        assertThat(buffer.references()).isOne();
    }

    @Test
    void aReleasedBlockRefusesToBeUsedRetainedOrReleased() {
        Block block = Block.columns(3, HEADER, List.of());
        block.release();

        assertThatIllegalStateException()
                .isThrownBy(block::buffers)
                .withMessage("block of 3 rows is used after its last release");
        assertThatIllegalStateException()
                .isThrownBy(block::retain)
                .withMessage("block of 3 rows is retained after its last release");
        assertThatIllegalStateException()
                .isThrownBy(block::release)
                .withMessage("block of 3 rows is released more often than retained");
        assertThat(block.references()).isZero();
    }

    @Test
    void cutsDivideTheRowsIntoSlices() {
        Block block = Block.partitioned(100, HEADER, List.of(), new long[] {0, 40, 40, 100});

        assertThat(block.sliceCount()).isEqualTo(3);
        assertThat(new long[] {block.sliceStart(0), block.sliceEnd(0)}).containsExactly(0, 40);
        assertThat(new long[] {block.sliceStart(1), block.sliceEnd(1)}).containsExactly(40, 40);
        assertThat(new long[] {block.sliceStart(2), block.sliceEnd(2)}).containsExactly(40, 100);
        assertThat(new long[] {block.sliceStart(Block.WHOLE), block.sliceEnd(Block.WHOLE)}).containsExactly(0, 100);
    }

    @Test
    void aBlockWithoutCutsIsOneSlice() {
        Block block = Block.columns(5, HEADER, List.of());

        assertThat(block.sliceCount()).isOne();
        assertThat(new long[] {block.sliceStart(0), block.sliceEnd(0)}).containsExactly(0, 5);
        assertThat(new long[] {block.sliceStart(Block.WHOLE), block.sliceEnd(Block.WHOLE)}).containsExactly(0, 5);
        assertThat(block.cuts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-2, 1, 2})
    void aSliceThatDoesNotExistIsRefused(int slice) {
        for (long[] cuts : new long[][] {{}, {0, 5}}) {
            Block block = Block.partitioned(5, HEADER, List.of(), cuts);
            assertThatThrownBy(() -> block.sliceStart(slice)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> block.sliceEnd(slice)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void cutsThatDoNotDivideTheRowsAreRefused() {
        for (long[] cuts : new long[][] {{0}, {1, 10}, {0, 9}, {0, 11}, {0, 7, 3, 10}, {0, -1, 10}}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Block.partitioned(10, HEADER, List.of(), cuts))
                    .withMessage("cuts must ascend from 0 to the row count 10");
        }
    }

    @Test
    void negativeSizesAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Block.columns(-1, HEADER, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> Block.object("x", -1, List.of()));
    }

    @Test
    void aRefusedBlockRetainsNothing() {
        Buffer alive = task.allocate(8);
        Buffer dead = task.allocate(8);
        task.free(dead);

        assertThatIllegalStateException().isThrownBy(() -> Block.columns(1, HEADER, List.of(alive, dead)));
        assertThat(alive.references()).isOne();
    }

    @Test
    void anObjectBlockCarriesItsValueAndTheBuffersItLivesOn() {
        Block block = Block.object("model", 1_000, List.of(task.allocate(8)));
        task.close();

        assertThat(block.kind()).isEqualTo(Block.Kind.OBJECT);
        assertThat(block.value(String.class)).isEqualTo("model");
        assertThat(block.byteSize()).isEqualTo(1_000);
        assertThat(block).hasToString("Block[String, ~1000 bytes]");
        assertThatThrownBy(() -> block.value(Integer.class)).isInstanceOf(ClassCastException.class);
        block.release();
        assertThatIllegalStateException().isThrownBy(() -> block.value(String.class));
    }

    @Test
    void aValueBlockMayStandForRowsInSlices() {
        Block block = Block.value(List.of("a", "b", "c"), 200, 3, 0, 1, 3);

        assertThat(block.kind()).isEqualTo(Block.Kind.VALUE);
        assertThat(block.value()).isEqualTo(List.of("a", "b", "c"));
        assertThat(block.rowCount()).isEqualTo(3);
        assertThat(new long[] {block.sliceStart(1), block.sliceEnd(1)}).containsExactly(1, 3);
        assertThat(Block.value(null, 0).rowCount()).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> Block.value("x", 0, 3, 0, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> Block.value("x", 0, -1));
    }

    @Test
    void aBlockOfColumnsHasNoValue() {
        Block block = Block.columns(5, HEADER, List.of());
        assertThatIllegalStateException()
                .isThrownBy(() -> block.value(String.class))
                .withMessage("block of 5 rows has columns, not a java.lang.String");
    }
}
