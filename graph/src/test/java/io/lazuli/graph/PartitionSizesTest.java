package io.lazuli.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class PartitionSizesTest {
    private static final long MIB = 1 << 20;

    @Example
    void aPartitionAimsAt64MebibytesAndManyRowsGetAtLeastEight() {
        assertThat(PartitionSizes.count(0, 0)).isOne();
        assertThat(PartitionSizes.count(1, 1)).isOne();
        assertThat(PartitionSizes.count(64 * MIB, 1)).isOne();
        assertThat(PartitionSizes.count(64 * MIB + 1, 1)).isEqualTo(2);
        assertThat(PartitionSizes.count(640 * MIB, 0)).isEqualTo(10);
        assertThat(PartitionSizes.count(0, 1_000_000)).isOne();
        assertThat(PartitionSizes.count(0, 1_000_001)).isEqualTo(8);
        assertThat(PartitionSizes.count(64 * MIB, 1_000_001)).isEqualTo(8);
        assertThat(PartitionSizes.count(640 * MIB, 1_000_001)).isEqualTo(10);
        assertThat(PartitionSizes.count(0, Long.MAX_VALUE)).isEqualTo(8);
        assertThat(PartitionSizes.count(64 * MIB * Integer.MAX_VALUE, 0)).isEqualTo(Integer.MAX_VALUE);
    }

    @Property
    void noPartitionIsLargerThanTheTargetAndOneFewerWouldBe(
            @ForAll @LongRange(min = 1, max = 1L << 50) long bytes, @ForAll @LongRange(min = 0) long rows) {
        int count = PartitionSizes.count(bytes, rows);
        assertThat(Math.ceilDiv(bytes, count)).isLessThanOrEqualTo(PartitionSizes.TARGET_BYTES);
        int least = rows > PartitionSizes.MANY_ROWS ? PartitionSizes.LEAST_COUNT : 1;
        if (count > least) {
            assertThat(Math.ceilDiv(bytes, count - 1)).isGreaterThan(PartitionSizes.TARGET_BYTES);
        }
    }

    @Example
    void impossibleSizesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PartitionSizes.count(-1, 0))
                .withMessage("sizes must not be negative: -1 bytes, 0 rows");
        assertThatIllegalArgumentException().isThrownBy(() -> PartitionSizes.count(0, -1));
        assertThatThrownBy(() -> PartitionSizes.count(Long.MAX_VALUE, 0)).isInstanceOf(ArithmeticException.class);
    }
}
