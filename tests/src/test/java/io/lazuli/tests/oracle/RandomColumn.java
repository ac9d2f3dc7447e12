package io.lazuli.tests.oracle;

import io.lazuli.dataframe.type.DataType;
import io.lazuli.tests.oracle.Attribute.Trust;
import java.util.List;
import java.util.SplittableRandom;

/// A column of a random table: every value follows from the seed and the row, so a table with fewer rows has the same first ones.
///
/// @param hotPercent rows that have the same value, the one of the first row
record RandomColumn(String name, Distribution distribution, int nullPercent, int hotPercent, long seed) {
    private static final List<Integer> NULL_PERCENTS = List.of(0, 0, 0, 10, 10, 10, 50, 0, 0, 100);

    static RandomColumn draw(String name, DataType type, Choices choices) {
        Distribution distribution = choices.oneOf(Distribution.of(type));
        int nulls = choices.oneOf(NULL_PERCENTS);
        int hot = choices.chance(10) ? 80 : 0;
        return new RandomColumn(name, distribution, nulls, hot, choices.below(1 << 16));
    }

    Attribute attribute() {
        long multiplicity = distribution.isUnique() && hotPercent == 0 ? 1 : Attribute.UNKNOWN;
        return new Attribute(name, distribution.type, distribution.limit, distribution.grain, Trust.EXACT,
                multiplicity);
    }

    /// The value, or null.
    Object value(int row) {
        SplittableRandom random = random(row);
        if (random.nextInt(100) < nullPercent) {
            return null;
        }
        return random.nextInt(100) < hotPercent ? distribution.value(random(0), 0) : distribution.value(random, row);
    }

    private SplittableRandom random(int row) {
        return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + row * 0xD1B54A32D192ED03L);
    }
}
