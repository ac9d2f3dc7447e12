package io.lazuli.dataframe.internal.operator.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SketchesTest {
    private static final int SETS = 100;

    private static long estimate(SplittableRandom random, int count) {
        MemorySegment registers = MemorySegment.ofArray(new byte[Sketches.MOST_BYTES]);
        for (int i = 0; i < count; i++) {
            Sketches.addToRegisters(registers, 0, Sketches.entry(random.nextLong()));
        }
        return Sketches.estimate(registers, 0, Sketches.MOST_BYTES, Sketches.newRankCounts());
    }

    /// The root of the mean of squares over many sets, as a share of the count; and the mean, which shows a bias.
    @ParameterizedTest
    @ValueSource(ints = {100, 1_000, 4_000, 10_000, 20_000, 100_000, 300_000})
    void standardErrorIsAsPromised_withoutBias(int count) {
        SplittableRandom random = new SplittableRandom(count);
        double squares = 0;
        double sum = 0;
        for (int set = 0; set < SETS; set++) {
            double error = estimate(random, count) / (double) count - 1;
            squares += error * error;
            sum += error;
        }
        assertThat(Math.sqrt(squares / SETS)).isLessThan(1.2 * 0.0163);
        assertThat(Math.abs(sum / SETS)).isLessThan(4 * 0.0163 / Math.sqrt(SETS));
    }

    @Test
    void nothingIsNone_andAFewAreCounted() {
        assertThat(estimate(new SplittableRandom(1), 0)).isZero();
        for (int count = 1; count <= 20; count++) {
            assertThat(estimate(new SplittableRandom(count), count)).isBetween(count - 1L, (long) count);
        }
    }

    @Test
    void entriesOfExtremeHashesFitTheirRegisters() {
        assertThat(Sketches.entry(0)).isEqualTo(53);
        assertThat(Sketches.entry(-1L)).isEqualTo(4095 << 6 | 1);
        assertThat(Sketches.entry(1L << 51)).isEqualTo(1);
    }
}
