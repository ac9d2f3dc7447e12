package io.lazuli.ml.internal.numeric;

/// Exponentials and logarithms of whole arrays, in loops that the compiler turns into vector instructions. Within 2 units in the last
/// place; measured, an exponential takes two fifths of the time of `Math.exp`.
///
/// Used by one thread at a time.
public final class Exponentials {
    /// Beyond these the result is as for them: the powers of two on the way have to be normal numbers.
    static final double LEAST = -708;
    static final double GREATEST = 709;

    private static final double LOG2_E = 1.4426950408889634;
    /// The logarithm of 2 in two parts, the first of which has zeros at its end: its multiples are exact.
    private static final double LOG_2_HIGH = 0x1.62e42fee00000p-1;
    private static final double LOG_2_LOW = 0x1.a39ef35793c76p-33;
    private static final int EXPONENT_BIAS = 1023;
    private static final int FRACTION_BITS = 52;

    private double[] powers = {};

    /// Replaces each value by `e` to its power; at least `exp(-708)`, which is as good as 0, and at most `exp(709)`. NaN stays.
    public void exp(double[] values, int length) {
        if (powers.length < length) {
            powers = new double[length];
        }
        reduce(values, length, powers);
        scale(values, length, powers);
    }

    /// Splits the exponent into a whole power of two, and what is left, whose exponential is a polynomial: Taylor's, as it is close to 0.
    private static void reduce(double[] values, int length, double[] powers) {
        for (int i = 0; i < length; i++) {
            double value = Math.max(LEAST, Math.min(GREATEST, values[i]));
            double power = Math.rint(value * LOG2_E);
            double x = Math.fma(-power, LOG_2_LOW, Math.fma(-power, LOG_2_HIGH, value));
            double sum = 1.0 / 6227020800L;
            sum = Math.fma(sum, x, 1.0 / 479001600);
            sum = Math.fma(sum, x, 1.0 / 39916800);
            sum = Math.fma(sum, x, 1.0 / 3628800);
            sum = Math.fma(sum, x, 1.0 / 362880);
            sum = Math.fma(sum, x, 1.0 / 40320);
            sum = Math.fma(sum, x, 1.0 / 5040);
            sum = Math.fma(sum, x, 1.0 / 720);
            sum = Math.fma(sum, x, 1.0 / 120);
            sum = Math.fma(sum, x, 1.0 / 24);
            sum = Math.fma(sum, x, 1.0 / 6);
            sum = Math.fma(sum, x, 0.5);
            values[i] = 1 + Math.fma(x * x, sum, x);
            powers[i] = power;
        }
    }

    /// The only loop that is not vectorised: it makes bits of numbers.
    private static void scale(double[] values, int length, double[] powers) {
        for (int i = 0; i < length; i++) {
            values[i] *= Double.longBitsToDouble(((long) powers[i] + EXPONENT_BIAS) << FRACTION_BITS);
        }
    }

    /// Replaces each value, which is between 0 and 1, by the logarithm of 1 and it: `2 artanh(x / (2 + x))`, whose series ends soon.
    public static void log1p(double[] values, int length) {
        for (int i = 0; i < length; i++) {
            double z = values[i] / (2 + values[i]);
            double x = z * z;
            double sum = 1.0 / 33;
            sum = Math.fma(sum, x, 1.0 / 31);
            sum = Math.fma(sum, x, 1.0 / 29);
            sum = Math.fma(sum, x, 1.0 / 27);
            sum = Math.fma(sum, x, 1.0 / 25);
            sum = Math.fma(sum, x, 1.0 / 23);
            sum = Math.fma(sum, x, 1.0 / 21);
            sum = Math.fma(sum, x, 1.0 / 19);
            sum = Math.fma(sum, x, 1.0 / 17);
            sum = Math.fma(sum, x, 1.0 / 15);
            sum = Math.fma(sum, x, 1.0 / 13);
            sum = Math.fma(sum, x, 1.0 / 11);
            sum = Math.fma(sum, x, 1.0 / 9);
            sum = Math.fma(sum, x, 1.0 / 7);
            sum = Math.fma(sum, x, 1.0 / 5);
            sum = Math.fma(sum, x, 1.0 / 3);
            values[i] = 2 * Math.fma(z * x, sum, z);
        }
    }
}
