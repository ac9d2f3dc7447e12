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

    /// A late retain must not raise the count even for a moment: another would take that for life and free the memory again.
    @Test
    @Timeout(30)
    void lateRetainsFromManyThreadsNeverBringABufferBackToLife() throws Exception {
        buffer.release();
        AtomicInteger revived = new AtomicInteger();
        inFourThreads(() -> {
            for (int i = 0; i < 100_000; i++) {
                useIfAlive(buffer, revived);
            }
        });
        assertThat(revived).hasValue(0);
        assertThat(freed).hasValue(1);
        assertThat(buffer.references()).isZero();
    }

    @Test
    @Timeout(30)
    void retainsAndReleasesFromManyThreadsBalance() throws Exception {
        AtomicInteger used = new AtomicInteger();
        inFourThreads(() -> {
            for (int i = 0; i < 100_000; i++) {
                useIfAlive(buffer, used);
            }
        });
        assertThat(used).hasValue(400_000);
        assertThat(buffer.references()).isOne();
        assertThat(freed).hasValue(0);
    }

    private static void useIfAlive(Buffer shared, AtomicInteger used) {
        try {
            shared.retain();
        } catch (IllegalStateException late) {
            return;
        }
        used.incrementAndGet();
        shared.release();
    }

    private static void inFourThreads(Runnable work) throws InterruptedException {
        CyclicBarrier start = new CyclicBarrier(4);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            threads.add(Thread.ofPlatform().start(() -> {
                await(start);
                work.run();
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
