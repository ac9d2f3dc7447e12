package io.lazuli.ml.internal.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NormalQuantileTest {
    /// What scipy.stats.norm.ppf says.
    private static final double[][] KNOWN = {
        {1e-300, -37.0470962993612}, {1e-20, -9.262340089798409}, {1e-7, -5.1993375821928165},
        {0.01, -2.3263478740408408}, {0.07499, -1.4396021182393162}, {0.3, -0.5244005127080409}, {0.5, 0},
        {0.975, 1.959963984540054}, {1 - 1e-9, 5.997807019601637}};

    @Test
    void quantiles_areThoseOfTables() {
        for (double[] known : KNOWN) {
            assertThat(NormalQuantile.of(known[0])).isCloseTo(known[1],
                    within(1e-13 * Math.max(1, Math.abs(known[1]))));
        }
        assertThat(NormalQuantile.of(0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(NormalQuantile.of(1)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(NormalQuantile.of(1.5)).isNaN();
    }
}
