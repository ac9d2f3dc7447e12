package io.lazuli.graph.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReservationTest {
    private static final long LIMIT = 1 << 20;

    private final MemoryAccountant accountant = MemoryAccountant.create(LIMIT);
    private final Reservation task = accountant.reserve("scan:3", 4096);

    @AfterEach
    void nothingIsLeft() {
        task.close();
        assertThat(accountant.reservedBytes()).isZero();
        accountant.close();
    }

    @Test
    void growingAndShrinkingMoveTheHeadroomAndTheAccountTogether() {
        assertThat(task.owner()).isEqualTo("scan:3");
        assertThat(task.tryGrow(1000)).isTrue();
        assertThat(task.headroomBytes()).isEqualTo(5096);
        assertThat(accountant.reservedBytes()).isEqualTo(5096);
        task.shrink(96);
        assertThat(task.headroomBytes()).isEqualTo(5000);
        assertThat(accountant.reservedBytes()).isEqualTo(5000);
    }

    @Test
    void aRefusedGrowthLeavesEverythingAsItWas() {
        assertThat(task.tryGrow(LIMIT - 4095)).isFalse();
        assertThat(task.tryGrow(Long.MAX_VALUE)).isFalse();
        assertThat(task.tryAllocate(LIMIT + 1)).isEmpty();
        assertThat(task.tryAllocate(Long.MAX_VALUE)).isEmpty();

        assertThat(task.headroomBytes()).isEqualTo(4096);
        assertThat(accountant.reservedBytes()).isEqualTo(4096);
        assertThat(accountant.liveBufferCount()).isZero();
    }

    @Test
    void aReservationRemembersThatItWasRefused() {
        assertThat(task.tryGrow(100)).isTrue();
        assertThat(task.wasRefused()).isFalse();
        assertThat(task.tryAllocate(2 * LIMIT)).isEmpty();
        assertThat(task.wasRefused()).isTrue();
    }

    @Test
    void whatNobodyElseUsesBecomesHeadroom() {
        Buffer litter = task.allocate(1024);
        Buffer kept = task.allocate(1024);
        Block block = Block.columns(1, new byte[0], List.of(kept));
        task.recycle();
        assertThat(litter.references()).isZero();
        assertThat(kept.references()).isEqualTo(2);
        assertThat(task.headroomBytes()).isEqualTo(3072);
        assertThat(accountant.reservedBytes()).isEqualTo(4096);
        block.release();
        task.recycle();
        assertThat(kept.references()).isZero();
        assertThat(task.headroomBytes()).isEqualTo(4096);
    }

    @Test
    void allocationUsesTheHeadroomBeforeItAsksForMore() {
        Buffer first = task.allocate(4096);
        assertThat(accountant.reservedBytes()).isEqualTo(4096);
        assertThat(task.headroomBytes()).isZero();

        task.allocate(64);
        assertThat(accountant.reservedBytes()).isEqualTo(4160);
        assertThat(first.segment().address() % BufferPool.ALIGNMENT).isZero();
    }

    @Test
    void anEmptyBufferCanBeAllocated() {
        assertThat(task.allocate(0).byteSize()).isZero();
    }

    @Test
    void allocationBeyondTheLimitIsAResourceErrorThatSaysWhatToDo() {
        assertThatThrownBy(() -> task.allocate(2 * LIMIT))
                .isInstanceOfSatisfying(
                        LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE))
                .hasMessage(
                        "Out of memory: scan:3 needs 2,093,056 more bytes, but 4,096 of the limit of 1,048,576 are in use"
                                + " and nothing more can be spilled. Raise the memory limit, or use more partitions.");
    }

    @Test
    void negativeSizesAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> task.tryGrow(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> task.shrink(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> task.tryAllocate(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> accountant.reserve("x", -1));
        assertThat(accountant.reservedBytes()).isEqualTo(4096);
    }

    @Test
    void moreThanTheHeadroomCannotBeReturned() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> task.shrink(4097))
                .withMessage("cannot shrink scan:3 by 4097, headroom is 4096");
    }

    @Test
    void closingReleasesEveryBufferAndTheHeadroom() {
        Buffer buffer = task.allocate(100);
        task.close();

        assertThat(buffer.references()).isZero();
        assertThat(accountant.reservedBytes()).isZero();
        assertThat(accountant.liveBufferCount()).isZero();
    }

    @Test
    void closingTwiceIsClosingOnce() {
        task.close();
        task.close();
        assertThat(accountant.reservedBytes()).isZero();
    }

    @Test
    void aClosedReservationGivesNothing() {
        task.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> task.tryAllocate(1))
                .withMessage("reservation of scan:3 is used after it was closed");
        assertThatIllegalStateException().isThrownBy(() -> task.tryGrow(1));
        assertThatIllegalStateException().isThrownBy(() -> task.shrink(0));
    }

    @Test
    void whatABlockRetainsOutlivesTheReservation() {
        Block result = Block.columns(1, new byte[0], List.of(task.allocate(100)));
        task.close();
        assertThat(accountant.reservedBytes()).isEqualTo(128);
        result.release();
        assertThat(accountant.reservedBytes()).isZero();
    }

    @Test
    void aBufferFreedEarlyGivesItsBytesBackAtOnce() {
        Buffer buffer = task.allocate(100);
        task.free(buffer);

        assertThat(accountant.liveBufferCount()).isZero();
        assertThat(accountant.reservedBytes()).isEqualTo(4096 - 128);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> task.free(buffer))
                .withMessage("buffer of 100 bytes does not belong to scan:3");
    }

    @Test
    void aBufferOfAnotherReservationCannotBeFreed() {
        try (Reservation other = accountant.reserve("other", 0)) {
            Buffer buffer = other.allocate(8);
            assertThatIllegalArgumentException().isThrownBy(() -> task.free(buffer));
            assertThat(buffer.references()).isOne();
        }
    }

    /// A task that releases what is not its own must not make the engine leak the rest.
    @Test
    void aBufferReleasedBySomeoneElseIsReportedAndTheRestIsGivenBack() {
        task.allocate(8).release();
        Buffer other = task.allocate(8);

        assertThatIllegalStateException()
                .isThrownBy(task::close)
                .withMessage("a buffer of scan:3 was released by someone else");
        assertThat(other.references()).isZero();
        assertThat(accountant.reservedBytes()).isZero();
    }
}
