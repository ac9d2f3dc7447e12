package io.lazuli.scheduler.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class AttentiveTimeTest {
    private static final long LONG_NANOS = AttentiveTime.LONGEST_STEP_NANOS;

    private long nowNanos;

    /// Clocks may begin anywhere, and pass the largest number.
    @Property
    void passesAsTheClockDoes_butNoFurtherAtOnce(
            @ForAll long start, @ForAll List<@LongRange(min = 0, max = 100_000_000_000L) Long> steps) {
        nowNanos = start;
        AttentiveTime time = new AttentiveTime(() -> nowNanos);
        long passed = time.nanos();
        for (long step : steps) {
            nowNanos += step;
            long next = time.nanos();
            assertThat(next - passed).isEqualTo(Math.min(step, LONG_NANOS));
            passed = next;
        }
    }

    @Property
    void whoAsksOften_missesNothing(@ForAll @LongRange(min = 1, max = 1_000) long stepMillis) {
        AttentiveTime time = new AttentiveTime(() -> nowNanos);
        long begin = time.nanos();
        for (int i = 0; i < 100; i++) {
            nowNanos += TimeUnit.MILLISECONDS.toNanos(stepMillis);
            time.nanos();
        }
        assertThat(time.nanos() - begin).isEqualTo(TimeUnit.MILLISECONDS.toNanos(100 * stepMillis));
    }
}
