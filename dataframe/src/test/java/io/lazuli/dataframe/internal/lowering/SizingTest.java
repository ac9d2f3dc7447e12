package io.lazuli.dataframe.internal.lowering;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizingTest {
    private static final long MIB = 1 << 20;

    @ParameterizedTest
    @CsvSource({"0, 32, 1", "1, 32, 1", "1.5, 32, 2", "3, 32, 4", "4, 32, 4", "5, 32, 8", "31, 32, 32", "32, 32, 32",
        "1e9, 32, 32", "1e300, 64, 64", "9, 1, 1"})
    void slicesAreAPowerOfTwoOfThoseThatAreThere(double mib, int most, int expected) {
        assertThat(Sizing.DEFAULT.sliceCount(mib * MIB, most)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 8, 1", "0.5, 8, 1", "2.5, 8, 3", "100, 8, 8", "512, 8, 8", "513, 8, 9", "6400, 8, 100",
        "1e12, 8, 1024"})
    void rangesAreAsManyAsRunsUnlessTheseAreTinyOrHuge(double mib, int runs, int expected) {
        assertThat(Sizing.DEFAULT.rangeCount(mib * MIB, runs)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 32, true", "128, 32, true", "129, 32, false", "4, 1, true"})
    void whatIsThoughtToBePlentyForItsTasksIsNotAskedFor(double mib, int tasks, boolean isAsked) {
        assertThat(Sizing.DEFAULT.isWorthAsking(mib * MIB, tasks)).isEqualTo(isAsked);
    }
}
