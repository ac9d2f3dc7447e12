package io.lazuli.ml.internal.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class ExponentialsTest {
    private static double exp(double value) {
        double[] values = {value, 17};
        new Exponentials().exp(values, 1);
        assertThat(values[1]).isEqualTo(17);
        return values[0];
    }

    private static double log1p(double value) {
        double[] values = {value, 17};
        Exponentials.log1p(values, 1);
        assertThat(values[1]).isEqualTo(17);
        return values[0];
    }

    private static void assertNear(double actual, double expected) {
        assertThat(actual).isCloseTo(expected, within(2 * Math.ulp(expected)));
    }

    @Property
    void exponentials_areTwoUnitsInTheLastPlaceOffAtMost(
            @ForAll @DoubleRange(min = Exponentials.LEAST, max = Exponentials.GREATEST) double value) {
        assertNear(exp(value), StrictMath.exp(value));
    }

    @Property
    void logarithms_areTwoUnitsInTheLastPlaceOffAtMost(@ForAll @DoubleRange(min = 0, max = 1) double value) {
        assertNear(log1p(value), StrictMath.log1p(value));
    }

    @Test
    void manyOfAllSizes_areNear() {
        double[] values = IntStream.range(0, 1_000_000).mapToDouble(i -> -708 + i * 1416e-6).toArray();
        double[] found = values.clone();
        new Exponentials().exp(found, found.length);
        for (int i = 0; i < values.length; i++) {
            double expected = StrictMath.exp(values[i]);
            if (Math.abs(found[i] - expected) > 2 * Math.ulp(expected)) {
                assertNear(found[i], expected);
            }
        }
    }

    @Test
    void logarithmsOfSmallNumbers_haveAllDigits() {
        DoubleStream.of(0, 1e-300, 1e-20, 1e-8, 1e-3, 0.5, 1).forEach(x -> assertNear(log1p(x), StrictMath.log1p(x)));
    }

    @Test
    void theEnds_areReached() {
        assertThat(exp(0)).isEqualTo(1);
        assertThat(exp(Double.NEGATIVE_INFINITY)).isBetween(0.0, 1e-300);
        assertThat(exp(-1e300)).isBetween(0.0, 1e-300);
        assertThat(exp(1e300)).isGreaterThan(1e307);
        assertThat(exp(Double.NaN)).isNaN();
    }
}
