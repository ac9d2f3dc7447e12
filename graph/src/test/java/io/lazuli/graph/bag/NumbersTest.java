package io.lazuli.graph.bag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class NumbersTest {
    @Property(tries = 500)
    void totalsAreExact(@ForAll List<Long> left, @ForAll List<Long> right) {
        Total total = total(left).plus(total(right));
        BigInteger expected = sum(left).add(sum(right));
        BigInteger found = BigInteger.valueOf(total.high()).shiftLeft(64)
                .add(new BigInteger(Long.toUnsignedString(total.low())));
        assertThat(found).isEqualTo(expected);
        if (expected.bitLength() < 64) {
            assertThat(total.toLong()).isEqualTo(expected.longValueExact());
        } else {
            assertThatThrownBy(total::toLong).hasMessage(
                    "The result of sumLong does not fit into 64 bits. Use sum, or fold with BigInteger.");
        }
    }

    private static Total total(List<Long> numbers) {
        Total total = Total.ZERO;
        for (Long number : numbers) {
            total = total.plus(number);
        }
        return total;
    }

    private static BigInteger sum(List<Long> numbers) {
        return numbers.stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
    }

    @Example
    void totalsTakeWholeNumbersAlone() {
        assertThat(Total.ZERO.plus((Number) null).plus((byte) -1).plus((short) -1).plus(-1).toLong()).isEqualTo(-3);
        assertThatThrownBy(() -> Total.ZERO.plus(1.5)).hasMessage(
                "sumLong adds whole numbers of at most 64 bits, found a java.lang.Double. Convert it in the function, or use sum.");
    }

    @Property(tries = 500)
    void cutsAreEven(
            @ForAll @LongRange(max = Long.MAX_VALUE) long length, @ForAll @IntRange(min = 1, max = 1_000) int count) {
        assertThat(Cuts.bound(length, count, 0)).isZero();
        assertThat(Cuts.bound(length, count, count)).isEqualTo(length);
        for (int part = 0; part < count; part++) {
            long size = Cuts.bound(length, count, part + 1) - Cuts.bound(length, count, part);
            assertThat(size).isBetween(length / count, Math.ceilDiv(length, (long) count));
        }
    }

    @Example
    void momentsOfNothingAndOfNoNumber() {
        assertThat(Moments.NONE.variance(0)).isNaN();
        assertThat(Moments.NONE.with(1).variance(0)).isZero();
        assertThat(Moments.NONE.with(1).variance(1)).isNaN();
        assertThat(Moments.NONE.with(1).with(Double.NaN).min()).isNaN();
        assertThat(Moments.NONE.with(1).with(3).standardDeviation(0)).isEqualTo(1);
        // far from zero, where the sum of squares would have no digits left
        Moments far = Moments.NONE.with(1e9 + 4).with(1e9 + 7).and(Moments.NONE.with(1e9 + 13).with(1e9 + 16));
        assertThat(far.variance(1)).isCloseTo(30, within(1e-9));
    }
}
