package io.lazuli.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/// What it costs the cores of a task that somebody hears what happens: 20 pairs of measurements that take turns job by job, with
/// events handed over in blocks and without, for each shape. A program of its own, because what is looked for is smaller than the difference
/// between two runs of a JVM.
///
/// ```
/// FAN_IN: 172 ns, heard 170 ns, ratio 0.991 (median of 20 pairs, 0.960 to 1.020)
/// ```
public final class SubscriberCost {
    private static final int PAIRS = 20;
    private static final int WARM_UP = 20;
    private static final int JOBS = 20;

    private SubscriberCost() {}

    public static void main(String[] shapes) {
        for (Shape shape : shapes.length == 0
                ? Shape.values()
                : Arrays.stream(shapes).map(Shape::valueOf).toArray(Shape[]::new)) {
            measure(shape);
        }
    }

    private static void measure(Shape shape) {
        CorePair plain = new CorePair(CoreSetting.plan(shape), false);
        CorePair heard = new CorePair(CoreSetting.plan(shape), true);
        double[] without = new double[PAIRS];
        double[] with = new double[PAIRS];
        double[] ratios = new double[PAIRS];
        for (int pair = -WARM_UP; pair < PAIRS; pair++) {
            long plainNanos = 0;
            long heardNanos = 0;
            for (int job = 0; job < JOBS; job++) {
                plainNanos += nanos(plain);
                heardNanos += nanos(heard);
            }
            if (pair >= 0) {
                without[pair] = plainNanos / ((double) JOBS * Shape.TASKS);
                with[pair] = heardNanos / ((double) JOBS * Shape.TASKS);
                ratios[pair] = with[pair] / without[pair];
            }
        }
        Arrays.sort(ratios);
        System.out.println(String.format(
                Locale.ROOT, "%s: %.0f ns, heard %.0f ns, ratio %.3f (median of %d pairs, %.3f to %.3f)", shape,
                median(without), median(with), median(ratios), PAIRS, ratios[0], ratios[PAIRS - 1]));
    }

    private static long nanos(CorePair pair) {
        long start = System.nanoTime();
        if (pair.run() == 0) {
            throw new IllegalStateException("nothing ran");
        }
        return System.nanoTime() - start;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
