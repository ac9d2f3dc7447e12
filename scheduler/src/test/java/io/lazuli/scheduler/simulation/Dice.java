package io.lazuli.scheduler.simulation;

import java.util.List;
import java.util.SplittableRandom;

/// All chance there is in a simulation: the same seed always throws the same.
final class Dice {
    private final SplittableRandom random;

    Dice(long seed) {
        this(new SplittableRandom(seed));
    }

    private Dice(SplittableRandom random) {
        this.random = random;
    }

    /// Dice whose throws do not change those of these.
    Dice split() {
        return new Dice(random.split());
    }

    boolean chance(double probability) {
        return probability > 0 && random.nextDouble() < probability;
    }

    /// From 0 up to `end`, which is left out.
    int below(int end) {
        return random.nextInt(end);
    }

    /// From `least` to `most`, both possible.
    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /// From `least` to `most`, both possible.
    long between(long least, long most) {
        return random.nextLong(least, most + 1);
    }

    /// Mostly short, sometimes many times longer.
    long around(long mean) {
        double exponential = -Math.log(1 - random.nextDouble());
        return Math.max(1, (long) (mean * exponential));
    }

    long any() {
        return random.nextLong();
    }

    <T> T pick(List<T> from) {
        return from.get(below(from.size()));
    }
}
