package io.lazuli.scheduler.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class SessionPropertyTest {
    private static final int STEP = 10;

    @Property(tries = 300)
    void everyMessage_arrivesOnceAndInOrder_inBothDirections(
            @ForAll long seed,
            @ForAll @DoubleRange(min = 0, max = 0.9) double loss,
            @ForAll @DoubleRange(min = 0, max = 1) double duplication,
            @ForAll @IntRange(min = 0, max = 2000) int longestDelay,
            @ForAll @IntRange(min = 1, max = 40) int window,
            @ForAll @IntRange(min = 1, max = 40) int batch) {
        SessionOptions options = new SessionOptions(window, batch, 100, 1000, 500);
        LossyLink link = new LossyLink(seed, options, loss, duplication, longestDelay);
        Random random = new Random(seed);
        int count = 200;
        int fromLeft = 0;
        int fromRight = 0;
        for (int step = 0; step < 1_000_000 && (link.heardLeft.size() < count || link.heardRight.size() < count
                || link.left.unacknowledgedCount() + link.right.unacknowledgedCount() > 0); step++) {
            while (fromLeft < count && link.left.hasRoom() && random.nextInt(4) > 0) {
                link.left.send(fromLeft++);
            }
            while (fromRight < count && link.right.hasRoom() && random.nextInt(4) > 0) {
                link.right.send(fromRight++);
            }
            link.pass(STEP);
        }
        List<Integer> all = IntStream.range(0, count).boxed().toList();
        assertThat(link.heardRight).isEqualTo(all);
        assertThat(link.heardLeft).isEqualTo(all);
        assertThat(link.left.unacknowledgedCount()).isZero();
        assertThat(link.right.unacknowledgedCount()).isZero();
    }

    /// How often an end wants to be called, and how much it sends, is bounded: also while nobody answers.
    @Property(tries = 100)
    void silentPeer_isNotFlooded(@ForAll long seed, @ForAll @IntRange(min = 1, max = 100) int window) {
        SessionOptions options = new SessionOptions(window, 10, 100, 1000, 500);
        LossyLink link = new LossyLink(seed, options, 1.0, 0, 0);
        while (link.left.hasRoom()) {
            link.left.send(1);
        }
        link.pass(0);
        long first = link.packetCount;
        for (int step = 0; step < 1000; step++) {
            link.pass(STEP);
        }
        assertThat(link.packetCount - first).isLessThan(50);
    }

    @Property(tries = 50)
    void perfectNetwork_sendsNothingTwice(@ForAll @IntRange(min = 1, max = 64) int batch) {
        LossyLink link = new LossyLink(1, new SessionOptions(64, batch, 100, 1000, 1_000_000), 0, 0, 0);
        for (int n = 0; n < 64; n++) {
            link.left.send(n);
        }
        for (int step = 0; step < 100; step++) {
            link.pass(STEP);
        }
        assertThat(link.heardRight).hasSize(64);
        assertThat(link.packetCount).isEqualTo(Math.ceilDiv(64, batch) + 2);
    }
}
