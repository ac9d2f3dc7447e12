package io.lazuli.dataframe.internal.operator.aggregate;

import java.util.Random;

/// Doubles that aggregates get wrong, among plain ones, of which many are equal.
final class SpecialValues {
    private SpecialValues() {}

    static double number(Random random) {
        return switch (random.nextInt(40)) {
            case 0 -> Double.NaN;
            case 1 -> Double.POSITIVE_INFINITY;
            case 2 -> Double.NEGATIVE_INFINITY;
            case 3 -> -0.0;
            case 4 -> 0.0;
            case 5 -> Double.MIN_VALUE;
            default -> random.nextInt(200) - 100;
        };
    }
}
