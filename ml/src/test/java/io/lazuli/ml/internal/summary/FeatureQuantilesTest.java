package io.lazuli.ml.internal.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lazuli.ml.ArrayRows;
import io.lazuli.ml.fit.Classes;
import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Fit.Step;
import io.lazuli.ml.fit.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// Quantiles against those of all rows in order.
class FeatureQuantilesTest {
    /// Values by kind: each is hard in its own way for buckets that are found by bits.
    private static double[] values(int kind, int count, Random random) {
        return IntStream.range(0, count).mapToDouble(_ -> switch (kind) {
            case 0 -> random.nextGaussian();
            case 1 -> random.nextInt(50) - 25;
            case 2 -> 1e9 + random.nextDouble() * 1e-3;
            case 3 -> Math.exp(random.nextGaussian() * 100) * (random.nextBoolean() ? 1 : -1);
            case 4 -> random.nextInt(10) == 0 ? random.nextGaussian() : 3.5;
            case 5 -> random.nextInt(3) == 0 ? Double.NaN : random.nextDouble();
            default -> random.nextBoolean() ? -0.0 : Double.MIN_VALUE * random.nextInt(5);
        }).toArray();
    }

    private static final int KINDS = 7;

    @Property(tries = 25)
    void quantiles_areThoseOfSortedRows(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 40_000) int count,
            @ForAll @IntRange(min = 1, max = 5) int parts) {
        Random random = new Random(seed);
        double[][] features = IntStream.range(0, KINDS)
                .mapToObj(kind -> values(kind, count, random))
                .toArray(double[][]::new);
        double[] weights = new double[count];
        Arrays.setAll(weights, _ -> seed % 2 == 0 ? 1 : random.nextInt(3));
        weights[0] = 1;
        ArrayRows rows = ArrayRows.of(features, weights);
        for (Wanted wanted : List.of(new Wanted.These(List.of(0.0, 0.25, 0.5, 0.9, 1.0)), new Wanted.Evenly(300))) {
            FeatureQuantiles.Result result = fit(new FeatureQuantiles(wanted), rows, parts);
            for (int j = 0; j < KINDS; j++) {
                assertQuantiles(result, j, sorted(features[j], weights));
            }
        }
    }

    private static void assertQuantiles(FeatureQuantiles.Result result, int feature, double[] sorted) {
        double[] quantiles = result.quantiles().get(feature);
        for (int i = 0; i < quantiles.length; i++) {
            if (sorted.length == 0) {
                assertThat(quantiles[i]).isNaN();
                continue;
            }
            double place = (sorted.length - 1) * result.shares()[i];
            double left = sorted[(int) place];
            double right = sorted[Math.min(sorted.length - 1, (int) place + 1)];
            double expected = left + (right - left) * (place - (int) place);
            assertThat(quantiles[i])
                    .as("feature %d, share %s of %d", feature, result.shares()[i], sorted.length)
                    .isCloseTo(expected, within(Double.MIN_VALUE + 1e-13 * Math.max(Math.abs(left), Math.abs(right))));
        }
    }

    private static double[] sorted(double[] values, double[] weights) {
        return IntStream.range(0, values.length)
                .filter(row -> !Double.isNaN(values[row]))
                .flatMap(row -> IntStream.range(0, (int) weights[row]).map(_ -> row))
                .mapToDouble(row -> values[row] + 0.0)
                .sorted()
                .toArray();
    }

    private static FeatureQuantiles.Result fit(FeatureQuantiles fit, ArrayRows rows, int parts) {
        return fit(fit, rows, parts, 20);
    }

    private static FeatureQuantiles.Result fit(FeatureQuantiles fit, ArrayRows rows, int parts, int mostPasses) {
        Features features = Features.numbers(IntStream.range(0, rows.featureCount()).mapToObj(j -> "f" + j).toList());
        FeatureQuantiles.State state = fit.start(new Shape(features, Classes.NONE));
        for (int pass = 0; pass < mostPasses; pass++) {
            FeatureQuantiles.State known = state;
            FeatureQuantiles.Sum sum = IntStream.range(0, parts)
                    .mapToObj(part -> rows.slice(part(rows, part, parts), part(rows, part + 1, parts)))
                    .map(slice -> fit.pass(known, slice))
                    .reduce(fit::merge)
                    .orElseThrow();
            switch (fit.next(state, sum)) {
                case Step.Done<FeatureQuantiles.State, FeatureQuantiles.Result> done -> {
                    return done.model();
                }
                case Step.Again<FeatureQuantiles.State, FeatureQuantiles.Result> again -> state = again.state();
            }
        }
        throw new AssertionError("not found in %d passes".formatted(mostPasses));
    }

    private static int part(ArrayRows rows, int part, int parts) {
        return (int) ((long) rows.count() * part / parts);
    }

    @Test
    void passes_areFew() {
        Random random = new Random(1);
        double[] ones = new double[1_000_000];
        Arrays.fill(ones, 1);
        ArrayRows few = ArrayRows.of(new double[][] {values(0, 8_000, random), values(1, 8_000, random)},
                Arrays.copyOf(ones, 8_000));
        assertThat(fit(new FeatureQuantiles(new Wanted.Evenly(1000)), few, 2, 1).shares()).hasSize(1000);
        ArrayRows many =
                ArrayRows.of(new double[][] {values(0, 1_000_000, random), values(1, 1_000_000, random)}, ones);
        assertThat(fit(new FeatureQuantiles(new Wanted.These(List.of(0.5))), many, 3, 3).quantiles()).hasSize(2);
        assertThat(fit(new FeatureQuantiles(new Wanted.Evenly(1000)), many, 3, 6).quantiles()).hasSize(2);
    }
}
