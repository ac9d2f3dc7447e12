package io.lazuli.ml;

import io.lazuli.ml.internal.MlErrors;
import java.util.List;
import java.util.random.RandomGenerator;

/// What a random search draws values of a parameter from.
///
/// @param <V> the values
@FunctionalInterface
public interface Distribution<V> {
    V draw(RandomGenerator random);

    /// Numbers from `low` up to `high`, all as likely.
    static Distribution<Double> uniform(double low, double high) {
        checkRange(low, high);
        return random -> random.nextDouble(low, high);
    }

    /// Numbers from `low` up to `high`, whose logarithms are all as likely.
    static Distribution<Double> logUniform(double low, double high) {
        checkRange(low, high);
        if (!(low > 0)) {
            throw MlErrors.badParameter("the low end of logUniform", low, "above 0");
        }
        return random -> Math.exp(random.nextDouble(Math.log(low), Math.log(high)));
    }

    /// Whole numbers from `low` to `high`, both included, all as likely.
    static Distribution<Integer> integers(int low, int high) {
        if (high < low) {
            throw MlErrors.badParameter("the high end of integers", high, "at least " + low);
        }
        return random -> (int) random.nextLong(low, high + 1L);
    }

    /// One of some values, all as likely.
    @SafeVarargs
    static <V> Distribution<V> choice(V... values) {
        List<V> all = List.of(values);
        if (all.isEmpty()) {
            throw MlErrors.noValues("choice");
        }
        return random -> all.get(random.nextInt(all.size()));
    }

    private static void checkRange(double low, double high) {
        if (!(low < high) || Double.isInfinite(low) || Double.isInfinite(high)) {
            throw MlErrors.badParameter("a range", low + " to " + high, "finite, and ascending");
        }
    }
}
