package io.lazuli.graph.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BufferTest {
    private final AtomicInteger freed = new AtomicInteger();
    private final Buffer buffer = Buffer.ofForeign(MemorySegment.ofArray(new long[8]), freed::incrementAndGet);

    @Test
    void aBufferIsBornWithOneReferenceAndItsLastReleaseFreesTheMemory() {
        assertThat(buffer.references()).isOne();
        assertThat(buffer.retain()).isSameAs(buffer);

        buffer.release();
        assertThat(freed).hasValue(0);
        buffer.release();
        assertThat(freed).hasValue(1);
    }

    @Test
    void aReleasedBufferDoesNotShowItsSegment() {
        buffer.release();
        assertThatIllegalStateException()
                .isThrownBy(buffer::segment)
                .withMessage("buffer of 64 bytes is used after its last release");
    }

    @Test
    void aReleasedBufferCannotBeReleasedOrRetainedAgain() {
        buffer.release();
        for (int i = 0; i < 3; i++) {
            assertThatIllegalStateException()
                    .isThrownBy(buffer::release)
                    .withMessage("buffer of 64 bytes is released more often than retained");
            assertThatIllegalStateException()
                    .isThrownBy(buffer::retain)
                    .withMessage("buffer of 64 bytes is retained after its last release");
        }
        assertThat(freed).hasValue(1);
        assertThat(buffer.references()).isZero();
    }

    @Test
    void aSliceSharesTheCountAndTheMemory() {
        Buffer slice = buffer.slice(8, 16);
        buffer.segment().setAtIndex(ValueLayout.JAVA_LONG, 1, 42);

        assertThat(slice.byteSize()).isEqualTo(16);
        assertThat(slice.segment().get(ValueLayout.JAVA_LONG, 0)).isEqualTo(42);
        assertThat(slice.references()).isOne();
        slice.retain();
        assertThat(buffer.references()).isEqualTo(2);

        buffer.release();
        assertThat(slice.segment().byteSize()).isEqualTo(16);
        slice.release();
        assertThat(freed).hasValue(1);
        assertThatIllegalStateException().isThrownBy(slice::segment);
    }

    @Test
    void aSliceOutOfBoundsIsRefused() {
        assertThatThrownBy(() -> buffer.slice(60, 8)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> buffer.slice(0, -1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(buffer.references()).isOne();
    }

    /// A retain that comes too late must fail without opening the door for a second free.
    @Test
    @Timeout(30)
    void lateRetainsAndReleasesFromManyThreadsFreeTheMemoryOnce() throws Exception {
        int threads = 4;
        for (int round = 0; round < 500; round++) {
            AtomicInteger frees = new AtomicInteger();
            Buffer shared = Buffer.ofForeign(MemorySegment.ofArray(new byte[1]), frees::incrementAndGet);
            CyclicBarrier start = new CyclicBarrier(threads);
            AtomicInteger retained = new AtomicInteger();
            List<Thread> workers = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                boolean owner = t == 0;
                workers.add(Thread.ofPlatform().start(() -> {
                    await(start);
                    if (owner) {
                        shared.release();
                    } else {
                        useIfAlive(shared, retained);
                    }
                }));
            }
            for (Thread worker : workers) {
                worker.join();
            }
            assertThat(frees).as("round %d", round).hasValue(1);
            assertThat(shared.references()).isZero();
        }
    }

    private static void useIfAlive(Buffer shared, AtomicInteger retained) {
        try {
            shared.retain();
        } catch (IllegalStateException late) {
            return;
        }
        retained.incrementAndGet();
        shared.release();
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
