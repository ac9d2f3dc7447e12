package io.lazuli.graph.bag;

import io.lazuli.graph.error.GraphErrors;
import org.jspecify.annotations.Nullable;

/// A sum of long numbers in 128 bits: it cannot overflow before it is asked for as a long.
///
/// @param high the upper 64 bits, signed
/// @param low  the lower 64 bits, unsigned
record Total(long high, long low) {
    static final Total ZERO = new Total(0, 0);

    /// Null adds nothing. Errors: USER if it is no whole number of at most 64 bits.
    Total plus(@Nullable Number number) {
        return switch (number) {
            case null -> this;
            case Long _, Integer _, Short _, Byte _ -> plus(new Total(number.longValue() >> 63, number.longValue()));
            default -> throw GraphErrors.notWhole("sumLong", number.getClass());
        };
    }

    Total plus(Total other) {
        long sum = low + other.low;
        long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        return new Total(high + other.high + carry, sum);
    }

    /// Errors: DATA if it has more than 64 bits.
    long toLong() {
        if (high != low >> 63) {
            throw GraphErrors.overflow("sumLong");
        }
        return low;
    }
}
